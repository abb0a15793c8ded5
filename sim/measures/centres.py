"""The use of working centres: what they accept and whom they receive, per 1,000 residents of their places.

Two counts that differ by a factor of three to a hundred: a matter is *accepted* when a centre takes it into work,
whoever brings it; a *reception* is a visit for whatever reason, advice included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sim.ledger import CENTRE_LEVELS, ORIGINS, Ledger
from sim.measures.measure import Measure, share

GROUP = "centres"

_RATE = "1/1000/year"

_CENTRES = {"township": "township centres", "county": "county centres", "city": "city centres"}

_BROUGHT = {
    "claimant": "brought by their claimants, with a grid worker's help or without",
    "township": "handed or referred up by townships",
    "court": "sent by courts before a suit is filed",
    "petition": "taken from petition reception",
    "police": "passed on by the police",
}


def _per_1000_served(count: float, ledger: Ledger, level: str) -> float:
    """A count as a yearly rate per 1,000 residents of places whose centre works; NaN where none does."""
    return share(12_000 * count, ledger.monthly_total(f"served_{level}"))


def accepted(ledger: Ledger, level: str, origins: tuple[str, ...] = ORIGINS) -> float:
    """Matters that working centres of a level took into work, of some origins."""
    return _per_1000_served(ledger.total_of(f"accepted_from_{origin}_{level}" for origin in origins), ledger, level)


def received(ledger: Ledger, level: str) -> float:
    """Visits to working centres of a level, for whatever reason."""
    return _per_1000_served(ledger.monthly_total(f"received_{level}"), ledger, level)


def advice_hours(ledger: Ledger, level: str) -> float:
    """Hours that working centres of a level spend on advice."""
    return _per_1000_served(ledger.monthly_total(f"advice_minutes_{level}") / 60, ledger, level)


def taken_share(ledger: Ledger) -> float:
    """Who takes mediation among petitioners who are offered it first."""
    return share(ledger.total("mediation_taken"), ledger.total("mediation_offered"))


def _measure(name: str, function: Callable[[Ledger], float], unit: str, better: str, english: str) -> Measure:
    return Measure(name, function, unit, better, english, GROUP)


def _of_levels() -> Iterator[Measure]:
    for level in CENTRE_LEVELS:
        those = f"{_CENTRES[level]} that work, per 1,000 residents of their places a year"
        yield _measure(
            f"accepted_at_{level}", partial(accepted, level=level), _RATE, "none", f"matters accepted by {those}"
        )
        yield _measure(
            f"received_at_{level}", partial(received, level=level), _RATE, "none", f"visits received by {those}"
        )
        hours, english = partial(advice_hours, level=level), f"hours of advice of {those}"
        yield _measure(f"advice_hours_{level}", hours, "hours/1000/year", "none", english)


def _of_origins() -> Iterator[Measure]:
    for origin in ORIGINS:
        level = "township" if origin == "police" else "county"  # where it brings matters
        function = partial(accepted, level=level, origins=(origin,))
        english = f"of the matters accepted at working {_CENTRES[level]}, those {_BROUGHT[origin]}, at the same rate"
        yield _measure(f"accepted_at_{level}_from_{origin}", function, _RATE, "none", english)


MEASURES: tuple[Measure, ...] = (
    *_of_levels(),
    *_of_origins(),
    _measure(
        "brought_to_county",
        partial(accepted, level="county", origins=tuple(each for each in ORIGINS if each != "court")),
        _RATE,
        "none",
        "matters accepted at working county centres from all but courts, per 1,000 residents of their places a year",
    ),
    _measure(
        "mediation_taken_share",
        taken_share,
        "share",
        "none",
        "petitioners who took mediation among those to whom a centre offered it first",
    ),
)
