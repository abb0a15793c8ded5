"""What is published: no cell below a county, no small count, nobody who could be told apart."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.runs.ledger_table import MINIMUM_CELL, ledger_bytes
from sim.ledger import DISPUTE_KINDS, EVENTS, event
from sim.measures import MEASURES
from sim.model import run
from sim.province import load_province
from sim.scenario import Calendar, ProvinceChoice, Scenario

COUNTY = 620921
"""A county of 119,000 residents."""

PERSONAL = ("resident", "claimant", "person", "people", "household", "village", "dispute", "case", "mediator", "worker")
"""Words that a column which identifies somebody, or a place smaller than a county, could be called by."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> Path:
    """Results of a study of one county with ledgers and reports: large enough for counts on both sides of the limit."""
    results = tmp_path_factory.mktemp("results")
    arguments = ["calendar.start=2017-01-01", "calendar.measures=2017-01-01", "calendar.reform=2018-01-01"]
    arguments += ["calendar.end=2018-12-31", "study.policies=[status_quo]", "study.name=trial", "replicates=1"]
    arguments += ["study.worlds={down: {after: status_quo, stress: closed_door}}", "ledger=true"]
    assert main(["compare", f"places=[{COUNTY}]", *arguments, f"results={results}"]) == 0
    return results / "trial" / "latest"


@pytest.fixture(scope="module")
def ledger():
    """The ledger of a run of the tiny province whose counts straddle the smallest published one."""
    calendar = Calendar(start="2018-01-01", end="2018-12-31", reform="2018-01-01", measures="2018-01-01")
    found = run(Scenario(province=ProvinceChoice("tiny"), calendar=calendar), 1)
    found.counts[0, 2, 0, event("raised")] = MINIMUM_CELL - 1
    found.counts[0, 3, 0, event("raised")] = MINIMUM_CELL
    found.counts[0, 4, 0, event("raised")] = 0
    found.counts[0, 5, 0, event("raised")] = 1
    return found


def test_small_counts_are_suppressed_and_others_are_as_counted(ledger):
    content = ledger_bytes(ledger)
    frame = pd.read_parquet(io.BytesIO(content))
    chosen = frame[
        (frame["county"] == ledger.county_codes[0]) & (frame["kind"] == "neighbour") & (frame["event"] == "raised")
    ]
    counts = {month.month: count for month, count in zip(chosen["month"], chosen["count"], strict=True)}
    assert np.isnan([counts[3], counts[6]]).all() and counts[4] == MINIMUM_CELL and 5 not in counts
    assert len(frame) == np.count_nonzero(ledger.counts)
    assert frame["count"].isna().sum() == ((ledger.counts > 0) & (ledger.counts < MINIMUM_CELL)).sum()
    assert frame["count"].sum() == ledger.counts[ledger.counts >= MINIMUM_CELL].sum()
    about = pq.read_metadata(io.BytesIO(content)).metadata
    assert (about[b"smallest_cell"], about[b"minimum_count"]) == (b"county", b"10")
    assert about[b"count"] == b"null: a count from 1 to 9; cells without an event have no row"


@pytest.mark.long
def test_no_published_count_is_small_and_sums_elsewhere_stay_exact(exported):
    results = open_results(exported)
    files = sorted((exported / "ledger").glob("*.parquet"))
    assert [file.stem for file in files] == ["down-0", "status_quo-0"]
    seen = 0
    for file in files:
        cells = pd.read_parquet(file)
        published = cells["count"].dropna()
        assert published.min() >= MINIMUM_CELL and cells["count"].isna().any()
        seen += len(published)
        scenario, _, seed = file.stem.rpartition("-")
        is_mine = (results.monthly["scenario"] == scenario) & (results.monthly["seed"] == int(seed))
        cells = cells.assign(low=cells["count"].fillna(1), high=cells["count"].fillna(MINIMUM_CELL - 1))
        sums = cells.groupby(["month", "event"], as_index=False)[["low", "high"]].sum()
        exact = results.monthly[is_mine].melt("month", EVENTS, "event", "exact")
        joined = exact.merge(sums.astype({"month": exact["month"].dtype}), how="left").fillna(0)
        assert (joined["low"] <= joined["exact"]).all() and (joined["exact"] <= joined["high"]).all()
        assert joined["exact"].sum() > published.sum()
    assert seen > 100


def test_columns_are_those_of_counts_and_measures_alone(exported):
    results = open_results(exported)
    assert [*results.monthly] == ["scenario", "seed", "month", *EVENTS]
    runs = [name.removeprefix("before_") for name in results.runs.columns]
    assert runs[:4] == ["scenario", "scenario_id", "seed", "status"] and set(runs[4:]) == set(MEASURES)
    assert (results.runs.dtypes.iloc[4:] == np.float64).all()
    ledger = pd.read_parquet(exported / "ledger" / "down-0.parquet")
    assert [*ledger] == ["month", "county", "kind", "event", "count"]
    assert set(ledger["kind"]) <= set(DISPUTE_KINDS) and set(ledger["event"]) <= set(EVENTS)
    assert set(ledger["county"]) == {COUNTY}
    parameters = {key for row in results.parameters for key in vars(row)}
    assert parameters == {
        "scenario", "group", "name", "value", "unit", "low", "high", "choices", "tag", "source", "meaning"
    }  # fmt: skip
    manifest = set(results.manifest)
    assert manifest == {
        "layout", "kind", "study", "overrides", "name", "command", "model_version", "versions", "git", "python",
        "machine", "system", "seeds", "scenarios", "stresses", "runs", "failures", "province", "files",
    }  # fmt: skip
    names = {"name_en", "name_zh", "places_en", "places_zh"}
    assert set(results.manifest["province"]) == {"source", *names, "places", "tables", "population"}
    identifying = ["scenario", "scenario_id", "seed", "status", "month", *ledger.columns, *parameters, *manifest]
    assert [name for name in identifying if any(word in name for word in PERSONAL)] == []


def test_nothing_smaller_than_a_county_is_named_in_results_or_reports(exported):
    """Codes of townships (9 digits) and villages (12 digits) are nowhere, nor is an agent by its number."""
    province = load_province("gansu", (COUNTY,))
    small = {str(code) for table in (province.townships, province.villages) for code in table["code"]}
    assert len(small) > 20 and {len(code) for code in small} == {9, 12}
    texts = [exported / name for name in ("study.yaml", "manifest.json", "parameters.json")]
    pages, figures = (exported / "report").glob("*.html"), (exported / "report" / "figures").glob("*.svg")
    texts += [*sorted(pages), *sorted(figures)]
    assert len(texts) >= 3 + 2 + 2 * 8
    for file in texts:
        words = set(re.findall(r"\b\w+\b", file.read_text("utf-8")))
        assert words & small == set(), file
    for file in sorted(exported.glob("*.parquet")) + sorted((exported / "ledger").glob("*.parquet")):
        frame = pd.read_parquet(file)
        for column in frame.select_dtypes("number"):
            assert not {f"{value:.0f}" for value in frame[column].dropna().unique()} & small, (file, column)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_table_of_a_report_has_a_row_or_a_column_for_anybody(exported, language):
    page = (exported / "report" / f"report.{language}.html").read_text("utf-8")
    page = re.sub(r"<(svg|pre|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    heads = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<th scope=.*?</th>", page, flags=re.DOTALL)]
    assert len(heads) > 100
    numbered = r"\b(resident|claimant|person|household|dispute|case|village|mediator)\s*(no\.?|number|id|code|#)?\s*\d"
    assert [head for head in heads if re.search(numbered, head, flags=re.IGNORECASE)] == []
    assert [
        head for head in heads if re.search(r"(居民|当事人|诉求人|村|户|案件|纠纷)\s*(编号|号|代码|姓名)", head)
    ] == []
    assert (
        json.dumps(heads, ensure_ascii=False).count("(stress, scored as harm)" if language == "en" else "按损害计") > 5
    )
