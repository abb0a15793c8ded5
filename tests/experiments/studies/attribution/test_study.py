"""An attribution from end to end: worlds, pairing, tables, what is kept, and what is refused."""

from __future__ import annotations

import json
import re

import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from petition_pyramid import scenario, simulate
from tests.experiments.pages import check_report

YEAR = "study.years=[1]"
REST = "[centre.*, roll_out.*, staff.*, platform.*, services.*, norms.*, assessment.*]"
GROUPS = f"study.groups={{grid: [grid.*], rules: [petition.*], rest: {REST}}}"
MEASURES = "study.measures=[durable_resolution,petitions_per_1000]"


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["attribution", *short, YEAR, "study.name=trial", f"results={to}", *arguments])

    return run


def test_the_whole_is_the_difference_of_two_scenarios_and_the_parts_add_up_to_it(study, results, short, capsys):
    assert study("after=gansu_2019", GROUPS, MEASURES, "replicates=3", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["groups"] == ["grid", "rules", "rest"] and document["alike"] == []
    before, after = (
        [record.after for record in simulate(scenario(*short, f"after={policy}"), "replicates=3").records]
        for policy in ("status_quo", "gansu_2019")
    )
    for whole in document["whole"]:
        ends = [sum(each[whole["measure"]] for each in records) / 3 for records in (before, after)]
        assert [whole["before"], whole["after"]] == pytest.approx(ends)
        parts = [row["difference"] for row in document["parts"] if row["measure"] == whole["measure"]]
        assert len(parts) == 3 and sum(parts) == pytest.approx(whole["difference"], rel=1e-9)
    tables = open_results(results / "trial" / "latest").tables
    assert len(tables["runs"]) == 2**3 * 3 and len(tables["together"]) == 3 * 2


def test_a_world_is_a_policy_of_its_own(study, results, short):
    assert study("after=grid_first", "study.groups={size: [grid.households*], visits: [grid.visits*]}", MEASURES,
                 "replicates=2") == 0  # fmt: skip
    runs = open_results(results / "trial" / "latest").tables["runs"].set_index(["coalition", "seed"])
    alone = simulate(scenario(*short, "after=status_quo", "after.grid.visits_per_day=12"), "replicates=2").records
    assert runs.loc[2, "groups"].unique().tolist() == ["visits"]
    assert runs.loc[2, "durable_resolution"].tolist() == pytest.approx(
        [each.after["durable_resolution"] for each in alone]
    )


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it_and_nothing_runs_twice(study, tmp_path, capsys, monkeypatch):
    given = ("after=grid_first", "study.groups={all: ['*']}", "replicates=2")
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(*given, f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("levers", "whole", "parts", "together", "runs"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    printed = capsys.readouterr().out
    monkeypatch.setattr("sim.model.run_branches", None)
    assert study(*given, to=folders[0]) == 0
    assert capsys.readouterr().out.splitlines()[0] == printed.splitlines()[0]


def test_a_set_of_behaviours_has_medians(study, results, tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_text("patience,trust_gain\n12,0.1\n20,0.2\n30,0.3\n")
    given = (f"ensemble={file}", "study.members=2", "replicates=2", "after=grid_first", MEASURES, "output=full")
    assert study(*given) == 0
    assert "alike in sign)" in capsys.readouterr().out
    found = open_results(results / "trial" / "latest")
    assert found.study["seeds"] == [0, 1, 3, 4]  # of the first two of three members
    assert found.study["groups"] == ["grid"] and "rules" in found.study["alike"]
    parts = found.tables["parts"]
    assert parts["pairs"].unique().tolist() == [2] and parts["same_sign"].between(0.5, 1).all()
    assert found.tables["together"].empty


TREND = f"{{trend: [timing.*], rules: [petition.*], rest: [grid.*, {REST[1:]}}}"
OVER_TIME = ("study.over_time=true", f"study.groups={TREND}", "study.measures=[presented_total]")


def presented(*arguments: str, seeds: int = 2) -> list[tuple[float, float]]:
    """Petitions presented before the reform and after it, by seed."""
    records = simulate(scenario(*arguments), f"replicates={seeds}").records
    return [(each.before["presented_total"], each.after["presented_total"]) for each in records]


def test_a_change_over_time_is_that_of_a_run_and_a_trend_can_be_taken_away(study, results, short):
    given = ("after=rule_and_register", "behaviour.timing.petition_trend=-0.2", "replicates=2")
    assert study(*given, *OVER_TIME) == 0
    tables = open_results(results / "trial" / "latest").tables
    (whole,) = tables["whole"].to_dict("records")
    before, after = zip(*presented(*short, *given[:2]), strict=True)
    assert [whole["before"], whole["after"]] == pytest.approx([sum(before) / 2, sum(after) / 2])
    parts = tables["parts"].set_index("group")["difference"]
    assert list(parts.index) == ["trend", "rules", "drift"]
    assert parts.sum() == pytest.approx(whole["difference"])
    resting = presented(*short, "after=status_quo")  # without trend and rules
    assert parts["drift"] == pytest.approx(sum(after - before for before, after in resting) / 2)
    levers = tables["levers"].set_index("lever").loc["timing.petition_trend"]
    assert (levers["before"], levers["after"]) == ("0", "-0.2")
    assert open_results(results / "trial" / "latest").study["alike"] == ["rest"]


def test_a_trend_that_members_draw_is_at_rest_in_worlds_without_it(study, results, short, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("timing.petition_trend,patience\n-0.2,12\n0.1,20\n")
    given = (f"ensemble={file}", "study.members=0", "after=rule_and_register", "replicates=1")
    assert study(*given, *OVER_TIME) == 0
    tables = open_results(results / "trial" / "latest").tables
    assert tables["levers"].set_index("lever").loc["timing.petition_trend", "after"] == "-0.2 … 0.1"
    runs = tables["runs"].set_index(["groups", "seed"])["presented_total"]
    for groups, trends in (("", (0, 0)), ("trend", (-0.2, 0.1))):
        for seed, (trend, patience) in enumerate(zip(trends, (12, 20), strict=True)):
            behaviour = (f"behaviour.timing.petition_trend={trend}", f"behaviour.patience={patience}")
            alone = presented(*short, "after=status_quo", *behaviour, seeds=2)[seed]
            assert runs[groups, seed] == pytest.approx(alone[1])


CAMPAIGN = f"study.groups={{campaign: [petition.campaign*], rest: [grid.*, {REST[1:]}}}"


@pytest.mark.parametrize("own", [0, 0.6])  # what the policy after the reform says of it: nothing, or more
def test_a_campaign_that_members_draw_is_at_rest_in_worlds_without_it(study, results, short, tmp_path, own):
    file = tmp_path / "people.csv"
    file.write_text("status_quo.petition.campaign_share,patience\n0,12\n0.9,20\n")
    over_time = ("study.over_time=true", CAMPAIGN, "study.measures=[presented_total,durable_resolution]")
    policy = ("after=grid_first", f"after.petition.campaign_share={own}")
    assert study(f"ensemble={file}", "study.members=0", *policy, "replicates=1", *over_time) == 0
    tables = open_results(results / "trial" / "latest").tables
    lever = tables["levers"].set_index("lever").loc["petition.campaign_share"]
    assert (lever["before"], lever["after"], lever["group"]) == ("0", "0.6" if own else "0 … 0.9", "campaign")
    runs = tables["runs"].set_index(["groups", "seed"])["presented_total"]
    for inside, shares in (("", (0, 0)), ("campaign", (own, own or 0.9))):
        for seed, (share, patience) in enumerate(zip(shares, (12, 20), strict=True)):
            drawn = (f"before.petition.campaign_share={0.9 * seed}", f"after.petition.campaign_share={share}")
            alone = presented(*short, "after=status_quo", *drawn, f"behaviour.patience={patience}")[seed]
            assert runs[inside, seed] == pytest.approx(alone[1])
    assert runs["", 1] != runs["campaign", 1] and (own or runs["", 0] == runs["campaign", 0])


@pytest.mark.long
def test_a_page_in_both_languages(results, short):
    given = ("after=grid_first", "study.groups={size: [grid.households*], visits: [grid.visits*]}", "replicates=2")
    assert main(["attribution", *short, YEAR, *given, f"results={results}"]) == 0
    check_report(results / "attribution" / "latest" / "report", {"shares"})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["study.years=[1,3]"],
         "study.years: year 3 after calendar.reform=2018-01-01 ends in 2020-12, and calendar.end is 2018-12-31"),
        (["study.years=[]"], "study.years=[] must name one or more, each once"),
        (["study.measures=[]"], "study.measures=[] must name one or more, each once"),
        (["study.measures=[suits,suits]"], "study.measures=[suits,suits] must name one or more, each once"),
        (["study.measures=[suit]"], "study.measures: there is no measure 'suit'; did you mean suits?"),
        (["after=status_quo"], "before and after set every lever alike: there is no difference to share out"),
        (["after=grid_first", "study.groups={size: [grid.households*]}"],
         "study.groups: grid.visits_per_day differs between before and after, and no group has it"),
        (["study.over_time=true", "calendar.start=2018-01-01", "calendar.measures=2018-01-01"],
         "study.over_time: the year before calendar.reform=2018-01-01 begins in 2017-01, and calendar.start is"),
        (["study.over_time=true", "study.groups={drift: ['*']}"],
         "study.groups: drift is what comes without any group; call this one otherwise"),
        (["study.over_time=true", "behaviour.timing.petition_trend=0.1"],
         "study.groups: timing.petition_trend differs between before and after, and no group has it"),
        (["stress=staff_cut"],
         "stress=… has no part here: two policies are held against one another in a world without stress"),
    ],
)  # fmt: skip
def test_what_is_refused(study, arguments, says, capsys):
    assert study(*arguments) == 2
    assert says in capsys.readouterr().err


def test_what_is_told_apart_decides_the_name_of_the_results(study, results):
    given = ("after=grid_first", "replicates=1", MEASURES)
    for groups in ("{one: ['*']}", "{other: ['*']}", "{one: ['*']}"):
        assert study(*given, f"study.groups={groups}") == 0
    assert len([path for path in (results / "trial").iterdir() if re.fullmatch("[0-9a-f]{12}", path.name)]) == 2
