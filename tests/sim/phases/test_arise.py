"""What a village does about candidates: bands of the thinned stream."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.village import FEATURES
from sim.ledger import EVENTS
from sim.phases.arise import (
    BY_ALERT,
    BY_CONTACT,
    BY_NORMS,
    FAMILY,
    HOUSING,
    NEIGHBOUR,
    PREVENTED,
    SPOKEN,
    UNSPOKEN,
    fades_on,
    surfaces,
)

BEHAVIOUR = SimpleNamespace(alert_prevention=0.2, first_contact_prevention=0.25, norm_effect=0.5, norm_hidden=0.4)
LAND = 2
USUAL = 0.8


def bands(kind: int, *features: str, alert: bool = False) -> list[tuple[float, int, int | None]]:
    """Where the outcome changes, from below: (up to which share of the usual rate, outcome, what is booked)."""
    village = SimpleNamespace(is_alert=int(alert), has=np.array([int(name in features) for name in FEATURES]))
    points = (np.arange(2_000) + 0.5) / 2_000
    found: list[tuple[float, int, int | None]] = []
    for share in points:
        tally = np.zeros(len(EVENTS), int)
        outcome = surfaces.py_func(village, kind, share * USUAL, USUAL, 1, tally, BEHAVIOUR)
        assert tally.sum() <= 1
        booked = int(np.argmax(tally)) if tally.any() else None
        if found and found[-1][1:] == (outcome, booked):
            found.pop()
        found.append((round(share + 0.5 / 2_000, 9), outcome, booked))
    return found


def test_without_any_of_it_everything_surfaces() -> None:
    for kind in (NEIGHBOUR, FAMILY, HOUSING, LAND):
        assert bands(kind) == [(1.0, SPOKEN, None)]


def test_an_alerted_village_prevents_a_fifth_of_everything() -> None:
    for kind in (NEIGHBOUR, LAND):
        assert bands(kind, alert=True) == [(0.8, SPOKEN, None), (1.0, PREVENTED, BY_ALERT)]


def test_a_first_contact_prevents_a_quarter_of_housing_matters_alone() -> None:
    assert bands(HOUSING, "first_contact") == [(0.75, SPOKEN, None), (1.0, PREVENTED, BY_CONTACT)]
    assert bands(LAND, "first_contact") == [(1.0, SPOKEN, None)]


@pytest.mark.parametrize("kind", [NEIGHBOUR, FAMILY])
def test_a_moral_bank_keeps_half_from_surfacing_and_hides_two_fifths_of_that(kind: int) -> None:
    assert bands(kind, "moral_bank") == [(0.5, SPOKEN, None), (0.7, UNSPOKEN, None), (1.0, PREVENTED, BY_NORMS)]


def test_praise_meetings_hide_family_matters_and_prevent_none() -> None:
    assert bands(FAMILY, "praise_meetings") == [(0.5, SPOKEN, None), (1.0, UNSPOKEN, None)]
    assert bands(NEIGHBOUR, "praise_meetings") == [(1.0, SPOKEN, None)]


def test_norms_are_for_neighbours_and_families() -> None:
    for kind in (HOUSING, LAND):
        assert bands(kind, "moral_bank", "praise_meetings") == [(1.0, SPOKEN, None)]


def test_causes_work_on_what_the_others_leave() -> None:
    """An alert leaves 0.8; the bank speaks of half of that, hides up to 0.7 of it; praise meetings halve it again."""
    both = bands(FAMILY, "moral_bank", "praise_meetings", alert=True)
    assert both == [
        (0.2, SPOKEN, None),
        (0.56, UNSPOKEN, None),
        (0.8, PREVENTED, BY_NORMS),
        (1.0, PREVENTED, BY_ALERT),
    ]
    assert bands(HOUSING, "first_contact", alert=True) == [
        (0.6, SPOKEN, None),
        (0.8, PREVENTED, BY_CONTACT),
        (1.0, PREVENTED, BY_ALERT),
    ]


def test_half_of_the_unresolved_have_faded_after_the_half_life() -> None:
    behaviour = SimpleNamespace(grievance_half_life=730.0)
    assert fades_on.py_func(100, np.log(2), behaviour) == 100 + 730
    assert fades_on.py_func(100, np.log(4), behaviour) == 100 + 1460
    assert fades_on.py_func(100, 0.0, behaviour) == 100
