"""The margin: what it means, the verdict, and the table of worlds side by side."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from experiments.configuration.schema import MARGIN
from experiments.report import numbers
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.margin import margin_note
from experiments.report.text import Words
from experiments.results.folder import Results, RunRow, monthly_frame, runs_frame
from experiments.runs.record import RunRecord
from experiments.statistics.equivalence import equivalence, one_level_off
from experiments.statistics.headline import welfare
from experiments.studies.compare.ratio_table import side_by_side, verdicts_document
from sim.ledger import EVENTS
from sim.measures.composition import TARGET, aitchison_distance, ilr

CALENDAR = {"start": "2018-01-01", "reform": "2019-01-01", "end": "2019-12-31"}
MONTHS = np.array(["2019-01"], dtype="datetime64[M]")


def row(world: str, seed: int, parts: tuple[float, float, float] | None, **measures: float) -> RunRow:
    """A run that registered some petitions at province, city and county."""
    if parts is None:
        return RunRow(world, world, seed, None, "broke")
    first, second = ilr(parts)
    after = {"ilr_1": float(first), "ilr_2": float(second), "petitions_total": float(sum(parts)), **measures}
    return RunRow(world, world, seed, RunRecord(after, {}, MONTHS, np.zeros((1, len(EVENTS)), np.int64)))


def three(world: str, ratio: tuple[float, float, float], spread: float, **measures: float) -> list[RunRow]:
    """Three replicates whose county count varies by a factor around the ratio."""
    factors = (1 / (1 + spread), 1.0, 1 + spread)
    return [row(world, seed, (*ratio[:2], ratio[2] * factor), **measures) for seed, factor in enumerate(factors)]


def evidence_of(rows: list[RunRow], target=TARGET) -> Evidence:
    """The evidence of a study with these runs."""
    study = {"name": "trial", "calendar": CALENDAR, "target": list(target), "margin": MARGIN}
    return Evidence(Results(Path("somewhere"), study, {}, runs_frame(rows), monthly_frame(rows), []))


def test_the_margin_in_words_is_that_of_one_level_alone():
    below, above = one_level_off(MARGIN)
    assert (round(below, 2), round(above, 2)) == (0.22, 0.28)
    for level in range(3):
        for factor in (1 + above, 1 - below):
            off = np.array(TARGET) * np.where(np.arange(3) == level, factor, 1.0)
            assert aitchison_distance(off) == pytest.approx(MARGIN)
    note = margin_note(evidence_of(three("near", (100, 200, 300), 0.02)), Words("en")).replace(numbers.NBSP, " ")
    assert "28 % above or 22 % below" in note


def test_within_is_what_three_replicates_show_and_not_what_their_mean_suggests():
    near = three("near", (100, 200, 300), 0.02)
    wide = three("wide", (100, 200, 300), 0.9)
    far = three("far", (300, 200, 100), 0.02)
    evidence = evidence_of([*near, *wide, *far])
    found = {name: evidence.equivalence(name) for name in ("near", "wide", "far")}
    assert [each.is_equivalent for each in found.values()] == [True, False, False]
    assert found["wide"].distance < 1e-9 and found["near"].distance < 1e-9  # both means meet the target
    assert found["far"].distance == pytest.approx(1.554, abs=0.001)  # 3 : 2 : 1 lies there from 1 : 2 : 3
    # two replicates, or one that failed, or one without a ratio, have no verdict
    assert evidence_of([*near[:2], row("near", 2, None)]).equivalence("near") is None
    assert equivalence([[0.1, math.nan]] * 3, TARGET, MARGIN) is None
    assert evidence_of(near, (3, 2, 1)).equivalence("near").is_equivalent is False


def test_the_verdict_is_a_test_at_five_per_cent():
    """One coordinate varies, the target lies in its direction: the bound is mean + t · s / √n of a one-sided t test."""
    points = np.array([[0.05, 0.0], [0.10, 0.0], [0.15, 0.0]]) + ilr(TARGET)
    found = equivalence(points, TARGET, MARGIN)
    bound = 0.10 + 2.919986 * 0.05 / math.sqrt(3)  # t(0.95, 2 degrees of freedom)
    assert found.upper == pytest.approx(bound, abs=1e-4) and bound < MARGIN
    assert found.is_equivalent is True
    assert equivalence(points, TARGET, 0.18).is_equivalent is False


def test_side_by_side_shows_verdict_total_and_how_people_fare():
    rows = [
        *three("kept", (300, 200, 100), 0.02, durable_resolution=0.5, unresolved_stock=100.0),
        *three("down", (100, 200, 300), 0.02, durable_resolution=0.25, unresolved_stock=200.0),
    ]
    measures = ["durable_resolution", "petitions_province", "distance_to_target", "unresolved_stock"]
    evidence = evidence_of(rows)
    lines = side_by_side(evidence, measures, Words("en", frozenset({"down"}))).splitlines()
    table = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]
    assert table[0] == [
        "policy", "Petitions registered, all levels", "Province : city : county", "distance to 1 : 2 : 3",
        "Within the margin of 0.2", "Durable settlement per grievance", "Unresolved grievances (stock)",
    ]  # fmt: skip
    assert table[2][0] == "kept" and table[2][2:] == ["1 : 0.67 : 0.33", "1.554", "no", "50.0 %", "100"]
    assert table[3][::2][:2] == ["down (stress, scored as harm)", "1 : 2.00 : 3.00"] and table[3][4] == "yes"
    assert table[3][5:] == ["25.0 %", "200"]
    document = verdicts_document(evidence, ["kept", "down"])
    assert {name: each["within"] for name, each in document["worlds"].items()} == {"kept": False, "down": True}
    assert document["margin"] == 0.2 and document["worlds"]["down"]["replicates"] == 3


def test_a_ratio_and_a_count_of_petitions_are_no_welfare():
    neither = ["petitions_total", "distance_to_target", "ratio_city_to_province", "recorded_success"]
    people = ["durable_success", "open_cases", "trust_local", "worst_group_resolution", "equity_gap_agency"]
    assert welfare([*neither, *people]) == people
