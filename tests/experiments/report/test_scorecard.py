"""The last section of every report: hits, misses with what would have to change, and where nothing is known."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import pytest

from experiments.patterns.pattern import PatternOutcome
from experiments.patterns.reported import patterns_of
from experiments.patterns.scorecard import Scorecard
from experiments.report.scorecard import scorecard_section
from experiments.report.text import Words
from experiments.statistics.intervals import Estimate

FIGURES = {each.name: each for source in ("gansu", "zhejiang") for each in patterns_of(source)}


def outcome(name: str, value: float) -> PatternOutcome:
    return PatternOutcome(
        FIGURES[name], None if math.isnan(value) else Estimate(value, value - 0.01, value + 0.01, value, value, 3)
    )


VALUES = {"online_share": 0.41, "letter_share": 0.2, "february": 1.0, "long_run": math.nan}
OWN = Scorecard("gansu", "gansu", "1a2b", 3, None, tuple(outcome(*each) for each in VALUES.items()))
ELSEWHERE = Scorecard("zhejiang", "gansu", "1a2b", 3, None, (outcome("new_suits", -0.03),))


@pytest.fixture
def section(monkeypatch):
    """The section of a study of some province, run with a version of the model."""

    def made(source: str, name: str, language: str, version: str = "1a2b-77", cards=(OWN, ELSEWHERE)):
        monkeypatch.setattr("experiments.report.scorecard.scorecards", lambda: cards)
        evidence = SimpleNamespace(
            provinces=lambda words: {source: name}, province_name=lambda words: name, model_version=version
        )
        paragraphs, tables = scorecard_section(evidence, Words(language))
        return [line.replace("\xa0", " ") for line in paragraphs], tables

    return made


def test_hits_are_named_and_misses_stand_in_a_table_with_what_would_have_to_change(section):
    (intro, own, elsewhere), (table,) = section("gansu", "Gansu", "en")
    assert intro.startswith("How the model that this study rests on does where nothing was fitted")
    assert own == (
        "Figures of Gansu and of China: 2 of 3 come out as reported (means of 3 replicates, model version 1a2b). "
        "Of 1 more nothing is predicted. As reported: registered petitions made online, before (41.00 % where 40.1 % "
        "is reported); registered petitions by letter, before (20.00 % where 13 – 33 % is reported)."
    )
    assert elsewhere == (
        "Figures of Zhejiang, its policy carried to Gansu and nothing refitted: 0 of 1 come out as reported "
        "(means of 3 replicates, model version 1a2b)."
    )
    assert table.header == ["Figure", "Reported", "Simulated", "What would have to change"]
    assert [row[0] for row in table.rows] == ["petitions of February over the mean month, before", "new suits, change"]
    assert [row[3] for row in table.rows] == [FIGURES[name].remedy[0] for name in ("february", "new_suits")]
    assert [cell.replace("\xa0", " ") for cell in table.rows[1][1:3]] == ["−9.9 %", "−3.0 % [−4.0, −2.0 %]"]


def test_it_speaks_chinese(section):
    paragraphs, (table,) = section("gansu", "甘肃省", "zh")
    assert paragraphs[1].startswith("甘肃省及全国的3个公开数字中，2个与公开数字相符（3次重复的均值，模型版本1a2b）。")
    assert table.rows[0][3] == FIGURES["february"].remedy[1]


def test_another_version_of_the_model_is_told(section):
    paragraphs, _ = section("gansu", "Gansu", "en", version="9f9f-00")
    assert paragraphs[-1] == "This study ran with model version 9f9f; the score may be another one there."
    people = replace(OWN, ensemble={"name": "gansu_ensemble", "members": 2})
    paragraphs, _ = section("gansu", "Gansu", "en", cards=(people,))
    assert "(medians of 2 behaviours of gansu_ensemble, model version 1a2b)" in paragraphs[1] and len(paragraphs) == 2
    assert paragraphs[1].endswith("where it is wide, that says little.")
    assert "says little" not in " ".join(section("gansu", "Gansu", "en")[0])


@pytest.mark.parametrize(
    ("language", "name", "said"), [("en", "Mine", "Not known for Mine: "), ("zh", "我省", "我省的情况尚不清楚")]
)
def test_a_province_without_predictions_has_one_line(section, language, name, said):
    paragraphs, tables = section("/home/me/mine", name, language)
    assert len(paragraphs) == 1 and paragraphs[0].startswith(said) and tables == []
