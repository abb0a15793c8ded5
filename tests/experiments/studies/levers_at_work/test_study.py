"""Levers at work from end to end: arms, pairing, tables, what is kept, and what is refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from experiments.cli.main import main
from experiments.configuration.command import Invocation
from experiments.report.kinds import open_results
from experiments.studies.levers_at_work.plan import LeversAtWork, levers_of, without
from experiments.studies.levers_at_work.schema import LeversChoice, LeversConfig
from experiments.studies.representative_places import places_for
from petition_pyramid import scenario, simulate
from sim.policy import NormLevers, Policy
from sim.province import load_province
from sim.scenario import ProvinceChoice
from tests.experiments.pages import check_report

LEVERS = "study.levers=[grid.visits_per_day,roll_out.ramp,petition.acceptance]"
YEAR = "study.years=[1]"


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["levers-at-work", *short, YEAR, "study.name=trial", f"results={to}", *arguments])

    return run


@pytest.mark.long
def test_effects_are_those_of_two_scenarios(study, results, short, capsys):
    assert study(LEVERS, "replicates=3", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    (found,) = [
        row
        for row in document["effects"]
        if (row["base"], row["lever"], row["measure"]) == ("gansu_2019", "grid.visits_per_day", "durable_resolution")
    ]
    ends = [
        simulate(scenario(*short, "after=gansu_2019", f"after.grid.visits_per_day={visits}"), "replicates=3").records
        for visits in (0, 40)
    ]
    low, high = ([record.after["durable_resolution"] for record in records] for records in ends)
    assert found["at_low"] == pytest.approx(sum(low) / 3)
    assert found["difference"] == pytest.approx(sum(high) / 3 - sum(low) / 3)
    assert found["pairs"] == 3
    assert document["measures"] == ["durable_resolution", "petitions_per_1000", "petitions_province"]
    assert {
        (row["lever"], row["verdict"], row["chain"]) for row in document["verdicts"] if row["base"] == "status_quo"
    } >= {("roll_out.ramp", "nothing", "same")}  # nothing is rolled out there
    tables = open_results(results / "trial" / "latest").tables
    assert len(tables["runs"]) == 2 * 3 * 2 * 3
    assert tables["claims"].set_index("lever").loc["petition.acceptance", ["low", "high"]].tolist() == [
        "loose",
        "strict",
    ]


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it_and_nothing_runs_twice(study, tmp_path, capsys, monkeypatch):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(LEVERS, "replicates=2", f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("claims", "verdicts", "effects", "links", "runs"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    printed = capsys.readouterr().out
    monkeypatch.setattr("sim.model.run_branches", None)
    assert study(LEVERS, "replicates=2", to=folders[0]) == 0
    assert capsys.readouterr().out.splitlines()[0] == printed.splitlines()[0]


def test_a_set_of_behaviours_has_shares(study, results, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text("patience,trust_gain\n12,0.1\n20,0.2\n30,0.3\n")
    given = (f"ensemble={file}", "study.members=2", "replicates=2", "study.levers=[roll_out.ramp]", "output=table")
    assert study(*given) == 0
    assert "equivalent to nothing (in 100 % of the sets)" in capsys.readouterr().out.replace("\u00a0", " ")
    found = open_results(results / "trial" / "latest")
    assert found.study["seeds"] == [0, 1, 3, 4]  # of the first two of three members
    verdicts = found.tables["verdicts"]
    shares = verdicts[[f"share_{name}" for name in ("as_claimed", "otherwise", "nothing", "untold")]]
    assert shares.sum(axis=1).tolist() == [1, 1]
    assert found.tables["effects"]["pairs"].unique().tolist() == [2]


def test_one_replicate_tells_nothing(study, results):
    assert study("study.levers=[grid.visits_per_day]", "replicates=1") == 0
    assert open_results(results / "trial" / "latest").tables["verdicts"]["verdict"].tolist() == ["untold", "untold"]


@pytest.mark.long
def test_a_page_in_both_languages(results, short):
    assert main(["levers-at-work", *short, YEAR, LEVERS, "replicates=2", f"results={results}"]) == 0
    check_report(results / "levers_at_work" / "latest" / "report", set())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["study.years=[1,3]"],
         "study.years: year 3 after calendar.reform=2018-01-01 ends in 2020-12, and calendar.end is 2018-12-31"),
        (["study.bases=[]"], "study.bases=[] must name one or more, each once"),
        (["study.bases=[status_quo,status_quo]"],
         "study.bases=[status_quo,status_quo] must name one or more, each once"),
        (["study.bases=[nothing]"], "study.bases: there is no policy 'nothing'"),
        (["study.levers=[centre.intak]"], "there is no lever 'centre.intak'; did you mean centre.intake?"),
        (["stress=staff_cut"], "stress=… has no part here: levers are moved in a world without stress"),
    ],
)  # fmt: skip
def test_what_is_refused(study, arguments, says, capsys):
    assert study(*arguments) == 2
    assert says in capsys.readouterr().err


def test_a_lever_is_moved_where_places_set_it_for_themselves_too():
    places = {"6203": {"norms": {"moral_bank": 0.5, "praise_meetings": 0.3}}, "6207": {"norms": {"moral_bank": 0.2}}}
    base = Policy(norms=NormLevers(moral_bank=0.1), places=places)
    moved = without(base, "norms.moral_bank")
    assert moved.places == {"6203": {"norms": {"praise_meetings": 0.3}}} and base.places == places
    config, levers = LeversConfig(study=LeversChoice()), levers_of(["norms.moral_bank"])
    found = LeversAtWork(config, Invocation("levers-at-work"), None, 1, {"own": base}, levers)
    low, high = (found.scenario("own", found.levers[0], end).after for end in (0, 1))
    assert (low.norms.moral_bank, high.norms.moral_bank) == (0, 1)
    assert [policy.in_place(6203, "hexi").norms.moral_bank for policy in (low, high)] == [0, 1]
    assert replace(low, norms=NormLevers()).places == moved.places


def test_ten_counties_stand_for_a_province():
    found = places_for(ProvinceChoice("gansu"), 10)
    assert len(set(found.places)) == 10
    some, whole = load_province("gansu", found.codes), load_province("gansu")
    assert len(some.counties) == 10
    assert 0.5 < (some.population / 10) / (whole.population / len(whole.counties)) < 2
    assert places_for(ProvinceChoice("gansu"), 0).places == []
    assert places_for(ProvinceChoice("tiny"), 10).places == []
    assert places_for(ProvinceChoice("gansu", [6207]), 10).places == [6207]


def test_claims_and_ranges_decide_the_name_of_the_results(study, results, monkeypatch):
    from experiments.studies.levers_at_work.claims import CLAIMS

    given = ("study.levers=[roll_out.ramp]", "study.bases=[status_quo]", "replicates=2")
    assert study(*given) == 0
    monkeypatch.setitem(CLAIMS, "roll_out.ramp", replace(CLAIMS["roll_out.ramp"], direction="up"))
    assert study(*given) == 0
    names = [path.name for path in (results / "trial").iterdir() if re.fullmatch("[0-9a-f]{12}", path.name)]
    assert len(names) == 2
