"""Flags: judged replicate by replicate, raised only where chance would hardly raise them so often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report.compare.evidence import Evidence
from experiments.report.compare.flags import READ, flags_of, flags_table, needed, paragraphs
from experiments.report.text import Words

POLICIES = ("status_quo", "grid_first")
SAME = {
    "petitions_total": 100.0,
    "petitions_province": 40.0,
    "recorded_success": 0.9,
    "durable_resolution": 0.5,
    "unresolved_stock": 50.0,
    "open_cases": 20.0,
    "trust_middle": -0.1,
    "ilr_1": 0.0,
    "ilr_2": 0.0,
}


def with_values(results, changed: dict[str, list[float]]):
    """Results in which both policies have the values of ``SAME``, but for those of ``grid_first`` by seed."""
    rows = list(zip(results.runs["scenario"], results.runs["seed"], strict=True))
    columns = {
        name: [
            changed[name][seed] if scenario == "grid_first" and name in changed else value for scenario, seed in rows
        ]
        for name, value in SAME.items()
    }
    return replace(results, runs=results.runs.assign(**columns))


@pytest.mark.parametrize(("n", "least"), [(0, None), (1, None), (4, None), (5, 5), (6, 6), (7, 7), (8, 7), (10, 9)])
def test_a_flag_counts_where_a_coin_would_fall_so_in_less_than_one_of_twenty_times(n, least):
    # of 8 tosses 7 or more: (8 + 1) / 256 = 0.035; of 10, 8 or more: 56 / 1024 = 0.055, 9 or more: 0.011
    assert needed(n) == least


def test_each_flag_is_counted_over_replicates(results_of):
    results = results_of(POLICIES, replicates=6)
    fewer, more = [90.0] * 6, [51.1] * 5 + [50.0]
    found = flags_of(Evidence(with_values(results, {"petitions_total": fewer, "unresolved_stock": more})))
    # the record is better in all with durable resolution as it was: for show, no harm; more is left in five
    assert [(each.scenario, each.raised, each.n) for each in found] == [
        ("grid_first", {"suppression": 5, "cosmetic": 6, "harm": 0}, 6)
    ]
    assert [found[0].verdict(flag) for flag in found[0].raised] == [False, True, False]
    less = [0.49] * 6
    found = flags_of(Evidence(with_values(results, {"durable_resolution": less, "open_cases": [20.5] * 6})))
    assert found[0].raised == {"suppression": 0, "cosmetic": 0, "harm": 6}
    assert [found[0].verdict(flag) for flag in found[0].raised] == [False, False, True]


def test_changes_too_small_to_matter_raise_nothing(results_of):
    """Every seed alike, so that chance is out of the question: 2 % of a count, half a point of a share."""
    results = results_of(POLICIES, replicates=6)
    slight = {"petitions_total": [98.1] * 6, "petitions_province": [39.3] * 6, "recorded_success": [0.904] * 6}
    worse = {"durable_resolution": [0.496] * 6, "unresolved_stock": [50.9] * 6, "open_cases": [20.3] * 6}
    assert set(flags_of(Evidence(with_values(results, slight | worse)))[0].raised.values()) == {0}


def test_a_record_for_show_is_counted_by_one_and_the_same_figure(results_of):
    """Each of three figures improves in two of six: some record is better in all six, by chance perhaps."""
    results = results_of(POLICIES, replicates=6)
    in_turn = {
        "petitions_total": [90.0, 90.0, 110.0, 110.0, 110.0, 110.0],
        "petitions_province": [44.0, 44.0, 36.0, 36.0, 44.0, 44.0],
        "recorded_success": [0.8, 0.8, 0.8, 0.8, 0.95, 0.95],
    }
    (found,) = flags_of(Evidence(with_values(results, in_turn)))
    assert found.raised["cosmetic"] == 2 and found.verdict("cosmetic") is False


def test_the_distance_is_to_the_target_of_the_study(results_of):
    # equal shares are the target here: a ratio of 1 : 2 : 3 is no better record, whatever the usual target says
    nearer = {"ilr_1": [-0.7315] * 5, "ilr_2": [-0.2867] * 5, "trust_middle": [-0.2] * 5}
    for target, raised in (([1.0, 1.0, 1.0], 0), ([1.0, 2.0, 3.0], 5)):
        results = results_of(POLICIES, replicates=5, target=target)
        assert flags_of(Evidence(with_values(results, nearer)))[0].raised["cosmetic"] == raised


def test_table_gives_counts_and_sizes_in_both_languages(results_of):
    results = results_of(POLICIES, replicates=5)
    changed = with_values(results, {"petitions_total": [90.0] * 5, "unresolved_stock": [51.1] * 4 + [50.0]})
    rows = {language: flags_table(Evidence(changed), Words(language)).rows for language in ("en", "zh")}
    assert rows["en"][0][:4] == [
        "Grid first",
        "no (4\u00a0of\u00a05)",
        "raised (5\u00a0of\u00a05)",
        "no (0\u00a0of\u00a05)",
    ]
    assert rows["zh"][0][:4] == ["网格先行", "否（4/5）", "触发（5/5）", "否（0/5）"]
    assert rows["en"][0][4].startswith("−10.0\u00a0% [") and rows["en"][0][5].startswith("+1.8\u00a0% [")
    assert rows["en"][0][7] == "0.00 [0.00\u00a0to\u00a00.00]"


def test_text_names_the_policies_under_which_a_flag_is_raised(results_of):
    results = results_of(POLICIES, replicates=5)
    changed = Evidence(with_values(results, {"petitions_total": [90.0] * 5, "unresolved_stock": [51.1] * 5}))
    meaning, verdict = paragraphs(changed, Words("en"))
    assert "up in at least 5 of 5" in meaning
    assert verdict == "Flags raised: Suppression under “Grid first”; Cosmetic under “Grid first”."
    assert paragraphs(changed, Words("zh"))[1] == "警示：“网格先行”触发压制；“网格先行”触发粉饰。"
    assert flags_table(changed, Words("en")).rows[0][1] == "raised (5\u00a0of\u00a05)"
    clear = Evidence(with_values(results, {}))
    assert paragraphs(clear, Words("en"))[1] == "No flag is raised under any policy."


@pytest.mark.long
def test_page_has_what_the_flags_say(drawn):
    for language, heading in (("en", "Flags: reasons to distrust"), ("zh", "警示：应当怀疑")):
        report = drawn("compare")
        page, evidence, words = report.page(language), Evidence(report.results), Words(language)
        assert page.index('id="why"') < page.index(heading) < page.index('id="settled"')
        assert all(text in page for text in paragraphs(evidence, words))


def test_few_replicates_give_counts_without_a_verdict(results_of):
    results = results_of(POLICIES, replicates=4)
    changed = Evidence(with_values(results, {"petitions_total": [90.0] * 4, "unresolved_stock": [51.1] * 4}))
    assert flags_table(changed, Words("en")).rows[0][1] == "4\u00a0of\u00a04"
    (meaning,) = paragraphs(changed, Words("en"))
    assert "With 4 replicates chance cannot be told from effect" in meaning


@pytest.mark.long
def test_a_placebo_raises_nothing(drawn):
    found = flags_of(Evidence(drawn("placebo").results))
    assert [each.raised for each in found] == [{"suppression": 0, "cosmetic": 0, "harm": 0}]


def test_without_a_reference_or_a_measure_there_are_no_flags(results_of):
    alone = Evidence(results_of(("gansu_2019",), replicates=5))
    assert flags_of(alone) == [] and flags_table(alone, Words("en")) is None
    assert "hold no reference policy" in paragraphs(alone, Words("en"))[0]
    results = results_of(POLICIES, replicates=5)
    for name in READ:
        kept = flags_of(Evidence(replace(results, runs=results.runs.drop(columns=name, errors="ignore"))))
        assert bool(kept) == (name in ("distance_to_target", "trust_middle")), name
