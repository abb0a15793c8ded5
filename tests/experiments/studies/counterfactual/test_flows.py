"""Flows between fates: by hand, reconciled with the ledger, and what may be published of them."""

from __future__ import annotations

import json

import numpy as np
import pytest

import petition_pyramid as pp
from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.report.numbers import signed
from experiments.studies.counterfactual.fates import DURABLE, FATES, Fate, Followed, follow
from experiments.studies.counterfactual.flows import Flows, durable_change, flows_of, merged, province_change
from petition_pyramid import scenario
from sim.ledger import EVENTS
from sim.model import GovernanceModel
from tests.experiments.pages import check_report


def followed(*disputes: tuple[int, Fate, int, bool]) -> Followed:
    keys, fates, counties, province = zip(*disputes, strict=True)
    return Followed(np.array(keys), np.array(fates, np.int8), np.array(counties, np.int16), np.array(province))


def test_flows_by_hand():
    settled, left, opened = (1, Fate.SELF, 0, False), (2, Fate.GAVE_UP, 0, True), (5, Fate.OPEN, 1, True)
    a = followed(settled, left, (3, Fate.VILLAGE, 1, False), opened)
    b = followed(settled, (2, Fate.TOWNSHIP, 0, False), (4, Fate.GRID, 1, False), (5, Fate.COURT, 1, True))
    flows = flows_of(a, b, np.array([910102, 910103]))
    expected = np.zeros((2, FATES, FATES), int)
    expected[0, Fate.SELF, Fate.SELF] = 1
    expected[0, Fate.GAVE_UP, Fate.TOWNSHIP] = 1
    expected[1, Fate.VILLAGE, Fate.ABSENT] = 1
    expected[1, Fate.ABSENT, Fate.GRID] = 1
    expected[1, Fate.OPEN, Fate.COURT] = 1
    assert np.array_equal(flows.counts, expected)
    change = durable_change(flows.table)
    assert change[Fate.GAVE_UP, Fate.TOWNSHIP] == change[Fate.ABSENT, Fate.GRID] == change[Fate.OPEN, Fate.COURT] == 1
    assert change[Fate.VILLAGE, Fate.ABSENT] == -1 and change[Fate.SELF, Fate.SELF] == 0
    assert change.sum() == 4 - 2
    reached = province_change(flows)
    assert reached[Fate.GAVE_UP, Fate.TOWNSHIP] == -1 and reached[Fate.OPEN, Fate.COURT] == 0 and reached.sum() == -1


def test_flows_come_back_from_their_bytes():
    a = followed((1, Fate.SELF, 0, False), (2, Fate.OPEN, 0, True))
    flows = flows_of(a, a, np.array([910102]))
    again = Flows.from_bytes(flows.to_bytes())
    assert np.array_equal(again.counts, flows.counts) and np.array_equal(again.province_b, flows.province_b)
    assert again.to_bytes() == flows.to_bytes()
    for blob in (b"", b"nonsense", flows.to_bytes()[:-40]):
        with pytest.raises(ValueError, match="not the flows of a run"):
            Flows.from_bytes(blob)


@pytest.mark.parametrize(
    ("row", "kept", "together"),
    [
        ([50, 20, 0], [50, 20, 0], 0),
        ([50, 20, 6, 5], [50, 20, np.nan, np.nan], 11),
        ([50, 20, 6], [50, np.nan, np.nan], 26),  # six alone would be the total less the others
        ([50, 3], [np.nan, np.nan], 53),
        ([4, 3], [np.nan, np.nan], np.nan),
        ([10, 9, 9], [10, np.nan, np.nan], 18),
    ],
)
def test_no_small_cell_can_be_worked_out(row, kept, together):
    found, fewer = merged(np.array(row, float))
    assert np.array_equal(found, np.array(kept, float), equal_nan=True)
    assert np.array_equal(fewer, together, equal_nan=True)


def both(short, *policies):
    worlds = [scenario(*short, f"after={policy}") for policy in policies]
    calendar = worlds[0].calendar
    model = GovernanceModel(worlds[0], 3, also=worlds[1:])
    model.run_for(calendar.day("reform"))
    snapshot, found = model.snapshot(), []
    for world in worlds:
        model.branch(snapshot, world)
        fates = follow(model, calendar.days - calendar.day("reform"))
        model.check()
        found.append((fates, model.ledger().window(calendar.reform[:7], calendar.end[:7])))
    return found


@pytest.mark.parametrize("calls", [0, 2])
@pytest.mark.parametrize("policy", ["status_quo", "gansu_2019", "rule_and_register"])
def test_settled_for_good_is_what_the_ledger_counted(short, policy, calls):
    ((fates, ledger),) = both([*short, f"behaviour.police.police_calls={calls}"], policy)
    counted = np.bincount(fates.fates, minlength=FATES)
    names = {
        Fate.SELF: ["durable_bilateral"],
        Fate.GRID: ["settled_on_spot"],
        Fate.POLICE: ["police_durable"],
        Fate.VILLAGE: ["durable_village"],
        Fate.TOWNSHIP: ["durable_township"],
        Fate.COUNTY: ["durable_county"],
        Fate.COURT: ["durable_court"],
        Fate.PETITION: [name for name in EVENTS if name.startswith("durable_petition")],
    }
    for fate, events in names.items():
        assert counted[fate] == sum(ledger.total(name) for name in events), fate.name
    assert (counted[Fate.POLICE] > 50) == (calls > 0)
    assert counted[Fate.SELF] > 50 and counted[Fate.GAVE_UP] > 50
    assert (np.diff(fates.keys) > 0).all()


def test_what_a_county_gave_in_to_is_a_fate_of_its_own(short):
    giving = (
        "behaviour.concessions.concession=1",
        "behaviour.prices.cost_concession=5000",
        "behaviour.constant_petition=0",
    )
    pressed = (
        "after.petition.stability_fund=5",
        "after.assessment.weight_recorded=2",
        "after.assessment.pass_through=1",
    )
    ((fates, ledger),) = both((*short, *giving, *pressed), "status_quo")
    names = [name for name in EVENTS if name.startswith("conceded_persons")]
    assert np.sum(fates.fates == Fate.CONCEDED) == sum(map(ledger.total, names)) > 3


def test_a_placebo_moves_no_dispute(short):
    (a, _), (b, _) = both(short, "status_quo", "placebo")
    table = flows_of(a, b, np.array([1, 2, 3])).table
    assert table.sum() == len(a.keys) and np.array_equal(table, np.diag(np.diag(table)))


def test_disputes_are_the_same_matters_in_both_worlds(short):
    (a, ledger_a), (b, ledger_b) = both(short, "status_quo", "rule_and_register")
    assert ledger_a.total("raised") == ledger_b.total("raised")
    shared = np.intersect1d(a.keys, b.keys)
    assert len(shared) > 0.97 * len(a.keys)
    places = [each.counties[np.searchsorted(each.keys, shared)] for each in (a, b)]
    assert np.array_equal(*places)


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["counterfactual", *short, "study.name=trial", f"results={to}", *arguments])

    return run


def test_a_study_adds_up(study, results, capsys):
    assert study("replicates=3", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    tables = open_results(results / "trial" / "latest").tables
    totals = tables["totals"]
    for column in ("durable", "province"):
        by_seed = (totals[f"{column}_b"] - totals[f"{column}_a"]).mean()
        assert sum(row[column] for row in document["changes"]) == pytest.approx(by_seed)
    durable = [fate.name.lower() for fate in DURABLE]
    flows = tables["flows"]
    settled = flows[flows["b"].isin(durable)]["mean"].sum()
    assert settled == pytest.approx(totals["durable_b"].mean())
    reasons = {row["part"]: row["mean"] for row in document["reasons"]}
    parts = sum(value for part, value in reasons.items() if part != "change")
    assert parts == pytest.approx(reasons["change"])
    cells = tables["county_flows"].drop(columns=["place", "a", "fewer"])
    assert (cells.isna() | (cells == 0) | (cells >= 10)).all(axis=None)


def test_an_ensemble_gives_ranges_over_its_members(study, results, capsys, tmp_path):
    (tmp_path / "people.csv").write_text("patience\n10\n20\n40\n")
    assert study("replicates=3", f"ensemble={tmp_path / 'people.csv'}", "output=full") == 0
    out = capsys.readouterr().out
    assert "of 3 behaviours" in out and "95 % of behaviours" in out
    totals = open_results(results / "trial" / "latest").tables["totals"]
    net = sorted(totals["durable_b"] - totals["durable_a"])
    answered = pp.open_results(results / "trial" / "latest")
    low, high = net[0] + 0.05 * (net[1] - net[0]), net[2] - 0.05 * (net[2] - net[1])
    assert f"[{signed(low, 0)} to {signed(high, 0)}]" in answered.answer().lines[1].replace("\xa0", " ")


def test_tables_are_in_one_language(study, capsys):
    assert study("replicates=1", "output=table", "language=zh") == 0
    out = capsys.readouterr().out
    assert "纵A横B" in out and "放弃（未化解）" in out and "gave" not in out


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it_and_never_twice(study, tmp_path, monkeypatch):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study("replicates=2", f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("flows", "changes", "county_flows", "totals"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    asked: list[int] = []
    from experiments.studies import study as shared

    real = shared.carry_out
    monkeypatch.setattr(shared, "carry_out", lambda runs, *r, **n: (asked.append(len(runs)), real(runs, *r, **n))[1])
    assert study("replicates=3", to=folders[0]) == 0
    assert asked == [1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("after=status_quo",), "nothing to compare: after=status_quo"),
        (("after=placebo", "study.reference=placebo"), "nothing to compare"),
        (("study.reference=nix",), "study.reference: there is no policy 'nix'"),
        (("after=nix",), "there is no such policy"),
        (("name=latest",), "name=latest is not allowed"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(study, results, capsys, arguments, said):
    assert study(*arguments) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


def hamlet(folder, people):
    """A province of two places with some people."""
    folder.mkdir()
    for name, content in {
        "cities": f"code,name_zh,name_en,population_2020,pilot_batch,region_type\n8101,甲市,Jia,{people},1,other\n",
        "counties": "code,name_zh,city_code\n810102,乙县,8101\n",
        "townships": "code,name_zh,county_code\n810102100,丙镇,810102\n",
        "villages": "code,name_zh,township_code,setting\n"
        "810102100001,丁社区,810102100,community\n810102100201,戊村,810102100,village\n",
    }.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    return f"province={folder}"


def test_a_place_without_disputes_has_nothing_to_follow(study, tmp_path, results, capsys):
    assert study(hamlet(tmp_path / "two", 2), "replicates=1", "seed=1") == 2
    assert "nothing to follow: nobody has a dispute after the reform (replicates: 1)" in capsys.readouterr().err
    assert not (results / "trial").exists()


@pytest.mark.long
def test_why_petitions_changed_is_undefined_where_there_are_none(results, short, tmp_path):
    place, neutral = hamlet(tmp_path / "few", 200), ("seed=2", "behaviour=neutral")
    assert (
        main(["counterfactual", *short, place, f"results={results}", "study.name=trial", "replicates=1", *neutral]) == 0
    )
    reasons = open_results(results / "trial" / "latest").tables["reasons"].set_index("part")["mean"]
    assert reasons.drop("change").isna().all() and reasons["change"] == 0
    assert (results / "trial" / "latest" / "report" / "report.en.html").is_file()


@pytest.mark.long
def test_a_report_in_both_languages(results, short):
    assert main(["counterfactual", *short, "study.name=trial", f"results={results}", "replicates=2"]) == 0
    folder = results / "trial" / "latest" / "report"
    check_report(folder, {"flows", "changes"})
    assert "放弃（未化解）" in (folder / "report.zh.html").read_text("utf-8")
