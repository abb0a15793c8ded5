"""The record beside the truth."""

from __future__ import annotations

import pytest

from experiments.report.record import BESIDE, looks, record_text, verdict
from experiments.report.text import Words
from experiments.statistics.paired import paired_difference


def effects(recorded=0.0, petitions=0.0, durable=0.0):
    """Changes of the record and the truth, alike in two replicates."""
    levels = dict(zip(BESIDE, (0.9, 1000.0, 300.0, 0.7, 0.6), strict=True))
    more = dict(zip(BESIDE, (recorded, petitions, 0.0, 0.0, durable), strict=True))
    return {name: paired_difference([level] * 2, [level + more[name]] * 2) for name, level in levels.items()}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"recorded": 0.02, "durable": 0.02}, "both"),
        ({"petitions": -100.0}, "record_only"),
        ({"petitions": -10.0}, "neither"),  # a hundredth is less than matters
        ({"recorded": 0.004}, "neither"),
        ({"durable": 0.02}, "truth_only"),
        ({"recorded": 0.02, "durable": -0.02}, "worse"),
    ],
)
def test_whether_figures_changed_because_matters_were_settled(changes, said):
    assert verdict(effects(**changes)) == said


def test_what_chance_hides_is_left_open():
    found = effects(recorded=0.02) | {"durable_resolution": paired_difference([0.6, 0.6], [0.6, 0.7])}
    assert verdict(found) == "unclear"


def test_a_record_looks_better_or_worse_where_its_figures_agree():
    assert looks({"recorded_success": 1, "petitions_total": -1}) == 1
    assert looks({"recorded_success": -1, "petitions_province": 1}) == -1
    assert looks({"recorded_success": 1, "petitions_total": 1}) == 0
    assert looks({"recorded_success": 0, "petitions_total": None}) == 0


def test_the_sentence_has_every_change():
    text = record_text("吹哨", "维持现状", effects(recorded=0.02, petitions=-100.0, durable=0.02), Words("zh"))
    assert text == (
        "台账与实际对照：与“维持现状”相比，吹哨使台账成功率变化+2.00个百分点，稳定化解率变化0.00个百分点，"
        "登记信访总量（按件次计，全部渠道、含重复）变化−10.0\xa0%，省级登记变化0.0\xa0%；真正化解的也更多（每件诉求+2.00个百分点）。"
    )
