"""What there is on the first day of what had gone before."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.dispute import Forum, Stage
from sim.behaviour import Behaviour, Past
from sim.ledger import DISPUTE_KINDS, event
from sim.model import GovernanceModel, run
from sim.past import LAST_ORDINAL, age_of, lowest_office, rows_of_past
from sim.policy import Policy, StaffLevers
from sim.scenario import Calendar, ProvinceChoice, Scenario

CALENDAR = Calendar(start="2017-01-01", reform="2018-01-01", measures="2017-01-01", end="2018-12-31")
PAST = Past(old_grievances=60, standing_petitioners=5, past_years=10)


def scenario(past: Past = PAST, places: tuple[int, ...] = (), **people: float) -> Scenario:
    behaviour = Behaviour(past=past, **people)
    return Scenario(province=ProvinceChoice("gansu", list(places) or [6203]), calendar=CALENDAR, behaviour=behaviour)


def in_use(model: GovernanceModel) -> np.ndarray:
    rows = model.state.disputes
    return rows[rows["stage"] != Stage.FREE]


def test_as_many_as_are_stated_of_the_kinds_that_arise() -> None:
    model = GovernanceModel(scenario(), seed=3)
    counts = model.ledger().counts[:, 0].sum(axis=0)
    residents, villages = model.province.population, len(model.province.villages)
    for name, stated in (("founded_old", 60), ("founded_standing", 5)):
        total = counts[:, event(name)].sum()
        assert total == pytest.approx(stated * residents / 1000, abs=4 * (villages / 4) ** 0.5)  # whole ones a village
    by_kind = counts[:, event("founded_old")]
    profiles, settings = model.state.profiles, model.province.villages
    shares = np.diff(profiles["cumulative"], axis=-1, prepend=0.0)[settings["county"], model.state.villages["urban"]]
    expected = (shares * settings["population"][:, None]).sum(axis=0) / residents
    assert by_kind / by_kind.sum() == pytest.approx(expected, abs=4 * (0.25 / by_kind.sum()) ** 0.5)
    assert len(by_kind) == len(DISPUTE_KINDS)
    model.check()


def test_ages_are_those_of_what_has_not_faded() -> None:
    """An exponential age with the half-life, cut off at the past: its mean by theory, and nothing older."""
    behaviour = SimpleNamespace(grievance_half_life=730.0, past_years=4.0)
    ages = np.array([age_of.py_func(u, behaviour) for u in (np.arange(10_000) + 0.5) / 10_000])
    rate, oldest = np.log(2) / 730, 4 * 365
    mean = 1 / rate - oldest * np.exp(-rate * oldest) / (1 - np.exp(-rate * oldest))
    assert ages.mean() + 0.5 == pytest.approx(mean, rel=0.002)
    assert ages.min() == 1 and ages.max() in (oldest - 1, oldest)  # none arose on the first day
    assert (ages == 1).sum() == pytest.approx(10_000 * 2 * rate / (1 - np.exp(-rate * oldest)), abs=2)  # of two days


def test_old_grievances_fade_with_the_half_life() -> None:
    """Of so many, all that will fade within the calendar and nobody takes up are booked in their months at once."""
    model = GovernanceModel(scenario(Past(old_grievances=60, standing_petitioners=0), reactivation=0), seed=3)
    booked = model.ledger().counts.sum(axis=(0, 2))
    assert len(in_use(model)) == 0
    number, days = booked[0, event("founded_old")], CALENDAR.days
    share = 1 - 2 ** (-days / 730)
    faded = booked[:, event("faded")]
    assert faded.sum() == pytest.approx(number * share, abs=4 * (number * share * (1 - share)) ** 0.5)
    half = 1 - 2 ** (-365 / 730)
    assert faded[:12].sum() == pytest.approx(number * half, abs=4 * (number * half * (1 - half)) ** 0.5)


def test_who_was_turned_away_stands_before_a_choice_with_a_grievance() -> None:
    model = GovernanceModel(scenario(Past(old_grievances=0, standing_petitioners=5, past_years=10)), seed=3)
    standing, behaviour = in_use(model), scenario().behaviour
    assert (standing["stage"] == Stage.AGGRIEVED).all() and (standing["forum"] == Forum.PETITION_COUNTY).all()
    assert (standing["failures"][:, Forum.PETITION_COUNTY] == 1).all() and (standing["attempts"] == 1).all()
    decayed = behaviour.failure_grievance * 2 ** (standing["opened"] / behaviour.grievance_half_life)
    assert standing["grievance"] == pytest.approx(decayed, rel=1e-5)
    assert standing["opened"].min() >= -3650 and (standing["opened"] < -365).any()
    assert standing["due"].min() >= 0 and standing["due"].max() <= 365
    assert (standing["cause"] == -1).all()  # nobody shares it


def test_ordinals_are_far_from_those_of_candidates() -> None:
    model = GovernanceModel(scenario(), seed=3)
    ordinals = in_use(model)["ordinal"]
    assert ordinals.max() <= LAST_ORDINAL
    model.run_for(CALENDAR.days)
    assert model.state.villages["candidates"].max() * 50 < ordinals.min()
    model.check()


def test_the_same_past_in_every_selection_of_places() -> None:
    one, more = (GovernanceModel(scenario(places=places), seed=3) for places in ((620321,), (620302, 620321)))
    keys = set(in_use(one)["key"].tolist())
    assert keys and keys < set(in_use(more)["key"].tolist())


def test_a_branch_is_a_whole_run() -> None:
    before = scenario(Past(old_grievances=60, standing_petitioners=5))
    after = replace(before, after=Policy(staff=StaffLevers(mediators_village=3)))
    model = GovernanceModel(before, seed=3, also=[after])
    model.run_for(CALENDAR.day("reform"))
    snapshot = model.snapshot()
    model.branch(snapshot, after)
    model.run_for(CALENDAR.days - CALENDAR.day("reform"))
    assert model.ledger().counts.tobytes() == run(after, seed=3).counts.tobytes()


def test_rows_are_enough_and_none_is_added_without_a_past() -> None:
    assert rows_of_past(Past(old_grievances=0, standing_petitioners=0), 1_000_000, 900) == 0
    assert rows_of_past(Past(old_grievances=10, standing_petitioners=2), 1_000_000, 900) == 12_000 + 1_800


@pytest.mark.parametrize(
    ("city", "county", "forum"),
    [
        (True, True, Forum.PETITION_COUNTY),
        (True, False, Forum.PETITION_CITY),
        (False, True, Forum.PETITION_COUNTY),
        (False, False, Forum.PETITION_PROVINCE),
    ],
)
def test_the_lowest_office(city: bool, county: bool, forum: Forum) -> None:
    assert lowest_office(city, county) == forum
