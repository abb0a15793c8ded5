"""What a search answers: what its front offers at which priced cost, what holds, and the levers agreed on."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from experiments.report.optimise.answer import answer, tables
from experiments.report.optimise.evidence import OptimisationEvidence
from experiments.report.text import Words
from experiments.results.folder import Results

EN, ZH = Words("en"), Words("zh")
STAFF, INTAKE = "after.staff.mediators_township", "after.centre.intake"

REFERENCE = {
    "cost_per_resident": 40.0, "durable_resolution": 0.60, "durable_per_10000": 300.0, "recorded_success": 0.95,
    "durable_success": 0.70, "petitions_total": 1000.0, "petitions_province": 200.0,
}  # fmt: skip


@pytest.fixture
def made(tmp_path):
    """Evidence of a front: each point has a state, its levers, and how much its measures differ from the reference."""

    def evidence(*points, **settings) -> OptimisationEvidence:
        names = [f"front_{number:02}" for number in range(1, len(points) + 1)]
        front = pd.DataFrame(
            {
                "point": names,
                "feasible": [state != "misses" for state, *_ in points],
                "non_dominated": [state == "holds" for state, *_ in points],
                STAFF: [float(levers[0]) for _, levers, _ in points],
                INTAKE: [levers[1] for _, levers, _ in points],
                "uncosted.centre.intake": [levers[1] == "unified" for _, levers, _ in points],
            }
        )
        measured = [
            {
                "point": name, "measure": measure, "mean": level + more.get(measure, 0.0),
                "low": level + more.get(measure, 0.0), "high": level + more.get(measure, 0.0),
                "difference": more.get(measure, 0.0), "difference_low": more.get(measure, 0.0),
                "difference_high": more.get(measure, 0.0), "searched": None,
            }
            for name, more in [*zip(names, (more for *_, more in points), strict=True), ("reference", {})]
            for measure, level in REFERENCE.items()
        ]  # fmt: skip
        study = {
            "name": "trial",
            "reference": "status_quo",
            "levers": {STAFF: {"low": 1, "high": 11}, INTAKE: {"values": ["windows", "unified"]}},
            "objectives": {"cost_per_resident": "low", "durable_resolution": "high"},
            "generations": 2,
            "fresh_replicates": 4,
            "replicates": 2,
            "calendar": {"start": "2015-01-01", "end": "2019-12-31", "reform": "2019-01-01", "measures": "2018-01-01"},
            **settings,
        }
        stored = {"front": front, "measured": pd.DataFrame(measured), "archive": pd.DataFrame()}
        manifest = {"province": {"population": 1000}}
        return OptimisationEvidence(
            Results(tmp_path, study, manifest, *[pd.DataFrame()] * 2, [], kind="optimise", tables=stored)
        )

    return evidence


DEAR = ("holds", (8, "unified"), {"cost_per_resident": 20.0, "durable_resolution": 0.08, "durable_per_10000": 40.0})
CHEAP = ("holds", (4, "unified"), {"cost_per_resident": 5.0, "durable_resolution": 0.03, "durable_per_10000": 10.0,
                                   "petitions_total": -100.0, "petitions_province": -50.0})  # fmt: skip
MISSES = ("misses", (1, "windows"), {"cost_per_resident": -10.0, "durable_resolution": -0.05})


def test_the_front_is_told_from_its_lowest_priced_cost_to_its_highest(made):
    found = answer(made(MISSES, DEAR, CHEAP), EN)
    assert found.policy == "front_03" and (found.n_of, found.of) == (2, 3)
    assert found.effect and (found.effect.measure, found.effect.value) == ("cost_per_resident", 5.0)
    assert found.range == (5.0, 5.0) and found.bases == {"range": "chance"}
    assert found.text[0] == (
        "2 of 3 points hold on fresh seeds: from “Cost per resident a year” 45.0, “Durable settlement per grievance” "
        "63.0 % (front_03) to “Cost per resident a year” 60.0, “Durable settlement per grievance” 68.0 % (front_02)."
    )
    assert found.text[1] == (
        "The lowest priced cost is that of front_03, 45.0 yuan per resident a year; against “Status quo” it changes "
        "“Cost per resident a year” by +5.00 [+5.00\xa0to\xa0+5.00] and “Durable settlement per grievance” by "
        "+3.00 [+3.00\xa0to\xa0+3.00] points."
    )
    assert "registered petitions (in batches, all channels, repeats counted) by −10.0\xa0%" in found.text[3]
    assert "more is settled for good as well (+3.00 points per grievance)" in found.text[3]
    assert found.text[4] == "All points that hold agree on: intake one register."
    assert not any("cheapest" in line for line in found.text)


def test_what_has_no_price_is_named_beside_the_cost(made):
    found = answer(made(CHEAP), EN)
    assert found.cost and found.cost.uncosted == ("centre.intake",)
    assert found.cost.per_settlement == pytest.approx(5000) and found.cost.yearly == pytest.approx(5000)
    assert found.text[2] == (
        "Durable settlements per 10,000 residents a year change by +10.0 [+10.0\xa0to\xa0+10.0]; 5,000 yuan for each "
        "additional one. Uncosted, so not in it: intake."
    )
    assert found.text[0] == (
        "1 of 1 points holds on fresh seeds: “Cost per resident a year” 45.0, “Durable settlement per grievance” "
        "63.0 % (front_01)."
    )
    assert found.text[4] == "Its levers: township mediators 4, intake one register."
    assert answer(made(CHEAP), ZH).text[1].startswith("已定价成本最低的是front_01，每人每年45.0元；")


def test_less_cost_has_no_price_for_a_settlement(made):
    cheaper = (
        "holds",
        (4, "windows"),
        {"cost_per_resident": -5.0, "durable_resolution": 0.03, "durable_per_10000": 9.0},
    )
    found = answer(made(cheaper), EN)
    assert found.cost and math.isnan(found.cost.per_settlement) and found.cost.uncosted == ()
    assert "for each additional" not in " ".join(found.text)


def test_where_no_point_holds_none_is_named(made):
    found = answer(made(MISSES), EN)
    assert found.policy is None and found.cost is None and found.effect is None and (found.n_of, found.of) == (0, 1)
    assert len(found.text) == 1 and found.text[0].startswith("None of the 1 points")
    assert tables("answer", made(MISSES), EN) == []


def test_levers_that_points_disagree_on_are_not_called_agreed(made):
    other = ("holds", (8, "windows"), DEAR[2])
    assert answer(made(CHEAP, other), EN).text[4].startswith("There is no lever on which all points that hold agree")


def test_the_first_objective_need_not_be_cost(made):
    objectives = {"durable_resolution": "high", "cost_per_resident": "low"}
    found = answer(made(CHEAP, DEAR, objectives=objectives), EN)
    assert found.policy == "front_02"
    assert found.text[1].startswith("front_02 comes first in “Durable settlement per grievance”, 68.0 %")
    assert found.text[2].startswith("front_02 changes yearly cost per resident by +20.0")


def test_the_closing_table_has_what_is_told(made):
    (table,) = tables("answer", made(CHEAP), EN)
    assert table.rows[0][0] == "front_01" and table.rows[0][-1] == "5,000"
    assert "−10.0\xa0%" in table.rows[0]
