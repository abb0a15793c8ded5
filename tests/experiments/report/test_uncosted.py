"""Costs that leave something out are said to, in every kind of report that has any."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.report.page_parts import parts_of
from experiments.report.text import Words
from experiments.report.uncosted import is_cost, marked, some_levers
from tests.experiments.report.made_up import MADE_UP

BOTH = [("en", "(uncosted)"), ("zh", "（未计成本）")]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("cost_total", True),
        ("cost_per_durable@pilots", True),
        ("cost_per_resident", True),
        ("effort", False),
        ("durable_resolution", False),
        ("success_gap", False),
    ],
)
def test_costs_are_measures_of_money(measure, expected):
    assert is_cost(measure) is expected


def test_the_first_levers_are_named_and_the_others_counted():
    levers = ["centre.intake", "centre.colocation", "petition.acceptance", "centre.whistle_response", "assessment.veto"]
    words = Words("en")
    assert some_levers([], words) == ""
    assert some_levers(levers[:2], words) == "intake and departments in the centre"
    assert some_levers(levers[:4], words).count(",") == 2  # four are named
    assert some_levers(levers, words) == "intake, departments in the centre, acceptance and 2 more"
    assert some_levers(levers, Words("zh")) == "受理方式、部门进驻、受理规则及另外2项"
    assert marked("One stop", words) == "One stop (uncosted)"


def test_a_search_names_the_levers_of_its_front_that_have_no_price(tmp_path):
    results = MADE_UP["optimise"](tmp_path)
    kind = parts_of(results.kind)
    evidence = kind.evidence(results)
    for language, text in (("en", "Uncosted levers: intake, "), ("zh", "未计成本的手段：受理方式、")):
        words = Words(language)
        assert text in kind.caption("frontier", evidence, words)
        assert text not in kind.caption("lever_map", evidence, words)
        table = kind.figures["frontier"].table(evidence, words)
        assert table.header[-1] == words("uncosted.levers")
        assert all(words("list.and") in row[-1] for row in table.rows[:-1]) and table.rows[-1][-1] == "–"
        said = " ".join(kind.caption(name, evidence, words) for name in kind.figures)
        assert "cheapest" not in said and "最省" not in said
    front = evidence.front.drop(columns=[name for name in evidence.front if name.startswith("uncosted.")])
    costed = kind.evidence(replace(results, tables={**results.tables, "front": front}))
    assert "Uncosted" not in kind.caption("frontier", costed, Words("en"))


@pytest.mark.parametrize(("language", "mark"), BOTH)
def test_a_robustness_study_has_no_regret_in_money_for_what_is_uncosted(tmp_path, language, mark):
    results = MADE_UP["robustness"](tmp_path)
    kind, words = parts_of(results.kind), Words(language)
    evidence = kind.evidence(results)
    assert evidence.settings.uncosted == {"gansu_2019": ["petition.acceptance"], "one_stop": ["centre.intake"]}
    paid, settled = evidence.regret("cost_per_durable"), evidence.regret("durable_resolution")
    assert all(np.isnan(paid[name]).all() == (name in evidence.settings.uncosted) for name in evidence.policies)
    assert not any(np.isnan(values).any() for values in settled.values())
    assert np.nanmin([paid[name] for name in ("status_quo", "grid_first", "rule_and_register")], axis=0).max() == 0
    rows = [row for row in kind.figures["regrets"].table(evidence, words).rows if mark in row[1]]
    assert [row[0] for row in rows] == [words.measure("cost_per_durable")] * 2
    assert all(row[2] != "–" and row[4:] == ["–"] * 4 for row in rows)
    told = words("uncosted.policies", policies=words.listed([words.quoted("gansu_2019"), words.quoted("one_stop")]))
    assert told in kind.caption("regrets", evidence, words) and told in kind.setting(evidence, words)
    assert told not in kind.caption("satisficing", evidence, words)


@pytest.mark.parametrize(("language", "mark"), BOTH)
def test_a_sweep_marks_its_costs_where_a_point_moves_a_lever_without_a_price(tmp_path, language, mark):
    results = MADE_UP["sweep"](tmp_path)
    evidence_of, words = parts_of(results.kind).evidence, Words(language)
    costed = evidence_of(results)
    points = results.tables["points"].assign(**{"uncosted.assessment.audit_rate": True})
    evidence = evidence_of(replace(results, tables={**results.tables, "points": points}))
    assert mark in evidence.title("cost_per_durable", words) and mark not in costed.title("cost_per_durable", words)
    assert mark not in evidence.title("durable_resolution", words)
