"""Known worlds come back: a calibration of a made-up model whose truth is drawn from the same prior.

Of a world that is drawn as candidates are – what is varied, then the aims, then the knobs that give these – the knobs
are one more draw of what the members have. So their ranks among the members are even, and a central interval of the
members has them as often as its size says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import fsolve

from experiments.configuration.command import Invocation
from experiments.studies.calibrate.plan import Calibration, plan
from experiments.studies.calibrate.result import Calibrated
from experiments.studies.calibrate.schema import CalibrateConfig, CalibrationChoice
from experiments.studies.calibrate.study import run
from sim.scenario import ProvinceChoice, Scenario

Z = 4.0
"""Standard errors at which a test fails: by luck once in 16,000."""

SEEDS, MEMBERS, TRUTHS = range(10), 60, 30

UNITS = {"constant_village": 1.0, "court_background": 3.0, "intercept_mediation": 1.0, "constant_petition": 1.0}
FITTED = {
    "constant_village": {"figure": "mediations", "scale": "log", "step": 0.2},
    "court_background": {"figure": "suits", "step": 0.5},
    "intercept_mediation": {"figure": "durable_success", "scale": "logit", "step": 0.1},
    "constant_petition": {"figure": "petitions_per_1000", "low": 3.0, "high": 8.0, "tolerance": 0.05, "scale": "log",
                          "step": 0.2},
}  # fmt: skip
VARIED = {"bilateral_success": (0.45, 0.95), "grievances": (40.0, 90.0), "relapse_rate": (0.5, 2.0)}
NOISE = 0.1
"""Standard deviation of what chance adds, in slacks."""


def planned(seed: int, **more: Any) -> Calibration:
    """The calibration, solved in one county that shows less of everything."""
    varied = {name: {"low": low, "high": high} for name, (low, high) in VARIED.items()}
    sizes = {"members": MEMBERS, "candidates": MEMBERS, "steps": 3, **more}
    choice = CalibrationChoice(**{"fitted": FITTED, "varied": varied, "training_places": [910102], **sizes})
    config = CalibrateConfig(study=choice, province=ProvinceChoice("tiny"), seed=seed)
    return plan(config, Invocation("calibrate"))


def figures(knobs: Sequence[float], varied: Sequence[float]) -> tuple[float, ...]:
    """The made-up model: each knob has a figure of its own and a part in others, none of it linear."""
    a, b, c, d = knobs
    x, y, z = varied
    return (
        6.5 * math.exp(0.5 * a + 0.3 * x + 0.1 * b),
        9.5 + 2 * math.sinh(b) + y + 0.5 * a,
        1 / (1 + math.exp(-(0.8 + 1.2 * c - 0.4 * x * y + 0.2 * a))),
        5 * math.exp(0.6 * d + 0.1 * d * abs(d) + 0.3 * z - 0.2 * c),
        0.3 + 0.1 * x,
    )


def scaled(study: Calibration, values: dict[str, float]) -> tuple[list[float], list[float]]:
    """Knobs from their defaults in their units, what is varied from -1 to 1."""
    knobs = [(values[k.name] - float(k.declared.default)) / UNITS[k.name] for k in study.knobs]
    return knobs, [2 * (values[n] - low) / (high - low) - 1 for n, (low, high) in VARIED.items()]


def simulated(study: Calibration, scenarios: Sequence[Scenario], runner: object) -> list[tuple[float, ...]]:
    """Figures of scenarios with chance, the same for the same scenario; a county shows less of them."""
    found = []
    for scenario in scenarios:
        behaviour = scenario.behaviour
        values = {name: float(getattr(behaviour, name)) for name in (*UNITS, *VARIED)}
        told = figures(*scaled(study, values))[: len(study.names)]
        random = np.random.default_rng([abs(hash(each)) % 2**32 for each in values.values()])
        less = 0.1 if scenario.province.places else 0.0
        with_chance = [
            k.scale.back(k.scale.of(value) - less)
            + NOISE * k.slack * (value if k.is_relative else 1.0) * random.standard_normal()
            for k, value in zip(study.knobs, told, strict=False)
        ]
        found.append((*with_chance, *told[len(with_chance) :]))
    return found


class Quiet:
    """A runner that has nothing to run."""

    def say(self, text: str) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def calibrations():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.studies.calibrate.study.simulated", simulated)
        yield [run(planned(seed), Quiet()).found for seed in SEEDS]


def is_share(found: float, expected: float, n: float) -> bool:
    """Whether a share of n is the expected one, on either side, but for luck."""
    return abs(found - expected) < Z * math.sqrt(expected * (1 - expected) / n)


@cache
def truths(seed: int) -> NDArray[np.float64]:
    """Knobs of worlds drawn from the prior, shape (truths, knobs): solved by another method, without chance."""
    study, random = planned(seed), np.random.default_rng([seed, 7])
    found = []
    for _ in range(TRUTHS):
        varied = (2 * random.random(3) - 1).tolist()
        aims = [knob.scale.of(knob.aim(random.random())) for knob in study.knobs]

        def off(at: NDArray[np.float64], varied: list[float] = varied, aims: list[float] = aims) -> list[float]:
            told = figures(at.tolist(), varied)
            return [k.scale.of(v) - aim for k, v, aim in zip(study.knobs, told, aims, strict=False)]

        solution, _, flag, _ = fsolve(off, np.zeros(4), full_output=True)
        assert flag == 1
        defaults = [float(knob.declared.default) for knob in study.knobs]
        found.append([d + UNITS[k.name] * u for k, d, u in zip(study.knobs, defaults, solution, strict=True)])
    return np.array(found)


@pytest.mark.long
def test_nearly_all_candidates_are_solved(calibrations):
    assert np.mean([found.accepted / len(found.candidates) for found in calibrations]) > 0.97
    assert all(set(each.values) == {*UNITS, *VARIED} for found in calibrations for each in found.members)


@pytest.mark.long
@pytest.mark.parametrize("name", UNITS)
@pytest.mark.parametrize("size", [0.5, 0.9])
def test_intervals_of_the_members_have_the_truth_as_often_as_they_say(calibrations, name, size):
    inside, place = [], list(UNITS).index(name)
    for seed, found in zip(SEEDS, calibrations, strict=True):
        values = [float(each.values[name]) for each in found.members]
        low, high = np.quantile(values, [0.5 - size / 2, 0.5 + size / 2], method="weibull")  # no bias of few members
        inside += [low <= each <= high for each in truths(seed)[:, place]]
    members = len(SEEDS) * (MEMBERS + 2)  # the ends of the intervals are due to chance, too
    assert is_share(np.mean(inside), size, 1 / (1 / len(inside) + 1 / members))


@pytest.mark.parametrize("place", range(4))
def test_members_give_their_aims_over_the_whole_range(calibrations, place):
    off, quantiles = [], []
    for found in calibrations:
        knob = found.plan.knobs[place]
        low, high = knob.scale.of(knob.low), knob.scale.of(knob.high)
        for each in found.members:
            value, aim = each.figures[place], each.aims[place]
            assert knob.is_met(value, aim)
            off.append((value - aim) / (knob.slack * (aim if knob.is_relative else 1.0)))
            quantiles.append((knob.scale.of(value) - low) / (high - low))
    assert abs(np.mean(off)) < 0.25  # slacks: what is met already is not solved for any further
    assert is_share(np.mean([0.25 <= q <= 0.75 for q in quantiles]), 0.5, len(quantiles))
    assert is_share(np.mean([q <= 0.5 for q in quantiles]), 0.5, len(quantiles))


@pytest.mark.parametrize("name", VARIED)
def test_what_no_figure_tells_of_comes_back_as_its_prior(calibrations, name):
    low, high = VARIED[name]
    places = [(float(each.values[name]) - low) / (high - low) for found in calibrations for each in found.members]
    n = len(places)
    assert abs(np.mean(places) - 0.5) < Z * math.sqrt(1 / 12 / n)
    assert abs(np.var(places) - 1 / 12) < Z * math.sqrt(1 / 180 / n)
    assert is_share(np.mean([0.05 <= each <= 0.95 for each in places]), 0.9, n)


def test_what_a_check_tells_of_is_narrowed_and_the_rest_is_not(monkeypatch):
    monkeypatch.setattr("experiments.studies.calibrate.study.simulated", simulated)
    result = run(planned(3, checks={"first_nothing_share": {"high": 0.3}}), Quiet())
    found: Calibrated = result.found
    assert is_share(found.accepted / len(found.candidates), 0.5, MEMBERS)  # 0.3 + 0.1 x is at most 0.3 for half
    assert found.excluded["first_nothing_share"] == pytest.approx(MEMBERS / 2, abs=1)
    assert max(float(each.values["bilateral_success"]) for each in found.members) <= 0.7
    told = result.frames["identifiability"].set_index("uncertainty")
    assert told.loc["bilateral_success", "kept"] == pytest.approx(0.5, abs=0.06)
    assert (told.loc[["grievances", "relapse_rate"], "kept"] > 0.7).all()
    assert told["is_fitted"].to_dict() == {**dict.fromkeys(UNITS, 1), **dict.fromkeys(VARIED, 0)}


def test_the_same_seed_gives_the_same_members_and_another_others(calibrations, monkeypatch):
    monkeypatch.setattr("experiments.studies.calibrate.study.simulated", simulated)
    again = run(planned(0), Quiet()).found
    assert again.members == calibrations[0].members
    assert again.members != calibrations[1].members


def test_batches_stop_when_there_are_members_enough(monkeypatch):
    monkeypatch.setattr("experiments.studies.calibrate.study.simulated", simulated)
    study = planned(0)
    fewer = replace(study, config=replace(study.config, study=replace(study.config.study, members=25, batch=20)))
    found = run(fewer, Quiet()).found
    assert len(found.candidates) == 40 and len(found.members) == 25 <= found.accepted


def uneven(study: Calibration, scenarios: Sequence[Scenario], runner: object) -> list[tuple[float, ...]]:
    """The same, but that a county shows 8 % less of everything beside: what is added to it there is not quite right."""
    rows = zip(scenarios, simulated(study, scenarios, runner), strict=True)
    return [tuple(each * (0.92 if scenario.province.places else 1.0) for each in row) for scenario, row in rows]


@pytest.mark.parametrize("steps", [2, 6])
def test_what_a_county_does_not_show_is_made_up_for_and_more_steps_do_no_harm(monkeypatch, steps):
    monkeypatch.setattr("experiments.studies.calibrate.study.simulated", uneven)
    found = [run(planned(seed, steps=steps), Quiet()).found for seed in range(4)]
    assert np.mean([each.accepted / len(each.candidates) for each in found]) > 0.97


@pytest.fixture
def whole(monkeypatch):
    """Grievances of what is run in all places, where there are hardly any petitions if they are more than 75."""
    seen: list[float] = []

    def scarce(study: Calibration, scenarios: Sequence[Scenario], runner: object) -> list[tuple[float, ...]]:
        rows = simulated(study, scenarios, runner)
        grievances = [float(each.behaviour.grievances) for each in scenarios]
        seen.extend(g for each, g in zip(scenarios, grievances, strict=True) if not each.province.places)
        return [
            (*row[:3], row[3] * (1e-4 if g > 75 else 1.0), *row[4:]) for row, g in zip(rows, grievances, strict=True)
        ]

    monkeypatch.setattr("experiments.studies.calibrate.study.simulated", scarce)
    return seen


BOLD = {**FITTED, "constant_petition": {**FITTED["constant_petition"], "step": 3.0}}
"""Knobs of which the last one reaches the end of its range within a move."""


def test_what_is_out_of_reach_is_given_up_before_it_is_run_in_all_places(whole):
    found = run(planned(0, fitted=BOLD, steps=5), Quiet()).found
    few = [each for each in found.candidates if float(each.values["grievances"]) > 75]
    assert len(few) == pytest.approx(0.3 * MEMBERS, abs=1)  # 75 to 90 of 40 to 90
    for each in few:
        assert not each.is_member and each.values["constant_petition"] == 2.0  # the end of its range
        assert "petitions_per_1000" in each.missed and all(map(math.isnan, each.figures))
    assert max(whole) <= 75 and found.accepted >= 0.97 * (MEMBERS - len(few))
    assert found.excluded["petitions_per_1000"] >= len(few)


@pytest.mark.parametrize("tries", [1, 3])
def test_a_candidate_is_run_in_all_places_as_often_as_is_allowed(whole, tries):
    """Of one step, what is out of reach is not at the end of its range: it is tried as long as it may be."""
    found = run(planned(0, steps=1, tries=tries), Quiet()).found
    few = {float(each.values["grievances"]) for each in found.candidates if not each.is_member}
    often = [whole.count(g) for g in few if g > 75]
    assert set(often) == {tries} and len(often) == pytest.approx(0.3 * MEMBERS, abs=1)


def test_what_is_well_outside_a_check_is_run_in_all_places_once(whole):
    """0.3 + 0.1 x is above 0.31, a twentieth above the end, where bilateral success is above 0.725."""
    found = run(planned(0, steps=1, tries=3, checks={"first_nothing_share": {"low": 0.1, "high": 0.3}}), Quiet()).found
    few = [each for each in found.candidates if float(each.values["grievances"]) > 75]
    often = {
        is_outside: {
            whole.count(float(each.values["grievances"]))
            for each in few
            if (float(each.values["bilateral_success"]) > 0.725) is is_outside
        }
        for is_outside in (True, False)
    }
    assert often == {True: {1}, False: {3}}
