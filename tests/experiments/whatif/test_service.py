"""What the live page is answered: the numbers of ``simulate``, ranges kept, newer requests first."""

from __future__ import annotations

import re
import threading
import time

import numpy as np
import pytest

from experiments.runs.run import Cancelled
from experiments.whatif.answer import BESIDE, MEASURED, PETITIONS, monthly_petitions
from experiments.whatif.controls import Controls, step_of, with_levers
from experiments.whatif.schema import LEVERS, STRESSES
from experiments.whatif.service import Service, Superseded
from experiments.whatif.warm import BranchingModel, WarmModels
from petition_pyramid import scenario, simulate
from sim.errors import InputError
from sim.parameters import declarations
from sim.policy import Acceptance, Intake, Policy
from sim.stress import Stress
from tests.experiments.whatif.conftest import TINY, config_of

MOVED = {"centre.intake": "unified", "petition.acceptance": "strict", "staff.mediators_county": 33}


@pytest.mark.long
def test_an_answer_has_the_numbers_of_simulate(server):
    found = server.service.run({"levers": MOVED, "stresses": {"push_down": 0.4}, "seed": 5, "replicates": 2})
    after = scenario(
        *TINY,
        "after.centre.intake=unified",
        "after.petition.acceptance=strict",
        "after.staff.mediators_county=33",
        "stress.push_down=0.4",
    )
    for part, other in (("after", after), ("kept", scenario(*TINY))):
        expected = simulate(other, "replicates=2", "seed=5", "executor.workers=1")
        measures = expected.measures()
        assert found[part] == {name: measures[name].after.mean for name in MEASURED}
        assert found["before"] == {name: measures[name].before.mean for name in MEASURED}
        assert found["monthly"][part] == np.mean([monthly_petitions(each) for each in expected.records], 0).tolist()
        assert sum(found["monthly"][part][12:]) / 3 == pytest.approx(measures["petitions_total"].after.mean)


def test_a_preset_that_differs_by_city_has_the_numbers_of_simulate(server):
    found = server.service.run({"policy": "gansu_2019", "seed": 1})
    expected = simulate(
        scenario("province=tiny", "after=gansu_2019"), "replicates=1", "seed=1", "executor.workers=1"
    ).measures()
    assert found["after"] == {name: expected[name].after.mean for name in MEASURED}
    assert found["interval"] == {}


@pytest.mark.long
def test_over_an_ensemble_every_seed_has_its_behaviour(tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("patience\n10\n20\n40\n")
    service = Service(config_of(*TINY, ensemble=str(people)))
    found = service.run({"policy": "whistle", "seed": 4, "replicates": 3})
    alone = {"after": [], "kept": []}
    for seed in (4, 5, 6):
        days = (10, 20, 40)[seed % 3]
        for part, policy in (("after", "whistle"), ("kept", "status_quo")):
            place = scenario("province=tiny", f"after={policy}", f"behaviour.patience={days}")
            record = simulate(place, f"seed={seed}", "executor.workers=1").records[0]
            alone[part].append(record.after["durable_resolution"])
    for part, values in alone.items():
        assert found[part]["durable_resolution"] == np.median(values)
    apart = np.subtract(alone["after"], alone["kept"])
    assert found["difference"]["durable_resolution"] == pytest.approx(np.median(apart))
    assert found["interval"]["durable_resolution"] == pytest.approx(np.quantile(apart, [0.025, 0.975]).tolist())
    page = service.page()
    assert "the 3 sets of assumptions of " in page and "One set of assumptions about people" not in page
    service.close()


def test_one_behaviour_is_said_to_be_one(server):
    assert "One set of assumptions about people: ranges are chance alone." in server.service.page()


def test_warm_models_branch_without_a_warm_up_of_their_own_within_their_room():
    base = scenario(*TINY)
    most = with_levers(base.after, {"staff.mediators_county": 50.0, "grid.households_per_grid": 100.0})
    models = WarmModels(base, [most], threads=1)
    models.records(base, 0)
    first = models._kept[0]
    inside = scenario(*TINY, "after.staff.mediators_county=49", "after.grid.households_per_grid=200")
    outside = scenario(*TINY, "after.staff.mediators_county=51")
    for wanted, is_same in ((inside, True), (outside, False)):
        record, _ = models.records(wanted, 0)
        assert (models._kept[0] is first) == is_same
        assert record.to_bytes() == simulate(wanted, "replicates=1", "executor.workers=1").records[0].to_bytes()


def test_mixes_need_room_of_their_own():
    base = scenario(*TINY)
    model = BranchingModel(base, also=[scenario(*TINY, "after.staff.mediators_county=50")])
    assert model.admit(scenario(*TINY, "after.staff.mediators_county=20"))
    assert not model.admit(scenario(*TINY, "after.staff.mix_people=0.5"))
    assert not model.admit(scenario(*TINY, "after.grid.households_per_grid=50"))


def test_values_beyond_a_range_are_moved_back_and_named(server):
    found = server.service.run(
        {"levers": {"centre.coverage_county": 7, "petition.registration_county": 0.1}, "replicates": 0, "seed": -3}
    )
    names = ["centre.coverage_county", "petition.registration_county", "seed", "replicates"]
    assert (found["clamped"], found["seed"], found["replicates"]) == (names, 0, 1)
    at_the_end = server.service.run({"levers": {"centre.coverage_county": 1.0}})
    assert found["after"] == at_the_end["after"]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ([], "the request: it must be an object"),
        ({"levres": {}}, "unknown key 'levres'; did you mean levers?"),
        ({"policy": "gansu_2020"}, "there is no policy 'gansu_2020'; did you mean gansu_2019"),
        ({"policy": None}, "there is no policy"),
        ({"levers": {"push_down": 1}}, "no control for the lever 'push_down'"),
        ({"levers": {"centre.intake": 1}}, "centre.intake: it must be one of windows, unified"),
        ({"levers": {"centre.intake": ["unified"]}}, "centre.intake: it must be one of windows, unified"),
        ({"levers": {"centre.coverage_county": True}}, "it must be a number from 0 to 1"),
        ({"levers": {"centre.coverage_county": float("nan")}}, "it must be a number from 0 to 1"),
        ({"levers": {"centre.coverage_county": 10**400}}, "it must be a number from 0 to 1"),
        ({"stresses": {"centre.intake": "unified"}}, "no control for the stress"),
        ({"seed": 1.5}, "seed: it must be a whole number"),
        ({"replicates": "2"}, "replicates: it must be a whole number"),
        ({"page": "x" * 200}, "page: it must be text"),
        ({"page": "x", "number": 1e9}, "number: it must be a whole number"),
    ],
)
def test_a_wrong_request_is_an_input_error(server, request_, message):
    with pytest.raises(InputError, match=re.escape(message)):
        server.service.run(request_)


def test_a_newer_request_of_the_same_page_gives_the_older_one_up(server):
    """While one waits for its turn, the same page asks again: the older one ends, the newer and other pages do not."""
    service = server.service
    ended: dict[str, str] = {}

    def asking(label: str, page: str, number: int) -> None:
        try:
            service.run({"page": page, "number": number})
            ended[label] = "answered"
        except Superseded:
            ended[label] = "given up"

    with service.models._turn:
        threads = []
        for label, page, number in (("old", "one", 1), ("other", "two", 1), ("new", "one", 2)):
            threads.append(threading.Thread(target=asking, args=(label, page, number)))
            threads[-1].start()
            time.sleep(0.1)
        threads[0].join(5)
        assert ended == {"old": "given up"}
    for thread in threads:
        thread.join(20)
    assert ended == {"old": "given up", "other": "answered", "new": "answered"}
    with pytest.raises(Superseded):  # an old one that comes late is given up as well
        service.run({"page": "one", "number": 1})


def test_a_run_is_given_up_while_it_runs_and_leaves_the_model_as_it_was():
    base = scenario(*TINY)
    models = WarmModels(base, threads=1)
    wanted = scenario("province=tiny", "after=whistle")
    models.records(wanted, 0)
    asked = 0

    def after_some_months() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    with pytest.raises(Cancelled):
        models.records(wanted, 0, after_some_months)
    assert asked == 6
    assert (
        models.records(wanted, 0)[0].to_bytes()
        == simulate(wanted, "replicates=1", "executor.workers=1").records[0].to_bytes()
    )
    models.close()
    with pytest.raises(Cancelled):
        models.records(wanted, 0)


def test_models_that_were_not_used_for_longest_go_first(monkeypatch):
    base = scenario(*TINY)
    models = WarmModels(base, threads=1)
    models.records(base, 0)
    residents = int(models._kept[0].model.province.population)
    monkeypatch.setattr("experiments.whatif.warm.RESIDENTS_MAX", 2 * residents)
    for seed in (1, 0, 2):
        models.records(base, seed)
    assert list(models._kept) == [0, 2]


def test_controls_are_levers_and_stresses_apart():
    controls = Controls.of(LEVERS, STRESSES, Policy())
    assert not {each.name for each in controls.levers} & {each.name for each in declarations(Stress)}
    lows = {each.name: each.low for each in controls.levers}
    assert (
        lows["petition.registration_county"] == Policy().petition.registration_county
    )  # no smaller register is offered
    with pytest.raises(InputError, match="push_down is a stress"):
        Controls.of(["push_down"], [], Policy())
    with pytest.raises(InputError, match="there is no stress 'push_dwn'; did you mean push_down"):
        Controls.of(LEVERS, ["push_dwn"], Policy())
    with pytest.raises(InputError, match="given twice"):
        Controls.of(LEVERS, ["push_down", "push_down"], Policy())


def test_a_lever_that_is_moved_holds_in_every_city():
    policy = Policy(places={"6207": {"grid": {"households_per_grid": 50, "first_contact": 0.5}}})
    moved = with_levers(policy, {"grid.households_per_grid": 120.0, "centre.intake": "unified"})
    assert moved.in_place(6207, "hexi").grid.households_per_grid == 120
    assert moved.in_place(6207, "hexi").grid.first_contact == 0.5
    assert moved.centre.intake is Intake.unified and moved.petition.acceptance is Acceptance.loose
    assert with_levers(policy, {}) is policy


def test_steps_divide_a_range_at_least_fifty_times():
    for control in Controls.of(LEVERS, STRESSES, Policy()).levers:
        if not control.choices:
            steps = (control.high - control.low) / step_of(control)
            assert steps >= 29 and step_of(control) in (0.01, 0.1, 1.0, 10.0), control.name


def test_what_stands_beside_the_ratio():
    assert set(PETITIONS) < set(MEASURED) and set(BESIDE) < set(MEASURED)
    assert "concealment" in BESIDE and "worst_group_resolution" in BESIDE
