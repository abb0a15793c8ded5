"""The smallest effect of interest: by how much a measure must change before the change matters.

One rule for every place that calls a change large enough, too small or none, and one place for its sizes: no star,
verdict or flag is given below them. They are conventions, chosen before any result was seen and the same for everybody;
they are no facts about what people notice. They are constants and no key of a study, since a size that can be chosen
after the results are known says nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.measures import MEASURES

SHARE = 0.005
"""Half a percentage point: one matter more or less in two hundred."""

DISTANCE = 0.10
"""Aitchison distance: about a tenth of one part of the ratio more or less."""

TRUST = 0.005
"""Half a hundredth of the scale from 0 to 1."""

OTHERS = 0.02
"""Of the reference's value: for counts, rates, days, yuan and whatever else has a natural zero."""

OF_A_LEVER = {"durable_resolution": 0.001, "petitions_per_1000": 0.01}
"""What one lever alone must change, of which a policy has dozens: a tenth of a percentage point of durable settlement,
and of petitions a share of the reference's."""

OF_A_POST = 1.0
"""Durable settlements that one post more must bring in a year."""

ABSOLUTE = {
    "share": SHARE,
    "probability": SHARE,
    "Aitchison distance": DISTANCE,
    "log-ratio": DISTANCE,
    "trust (0–1)": TRUST,
}
"""Units whose smallest effect of interest does not depend on the reference."""


def is_absolute(measure: str) -> bool:
    """Whether the smallest effect of interest of a measure is the same whatever the reference's value."""
    return _unit(measure) in ABSOLUTE


def smallest_effect(measure: str, reference: float) -> float:
    """The smallest effect of interest of a measure, in its own unit (shares 0 to 1), never negative.

    ``reference`` is its value under the reference; NaN gives NaN unless the measure ``is_absolute``. A measure of some
    places alone (``durable_resolution@pilots``) is judged like the measure itself. Raises ``KeyError`` for a measure
    that there is not.
    """
    absolute = ABSOLUTE.get(_unit(measure))
    return OTHERS * abs(reference) if absolute is None else absolute


def smallest_effects(reference: Mapping[str, float]) -> dict[str, float]:
    """The smallest effect of interest of every measure that the reference has a value of, by name."""
    return {name: smallest_effect(name, value) for name, value in reference.items()}


def _unit(measure: str) -> str:
    return MEASURES[measure.partition("@")[0]].unit
