"""A cause that several claimants share, and how often that is (ODD 7.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.agents.dispute_kind import _KINDS

if TYPE_CHECKING:
    from tests.reference.dispute import Dispute
    from tests.reference.village import Village


@dataclass(eq=False)
class Cause:
    """What the matters of several claimants of a village have in common; ``ordinal`` is the first one's."""

    village: Village
    ordinal: int
    kind: int
    failed: int = 0
    is_threat: bool = False
    """Whether enough of them had failed last night."""
    open: int = 1
    """Matters that were open last night, at least one."""
    leader: Dispute | None = None
    is_at_source: bool = False
    """Whether an alert has brought the leader to the centre."""
    carried: list[Dispute] = field(default_factory=list)
    """Matters for which the leader acts besides his or her own."""


def shared(behaviour, kind: str) -> float:
    """Probability that a cause of a kind has several claimants."""
    return min(1.0, behaviour.causes.groups * _KINDS[kind].shared)


def mean_claimants(behaviour, kind: str) -> float:
    """Of a cause of a kind."""
    several = shared(behaviour, kind)
    return 1 - several + several * behaviour.causes.group_size
