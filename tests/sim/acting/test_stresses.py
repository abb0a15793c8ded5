"""Stresses: the record may look better, what is true does not, and a flag is raised."""

from __future__ import annotations

import numpy as np
import pytest

from sim.ledger import Ledger
from sim.measures import flags, measure_all
from sim.measures.smallest_effect import smallest_effects
from tests.sim.acting.cases_stresses import HARMS, TRUE_FIGURES, Figure, Harm
from tests.sim.acting.world import Runs, is_more_than_noise


def differences(figure: Figure, usual: list[Ledger], stressed: list[Ledger]) -> np.ndarray:
    return np.array([figure(late) - figure(early) for early, late in zip(usual, stressed, strict=True)])


def raised_flags(early: Ledger, late: Ledger) -> list[bool]:
    reference = measure_all(early)
    return list(flags(reference, measure_all(late), smallest_effects(reference)).values())


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.name)
def test_the_record_may_look_better_and_the_truth_does_not(harm: Harm, runs: Runs) -> None:
    usual, stressed = runs.pair(harm.given, harm.stress)
    for name, figure, sign in harm.looks_better:
        assert is_more_than_noise(differences(figure, usual, stressed), sign), name
    for name, (figure, better) in TRUE_FIGURES.items():
        if name == "trust" and not harm.is_learned:
            continue
        moved = differences(figure, usual, stressed)
        assert not is_more_than_noise(moved, better), (name, moved)
        if name in harm.is_worse:
            assert is_more_than_noise(moved, -better), (name, moved)


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.name)
def test_a_flag_is_raised(harm: Harm, runs: Runs) -> None:
    """On most seeds, over windows of equal length."""
    raised = 0
    usual, stressed = runs.pair(harm.given, harm.stress)
    for early, late in zip(usual, stressed, strict=True):
        raised += any(raised_flags(early, late))
    assert raised > len(usual) / 2


def test_no_stress_raises_no_flag(runs: Runs) -> None:
    usual, same = runs.pair({}, {"demand_shock": 0})
    for early, late in zip(usual, same, strict=True):
        assert not any(raised_flags(early, late))
