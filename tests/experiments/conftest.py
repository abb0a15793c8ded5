"""Short worlds and a results root for the tests of studies."""

from __future__ import annotations

from pathlib import Path

import pytest

SHORT = (
    "province=tiny",
    "calendar.start=2017-01-01",
    "calendar.measures=2017-01-01",
    "calendar.reform=2018-01-01",
    "calendar.end=2018-12-31",
)
"""Overrides of a world of two years that runs in a fraction of a second."""


@pytest.fixture
def short() -> tuple[str, ...]:
    """Overrides of a short world."""
    return SHORT


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder for results that does not exist yet."""
    return tmp_path / "results"


@pytest.fixture
def no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves the drawing out: the report has its own tests."""
    monkeypatch.setattr("experiments.studies.keeping.draw", lambda *_: [])
