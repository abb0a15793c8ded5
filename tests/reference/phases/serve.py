"""Phase 0: service halls take the day's requests (ODD 7.6)."""

from __future__ import annotations

from tests.reference.service_hall import ServiceHall


def serve(model) -> None:
    """Every county's hall."""
    model.agents_by_type[ServiceHall].do("serve")
