"""Ensembles: which behaviour a seed has, what a file must hold, and that studies keep to it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from experiments.cli.completion import candidates
from experiments.cli.main import main
from experiments.configuration.ensemble import FOLDER, changes_of, ensemble_of, shipped
from experiments.configuration.shipped import config_directory
from experiments.patterns.held_out import held_out_digest
from experiments.patterns.reported import patterns_of
from experiments.report.kinds import open_results
from experiments.results.provenance import parameter_rows
from experiments.runs.run import runs_of
from petition_pyramid import scenario, simulate
from sim.errors import InputError
from sim.scenario import ProvinceChoice, Scenario

TINY = Scenario(province=ProvinceChoice(source="tiny"))
FILE = "member,patience,trust_gain\n0,12,0.1\n1,20,0.2\n2,30,0.3\n"
LEVERS = (
    "member,patience,status_quo.petition.acceptance,status_quo.petition.registration_county,"
    "status_quo.centre.petition_inside\n0,12,loose,0.3,true\n1,20,strict,0.59,false\n2,30,loose,0.8,true\n"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(FILE)
    return path


def test_the_seed_chooses_the_member(file):
    ensemble = ensemble_of(str(file))
    assert len(ensemble) == 3 and ensemble.columns == ("patience", "trust_gain")
    runs = runs_of(TINY, [7, 1, 4, 3], ensemble)
    assert [run.seed for run in runs] == [1, 3, 4, 7]
    assert [run.scenario.behaviour.patience for run in runs] == [20, 12, 20, 20]
    assert [run.scenario.behaviour.trust_gain for run in runs] == [0.2, 0.1, 0.2, 0.2]
    assert len({run.scenario_id for run in runs}) == 2 and len({run.key for run in runs}) == 4
    assert runs[1].scenario.behaviour.weight_success == TINY.behaviour.weight_success
    assert ensemble.range_of("patience") == "12 – 30"


@pytest.fixture
def levers(tmp_path):
    path = tmp_path / "worlds.csv"
    path.write_text(LEVERS)
    return ensemble_of(str(path))


def rules(world):
    return [
        (each.petition.acceptance.value, each.petition.registration_county, each.centre.petition_inside)
        for each in (world.before, world.after)
    ]


def test_members_set_levers_of_the_status_quo_before_and_after(levers):
    assert levers.columns == tuple(LEVERS.splitlines()[0].split(",")[1:])
    assert levers.rows[0] == (12.0, "loose", 0.3, "true")
    assert rules(levers.scenario(TINY, 0)) == [("loose", 0.3, True)] * 2
    assert rules(levers.scenario(TINY, 4)) == [("strict", 0.59, False)] * 2
    assert levers.scenario(TINY, 4).behaviour.patience == 20


def test_a_policy_that_names_a_lever_keeps_its_own_value(levers):
    named = TINY.vary({"after.petition.acceptance": "strict", "before.petition.registration_county": 0.9})
    assert rules(levers.scenario(named, 0)) == [("loose", 0.9, True), ("strict", 0.3, True)]
    assert rules(levers.scenario(named, 2)) == [("loose", 0.9, True), ("strict", 0.8, True)]
    other = TINY.vary({"after.petition.registration_city": 0.9})  # another lever is none of theirs
    assert levers.scenario(other, 0).after.petition.registration_county == 0.3
    assert levers.scenario(other, 0).after.petition.registration_city == 0.9


def test_what_a_column_holds_is_told_as_text(levers):
    assert levers.range_of("status_quo.petition.acceptance") == "loose, strict"
    assert levers.range_of("status_quo.petition.registration_county") == "0.3 – 0.8"
    assert levers.range_of("status_quo.centre.petition_inside") == "false, true"


def test_a_parameter_is_set_by_members_where_it_is_as_in_the_status_quo(levers):
    def column(*asked):
        return levers.column_of(*asked)

    assert column("behaviour", "patience", 14) == "patience"
    assert column("behaviour", "trust_gain", 0.1) is None
    for group in ("before", "after"):
        assert column(group, "petition.acceptance", "loose") == "status_quo.petition.acceptance"
        assert column(group, "petition.acceptance", "strict") is None
    assert column("after", "petition.registration_city", 0.71) is None
    assert column("stress", "petition.acceptance", "loose") is None


def test_parameters_of_a_study_show_what_members_set(levers):
    named = TINY.vary({"after.petition.acceptance": "strict"})
    rows = {(row["group"], row["name"]): row["value"] for row in parameter_rows({"base": named}, levers)}
    assert rows["before", "petition.acceptance"] == "loose, strict" and rows["after", "petition.acceptance"] == "strict"
    assert rows["behaviour", "patience"] == "12 – 30" and rows["behaviour", "trust_gain"] == TINY.behaviour.trust_gain
    assert rows["after", "petition.registration_county"] == "0.3 – 0.8"


def test_changes_by_hand():
    columns, row = ("patience", "status_quo.petition.acceptance"), (20.0, "strict")
    assert changes_of(TINY, columns, row) == {
        "behaviour.patience": 20.0, "before.petition.acceptance": "strict", "after.petition.acceptance": "strict"
    }  # fmt: skip
    own = TINY.vary({"before.petition.acceptance": "strict"})
    assert "before.petition.acceptance" not in changes_of(own, columns, row)


def test_no_name_is_no_ensemble():
    assert ensemble_of("") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("patience\n900\n", "line 2: behaviour.patience=900.0 is not allowed: it must be a number from 5 to 40"),
        ("patiense\n9\n", "'patiense' is no uncertainty and no lever of the status quo; did you mean patience"),
        ("patience,plausibility\n9,1\n", "'plausibility' is no uncertainty and no lever of the status quo; "),
        (
            "status_quo.petition.acceptance\nlax\n",
            "line 2: status_quo.petition.acceptance=lax must be one of loose, strict",
        ),
        ('status_quo.petition.acceptance\n""\n', "status_quo.petition.acceptance= must be one of loose, strict"),
        ("status_quo.petition.registration_county\nhigh\n", "registration_county=high is not a number"),
        ("status_quo.petition.registration_county\n1.5\n", "registration_county=1.5 is not allowed"),
        ("status_quo.petition.accept\nloose\n", "did you mean status_quo.petition.acceptance"),
        ("petition.acceptance\nloose\n", "'petition.acceptance' is no uncertainty and no lever of the status quo"),
        ("status_quo.patience\n9\n", "'status_quo.patience' is no uncertainty"),
        ("patience\nmany\n", "line 2: patience=many is not a number"),
        ("patience\nnan\n", "line 2: patience=nan is not a number"),
        ("patience,trust_gain\n9\n", "line 2: 1 values, but 2 names"),
        ("patience\n", "has 0 members"),
        ("", "has 0 members"),
        ("patience,patience\n9,9\n", "each once"),
        ("member\n1\n", "must name uncertainties"),
    ],
)
def test_a_file_that_is_no_ensemble_is_refused(tmp_path, content, said):
    path = tmp_path / "people.csv"
    path.write_text(content)
    with pytest.raises(InputError) as error:
        ensemble_of(str(path))
    assert said in str(error.value)


def test_what_is_not_there_is_named(tmp_path, capsys):
    with pytest.raises(InputError, match="there is no ensemble 'nix'"):
        ensemble_of("nix")
    assert main(["simulate", "province=tiny", f"ensemble={tmp_path}/none.csv"]) == 2
    assert "none.csv cannot be read" in capsys.readouterr().err


def test_a_value_that_the_members_set_is_not_set_twice(file, capsys):
    assert main(["simulate", "province=tiny", f"ensemble={file}", "behaviour.patience=9"]) == 2
    said = f"behaviour.patience=9.0, and {file}, a set of behaviours, sets it too: add behaviour=default for one "
    assert said in capsys.readouterr().err
    assert main(["compare", "province=tiny", "behaviour.grievances=50", "study.policies=[status_quo]"]) == 2
    assert "behaviour.grievances=50.0, and gansu_ensemble, a set" in capsys.readouterr().err  # its own set by default


def test_a_factor_that_the_members_set_is_not_varied(file, short, capsys):
    assert main(["sweep", *short, f"ensemble={file}", "behaviour.patience=10,20"]) == 2
    said = capsys.readouterr().err
    assert "behaviour.patience is varied, and " in said and "add behaviour=default for one behaviour" in said


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            "sensitivity",
            "a sensitivity analysis takes no set of behaviours, here gansu_ensemble: it varies what is ",
        ),
        ("calibrate", "a calibration takes no set of behaviours, here gansu_ensemble: it makes one"),
    ],
)
def test_where_a_set_has_no_meaning_it_is_refused_and_not_offered(command, said, short, capsys):
    needed = {
        "sensitivity": "study.uncertainties=[patience]",
        "calibrate": "study.fitted={grievances: {figure: mediations, tolerance: 50}}",
    }[command]
    assert main([command, *short, needed, "behaviour=gansu_ensemble"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "behaviour=  default*, neutral, satisficing\n" in shown and "  ensemble=" not in shown
    assert candidates(f"pyramid {command} behaviour=") == [
        "behaviour=default",
        "behaviour=neutral",
        "behaviour=satisficing",
    ]
    assert candidates(f"pyramid {command} ens") == []
    assert candidates("pyramid simulate behaviour=") == [
        "behaviour=default",
        "behaviour=gansu_ensemble",
        "behaviour=gansu_reform_ensemble",
        "behaviour=gansu_wider_ensemble",
        "behaviour=neutral",
        "behaviour=satisficing",
    ]


def test_a_scenario_is_simulated_over_a_set(short):
    place = scenario(*short)
    over = simulate(place, "behaviour=gansu_ensemble", "replicates=2").frame()
    assert over.equals(simulate(*short, "behaviour=gansu_ensemble", "replicates=2").frame())
    assert not over.equals(simulate(place, "replicates=2").frame())
    with pytest.raises(InputError, match="behaviour=default is not allowed: a run has no such part"):
        simulate(place, "behaviour=default")


def test_a_simulation_over_an_ensemble_is_each_member_once(file, short, capsys):
    assert main(["simulate", *short, f"ensemble={file}", "replicates=3", "seed=3", "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ensemble"]["members"] == 3
    alone = [
        simulate(
            scenario(*short, f"behaviour.patience={patience}", f"behaviour.trust_gain={gain}"),
            "replicates=1",
            f"seed={seed}",
        )
        for seed, (patience, gain) in zip((3, 4, 5), ((12, 0.1), (20, 0.2), (30, 0.3)), strict=True)
    ]
    expected = np.median([result.records[0].after["petitions_total"] for result in alone])
    assert document["measures"]["petitions_total"]["after"]["mean"] == pytest.approx(expected)


def test_a_scenario_alone_takes_no_ensemble(file):
    with pytest.raises(InputError, match="a scenario has no such part; give it to simulate"):
        scenario("province=tiny", f"ensemble={file}")


@pytest.mark.long
def test_a_comparison_tells_behaviours_and_chance_apart(file, short, no_report, tmp_path, capsys):
    arguments = ["compare", *short, "study.policies=[status_quo,gansu_2019]", "study.measures=[petitions_total]"]
    arguments += [f"ensemble={file}", "replicates=6", f"results={tmp_path}", "study.name=trial", "name=x"]
    assert main([*arguments, "output=json"]) == 0
    effects = {each["policy"]: each for each in json.loads(capsys.readouterr().out)["effects"]}
    runs = open_results(tmp_path / "trial" / "x").runs.sort_values("seed")
    worlds = {name: group["petitions_total"].to_numpy() for name, group in runs.groupby("scenario")}
    difference = (worlds["gansu_2019"] - worlds["status_quo"]).reshape(2, 3)  # seeds 0 to 5: a column a member
    means = difference.mean(axis=0)
    found = effects["gansu_2019"]["over_behaviours"]
    assert (found["mean"], found["low"], found["high"]) == pytest.approx(
        (means.mean(), *np.quantile(means, [0.025, 0.975]))
    )
    within = difference.var(axis=0, ddof=1).mean()
    between = max(0.0, means.var(ddof=1) - within / 2)
    assert (found["within"], found["between"]) == pytest.approx((within**0.5, between**0.5))
    assert found["share_of_chance"] == pytest.approx(within / (within + between))
    assert effects["status_quo"]["over_behaviours"] is None
    assert effects["gansu_2019"]["paired"]["difference"] == pytest.approx(np.median(means))
    assert main([*arguments, "output=table"]) == 0
    out = capsys.readouterr().out
    assert "95 % of behaviours" in out and "Medians over 3 sets of assumptions about people" in out


@pytest.mark.parametrize(
    ("name", "members", "held_out", "rules"),
    [
        ("gansu_ensemble", 100, {"visits_province", "city_after", "county_after"}, {"loose", "strict"}),
        ("gansu_reform_ensemble", 40, set(), {"loose"}),  # visits to the capital exclude strict ones
        ("gansu_wider_ensemble", 40, {"visits_province", "city_after", "county_after"}, {"loose"}),
    ],
)
def test_a_shipped_ensemble_is_what_its_provenance_says(name, members, held_out, rules, short, capsys):
    assert name in shipped()
    ensemble = ensemble_of(name)
    origin = json.loads((config_directory() / FOLDER / f"{name}.json").read_text("utf-8"))
    assert len(ensemble) == origin["members"] == members
    fitted = [name for knob, each in origin["fitted"].items() for name in (knob, *each["along"])]
    assert list(ensemble.columns) == [*fitted, *origin["varied"]]
    for column, prior in origin["varied"].items():
        values = [row[ensemble.columns.index(column)] for row in ensemble.rows]
        if "values" in prior:
            assert set(values) == rules <= set(prior["values"])
        else:
            assert prior["low"] <= min(values) < max(values) <= prior["high"]
    assert set(origin["held_out"]) == held_out
    assert origin["scorecard"] == held_out_digest(patterns_of("gansu"))
    assert main(["simulate", *short, f"behaviour={name}", "replicates=2", "output=json"]) == 0
    assert json.loads(capsys.readouterr().out)["ensemble"]["members"] == members
