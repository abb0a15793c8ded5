"""Bottlenecks from end to end: a saturated pool is found short by what queueing theory says, an idle one is not."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from experiments.cli.main import main
from experiments.configuration.command import Invocation
from experiments.report.bottlenecks.answer import answer
from experiments.report.bottlenecks.evidence import BottlenecksEvidence
from experiments.report.kinds import open_results
from experiments.report.text import Words
from experiments.studies.bottlenecks import KIND
from experiments.studies.bottlenecks.effects import judged
from experiments.studies.bottlenecks.plan import Bottlenecks, pools_of
from experiments.studies.bottlenecks.schema import BottlenecksChoice, BottlenecksConfig
from experiments.studies.keeping import run_and_keep
from experiments.verification import theory
from experiments.verification.queues import scenario_for
from sim.scenario import Calendar, ProvinceChoice
from tests.experiments.pages import check_report

COUNTIES = [920102, 920103]
POOLS = "study.pools=[petition_handlers,village_committees]"


@pytest.fixture(scope="module")
def queues(tmp_path_factory):
    """One mediator a township, to whom nearly twice as many come as he settles, and a petition office without visitors.

    Two counties of four townships each, eight seeds; the queues have grown for three years.
    """
    world = scenario_for("queue", "behaviour.slots_centre=1", "behaviour.mediation_days=20")
    policy = replace(world.after, staff=replace(world.after.staff, petition_handlers=3))
    config = BottlenecksConfig(
        study=BottlenecksChoice(bases=["queues"]),
        province=ProvinceChoice(world.province.source, COUNTIES),
        calendar=Calendar(start="2015-01-01", reform="2018-01-01", measures="2018-01-01", end="2018-12-31"),
        behaviour=world.behaviour,
        results=str(tmp_path_factory.mktemp("bottlenecks")),
    )
    pools = pools_of(["township_people", "petition_handlers", "county_judicial"])
    study = Bottlenecks(config, Invocation("bottlenecks"), {"queues": policy}, pools, None)
    return run_and_keep(KIND, study, progress=False, report=False)


def test_a_saturated_pool_is_short_by_its_rate_of_service(queues):
    settled = 365 / theory.whole_days(20, complexity=theory.spread_of_complexity()).mean * 0.998
    frame = queues.results.tables["pools"].set_index("pool")
    mine = frame.loc["township_people"]
    assert mine["verdict"] == "short" and (mine["places"], mine["posts"], mine["pairs"]) == (2, 8, 8)
    assert mine["settled"] == pytest.approx(settled, rel=0.08) and settled == pytest.approx(18.2, abs=0.1)
    assert mine["low"] > 0.8 * settled and mine["high"] < 1.2 * settled
    assert mine["utilisation"] == pytest.approx(1, abs=0.001) and mine["wait"] > 300 and mine["queue"] > 4 * 20
    assert mine["long_waits"] > 0.99
    assert mine["cost"] == pytest.approx(queues.result.study.config.behaviour.prices.cost_contract_mediator)
    assert mine["yuan"] == pytest.approx(mine["cost"] / mine["settled"])
    places = queues.results.tables["places"].query("pool == 'township_people'").set_index("place")
    assert places.index.tolist() == ["920102", "920103"] and places["verdict"].tolist() == ["short", "short"]
    assert places["settled"].to_numpy() == pytest.approx(settled, rel=0.12)
    assert places["queue"].mean() == pytest.approx(mine["queue"])


def test_an_idle_pool_is_not(queues):
    frame = queues.results.tables["pools"].set_index("pool")
    idle, absent = frame.loc["petition_handlers"], frame.loc["county_judicial"]
    assert (idle["verdict"], idle["posts"], idle["settled"], idle["p_value"]) == ("not_short", 2, 0, 1)
    assert 0 <= idle["utilisation"] < 0.002 and math.isnan(idle["yuan"])
    assert (absent["verdict"], absent["places"], absent["pairs"]) == ("absent", 0, 0)  # a mix without any gives none


def test_the_answer_names_what_is_short(queues):
    evidence = BottlenecksEvidence(queues.results)
    found = answer(evidence, Words("en"))
    settled = evidence.tables["pools"].set_index("pool").loc["township_people", ["settled", "yuan"]]
    assert found.text[0] == (
        "Short under “queues”: 1 of 2 kinds of pools. One post more settles, in its first year: township people's "
        f"mediators {settled['settled']:.1f} more ({Words('en').yuan(settled['yuan'])} each)."
    )
    assert found.text[1].startswith("Short when each place is looked at by itself: 2 of 4 pools (township people's ")
    assert found.text[1].endswith("The least busy of these is at work 100\u00a0% of its time.")
    assert (found.n_of, found.of) == (1, 2)
    assert "2类力量中有1类不足" in answer(evidence, Words("zh")).text[0]


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["bottlenecks", *short, "study.name=trial", f"results={to}", *arguments])

    return run


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it_and_nothing_runs_twice(study, tmp_path, capsys, monkeypatch):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(POOLS, "replicates=2", f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("pools", "places", "runs"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    printed = capsys.readouterr().out
    monkeypatch.setattr("sim.model.run_branches", None)
    assert study(POOLS, "replicates=2", "output=json", to=folders[0]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["answer"]["text"][0] == printed.splitlines()[0]
    assert document["pools"][0]["pool"] == "village_committees" and document["pools"][0]["pairs"] == 2


def test_one_replicate_tells_nothing(study, results):
    assert study(POOLS, "study.bases=[status_quo]", "replicates=1") == 0
    frame = open_results(results / "trial" / "latest").tables["pools"]
    assert frame["verdict"].tolist() == ["untold", "untold"] and frame["low"].isna().all()


@pytest.mark.long
def test_a_page_in_both_languages(results, short):
    assert main(["bottlenecks", *short, POOLS, "replicates=2", f"results={results}"]) == 0
    check_report(results / "bottlenecks" / "latest" / "report", set())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["study.bases=[]"], "study.bases=[] must name one or more, each once"),
        (["study.bases=[nothing]"], "study.bases: there is no policy 'nothing'"),
        (["study.pools=[county_peple]"], "study.pools: there is no pool 'county_peple'; did you mean county_people"),
        (["stress=staff_cut"], "stress=… has no part here: posts are added in a world without stress"),
        (["province=china"], "province=china is not allowed: posts are added in one province at a time"),
        (["calendar.reform=2018-06-01"],
         "the year after calendar.reform=2018-06-01 ends in 2019-05, and calendar.end is 2018-12-31"),
    ],
)  # fmt: skip
def test_what_is_refused(study, arguments, says, capsys):
    assert study(*arguments) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("low", "p_value", "verdict"), [(1.0, 0.001, "short"), (0.99, 0.001, "not_short"), (1.0, 0.05, "not_short")]
)
def test_a_pool_is_short_where_a_post_surely_settles_one_matter_a_year_and_not_by_chance(low, p_value, verdict):
    row = {"settled": 4.0, "low": low, "high": 8.0 - low, "p_value": p_value, "pairs": 8, "cost": 100.0}
    found = judged([row, {**row, "p_value": math.nan, "pairs": 0}])[0]
    assert found["verdict"] == verdict
    assert found["yuan"] == 25 if verdict == "short" else math.isnan(found["yuan"])
