"""When the scorecard was fixed: what is held out, and how far off it may be, before anything was fitted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from experiments.patterns.pattern import Pattern

SINCE = "2026-11-30"
"""Date from which what is held out has been as it is; the ensembles were made after it."""


def held_out_digest(patterns: Iterable[Pattern]) -> dict[str, str]:
    """The date, and a digest of what is held out with ranges and tolerances, for the provenance of an ensemble."""
    lines = [f"{each.name} {each.low:g} {each.high:g} {each.tolerance:g}" for each in patterns if each.is_held_out]
    return {"since": SINCE, "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}
