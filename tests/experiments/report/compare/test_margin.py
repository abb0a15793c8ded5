"""A stress is called one wherever it appears, and the ratio's verdict stands beside what became of people."""

from __future__ import annotations

import re
from html import unescape

import pytest
from matplotlib.text import Text

from experiments.report import theme
from experiments.report.compare.answer import answer
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import FIGURES
from experiments.report.compare.margin import margin_table
from experiments.report.text import Words
from experiments.report.write import write_report

NAMES = {"en": ("Pushed down", "(stress, scored as harm)"), "zh": ("向下压件", "（压力情景，按损害计）")}


def words_of(evidence: Evidence, language: str) -> Words:
    return Words(language, frozenset(evidence.stresses))


def unlabelled(text: str, language: str) -> list[str]:
    """Where the name of the stress stands without its label."""
    name, label = NAMES[language]
    places = [found.end() for found in re.finditer(name, text)]
    assert len(places) > 0
    return [text[at - 20 : at + 30] for at in places if not text[at:].lstrip(" \n").startswith(label)]


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_labels_the_stress_in_every_sentence_table_and_description(drawn, language):
    page = re.sub(r"<!--.*?-->", "", unescape(drawn("stress").page(language)))  # the lines of a figure's texts
    assert unlabelled(page, language) == []
    assert page.count(NAMES[language][0]) > 20
    assert NAMES[language][1] not in unescape(drawn("compare").page(language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_figures_label_the_stress(drawn, language):
    evidence = Evidence(drawn("stress").results)
    for name, figure in FIGURES.items():
        if name == "parts":  # of no stress
            continue
        with theme.drawing():
            texts = [text.get_text() for text in figure.draw(evidence, words_of(evidence, language)).findobj(Text)]
        named = [text for text in texts if NAMES[language][0] in text]
        assert named and [text for text in named if unlabelled(text, language)] == [], name


def test_the_setting_counts_stresses_apart_and_the_answer_names_one_only_as_what_a_ratio_can_hide(drawn):
    page = unescape(drawn("stress").page("en"))
    assert "2 policies and one stress, scored as harm, 4 replicates each" in page
    assert "“Gansu 2019” settles more: durable settlement per grievance" in page
    assert "What the ratio can hide: “Pushed down (stress, scored as harm)” brings it to 1\u00a0:\u00a0" in page
    answered = answer(Evidence(drawn("stress").results), Words("en"))
    assert (answered.policy, answered.n_of, answered.of) == ("gansu_2019", 4, 4)
    assert "What the ratio can hide" not in unescape(drawn("compare").page("en"))


def test_verdict_and_welfare_stand_side_by_side(drawn):
    evidence = Evidence(drawn("stress").results)
    table = margin_table(evidence, words_of(evidence, "en"))
    assert table is not None
    assert table.header == ["Measure", "Status quo", "Gansu 2019", "Pushed down (stress, scored as harm)"]
    rows = {row[0]: row[1:] for row in table.rows}
    assert list(rows) == [
        "Petitions registered, all levels",
        "Province : city : county",
        "Distance to 1\u00a0:\u00a02\u00a0:\u00a03 [95 % upper bound]",
        "Within the margin of 0.2",
        "Durable settlement per grievance (more is better)",
    ]
    # 16600 : 16200 : 14000, 10640 : 21800 : 31500 and 8300 : 16200 : 22300 with noise of two per cent
    assert [verdict.split()[0] for verdict in rows["Within the margin of 0.2"]] == ["no", "yes", "yes"]
    kept, reform, harm = rows["Durable settlement per grievance (more is better)"]
    assert float(kept[:4]) == pytest.approx(52.5, abs=1.5)
    assert re.fullmatch(r"6\d\.\d\u00a0%; \+8\.\d\d \[.*\]\u00a0points", reform)
    assert "; −0." in harm
    assert (
        "One level alone, the other two being right, reaches that distance when it stands 28\u00a0% above or 22\u00a0%"
        in (unescape(drawn("stress").page("en")))
    )


def test_the_margin_is_the_studys_own(results_of):
    """3 % of one part more than the target is within 0.1, and not within 0.01."""
    for margin, verdict in ((0.1, "yes"), (0.01, "no")):
        evidence = Evidence(results_of(("status_quo", "gansu_2019"), replicates=8, margin=margin))
        table = margin_table(evidence, words_of(evidence, "en"))
        assert table is not None
        assert table.rows[3][0] == f"Within the margin of {margin}" and table.rows[3][2].startswith(verdict)


def test_too_few_replicates_have_no_verdict(results_of):
    evidence = Evidence(results_of(("status_quo", "push_down"), replicates=2))
    table = margin_table(evidence, words_of(evidence, "zh"))
    assert table is not None and table.rows[3][1:] == ["–", "–"]


def test_provenance_lists_each_stress_that_acts(drawn):
    page = drawn("stress").page("zh")
    section = page[page.index("<h3>压力情景，按损害计</h3>") :]
    section = section[: section.index("<h3>参数</h3>")]
    assert re.findall(r"<summary>(.*?)</summary>", section) == ["向下压件（压力情景，按损害计） (1)"]
    assert "<code>push_down</code></th><td>0.5</td>" in section


@pytest.mark.long
def test_a_stress_that_all_share_labels_all(results_of):
    stress = {"staff_lost": 0.5}
    results = results_of(("status_quo", "grid_first"), replicates=2, worlds=None, stress=stress)
    assert Evidence(results).stresses == {"status_quo": stress, "grid_first": stress}
    page = write_report(results, "en", formats=())[0].read_text("utf-8")
    assert "2 stresses, scored as harm, 2 replicates each" in page and "“Grid first (stress, scored as harm)”" in page
