"""What becomes of people: trust, satisfaction, offences, collective action; and whether to distrust a record.

A flag compares two results: it says what is to be distrusted, and proves nothing. Only changes beyond the smallest
effect of interest count (``sim.measures.smallest_effect``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import numpy as np

from sim.ledger import PETITION_LEVELS, SURVEY_FIGURES, TRUST_LEVELS, Ledger
from sim.measures.measure import Measure, per_100_000_a_year

GROUP = "welfare"


def trust_change(ledger: Ledger, level: str) -> float:
    """Mean learned change in trust per resident at the last year end of the window; NaN without a year end."""
    if not ledger.trust.shape[1]:
        return math.nan
    of_counties = ledger.trust[:, -1, TRUST_LEVELS.index(level)]
    return float(np.average(of_counties, weights=ledger.county_population))


def satisfaction(ledger: Ledger, figure: str) -> float:
    """Content residents at the last year end of the window: ``content`` in truth or as ``surveyed``; NaN without one.

    Counties weigh by their residents.
    """
    if not ledger.survey.shape[1]:
        return math.nan
    of_counties = ledger.survey[:, -1, SURVEY_FIGURES.index(figure)]
    return float(np.average(of_counties, weights=ledger.county_population))


JOINT_VISITS = tuple(f"joint_visit_{level}" for level in PETITION_LEVELS)


def collective(ledger: Ledger, names: Iterable[str]) -> float:
    """Events of public order or collective action per 100,000 residents a year."""
    return per_100_000_a_year(ledger.total_of(names), ledger)


Values = Mapping[str, float]
"""Results of ``measure_all``."""

RECORD = {"distance_to_target": -1, "petitions_province": -1, "petitions_total": -1, "recorded_success": 1}
"""Figures of the record, with the sign of a change that makes it look better."""


def _moves(reference: Values, policy: Values, bands: Values, name: str, sign: int) -> bool:
    """Whether a measure changes in a direction beyond its band."""
    return bool(sign * (policy[name] - reference[name]) > bands[name])


def _more_is_left(reference: Values, policy: Values, bands: Values) -> bool:
    return any(_moves(reference, policy, bands, name, 1) for name in ("unresolved_stock", "open_cases"))


def suppression_flag(reference: Values, policy: Values, bands: Values) -> bool:
    """Whether registered petitions fall while unresolved or truly open disputes rise.

    Takes two results of ``measure_all`` over the same window, of the reference and of a policy, and the changes that
    are too small to count, by measure (``smallest_effects(reference)``). A fall of that kind is consistent with
    suppression; it proves none. Changes from or to NaN are none.
    """
    falls = _moves(reference, policy, bands, "petitions_total", -1)
    return falls and _more_is_left(reference, policy, bands)


def cosmetic_flag(reference: Values, policy: Values, bands: Values, record: Iterable[str] = tuple(RECORD)) -> bool:
    """Whether the record looks better while the truth does not.

    The record, by any of the figures named: the ratio is nearer its target, fewer petitions are registered at the
    province or at all, or recorded success is higher. The truth: no larger share of grievances is settled durably.
    Other arguments as in ``suppression_flag``.
    """
    looks_better = any(_moves(reference, policy, bands, name, RECORD[name]) for name in record)
    gained = policy["durable_resolution"] - reference["durable_resolution"]
    return looks_better and bool(gained <= bands["durable_resolution"])


def harm_flag(reference: Values, policy: Values, bands: Values) -> bool:
    """Whether the truth is worse, whatever the record says: less is settled durably, more unresolved or open.

    Arguments as in ``suppression_flag``.
    """
    falls = _moves(reference, policy, bands, "durable_resolution", -1)
    return falls and _more_is_left(reference, policy, bands)


FLAGS: dict[str, Callable[[Values, Values, Values], bool]] = {
    "suppression": suppression_flag,
    "cosmetic": cosmetic_flag,
    "harm": harm_flag,
}
"""Reasons to distrust a policy's record, or the policy, by name."""


def flags(reference: Values, policy: Values, bands: Values) -> dict[str, bool]:
    """Every flag of ``FLAGS`` for a policy against a reference; arguments as in ``suppression_flag``."""
    return {name: flag(reference, policy, bands) for name, flag in FLAGS.items()}


_TRUST_NAMES = {
    "local": "village and township",
    "middle": "county and city",
    "higher": "province and nation",
    "court": "the courts",
}

MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"trust_{level}",
            partial(trust_change, level=level),
            "trust (0–1)",
            "up",
            f"mean learned change in trust in {_TRUST_NAMES[level]} at the window's last year end",
            GROUP,
        )
        for level in TRUST_LEVELS
    ),
    Measure(
        "satisfaction_true",
        partial(satisfaction, figure="content"),
        "share",
        "up",
        "residents who are truly content at the window's last year end",
        GROUP,
    ),
    Measure(
        "satisfaction_surveyed",
        partial(satisfaction, figure="surveyed"),
        "share",
        "up",
        "residents who tell a survey that they are content at the window's last year end",
        GROUP,
    ),
    *(
        Measure(
            name,
            partial(collective, names=events),
            "1/100000/year",
            better,
            f"{english}, per 100,000 residents a year",
            GROUP,
        )
        for name, events, better, english in (
            ("offences", ("offence",), "down", "public-order offences born of disputes"),
            ("joint_visits", JOINT_VISITS, "none", "joint visits of five persons or more"),
            ("joint_visit_persons", ("joint_visit_person",), "none", "people who take part in joint visits"),
            ("mass_incidents", ("mass_incident",), "down", "mass incidents born of disputes"),
        )
    ),
)
