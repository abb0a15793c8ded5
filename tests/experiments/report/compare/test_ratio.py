"""Ratios as they are read: of the counts as they are, or in words why there is none."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.report.compare.bases import bases_table
from experiments.report.compare.build import build_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import FIGURES, pyramid
from experiments.report.compare.margin import margin_table
from experiments.report.compare.page import PARTS
from experiments.report.compare.phrases import ratio_text
from experiments.report.compare.sections import paragraphs_of
from experiments.report.page_parts import answer_of
from experiments.report.text import Words
from experiments.results.folder import Results
from sim.measures.composition import ilr
from tests.experiments.report.conftest import make_results

EN = Words("en")
LEVELS = ("province", "city", "county")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder: Path = tmp_path_factory.mktemp("ratio")
    return make_results(folder, ("status_quo", "gansu_2019"), replicates=2)


def with_counts(made: Results, *counts: tuple[int, int, int], **study) -> Evidence:
    """The results with other petitions at province, city and county by seed, under the status quo."""
    runs = made.runs.copy()
    for seed, each in enumerate(counts):
        row = (runs["scenario"] == "status_quo") & (runs["seed"] == seed)
        for level, count in zip(LEVELS, each, strict=True):
            runs.loc[row, f"petitions_{level}"] = count
        runs.loc[row, ["ilr_1", "ilr_2"]] = ilr(each)
        runs.loc[row, "ratio_city_to_province"] = each[1] / each[0] if each[0] else math.nan
        runs.loc[row, "ratio_county_to_province"] = each[2] / each[0] if each[0] else math.nan
    return Evidence(replace(made, runs=runs, study={**made.study, **study}))


def without_county(made: Results) -> Evidence:
    """The same where no place has a county level: no log-ratio, no ratio with it."""
    runs = made.runs.copy()
    for name in ("petitions_county", "presented_county"):
        runs[name] = runs[f"before_{name}"] = 0
    for name in ("ilr_1", "ilr_2", "ratio_county_to_province", "distance_to_target"):
        runs[name] = runs[f"before_{name}"] = math.nan
    return Evidence(replace(made, runs=runs, study={**made.study, "missing_levels": ["county"]}))


def test_where_all_levels_have_petitions_a_ratio_is_a_mean_of_logarithms(made: Results) -> None:
    evidence = with_counts(made, (10, 20, 80), (10, 80, 20))
    found = evidence.ratio("status_quo")
    assert found is not None
    assert [each.mean for each in found] == pytest.approx([4, 4])
    assert ratio_text(evidence, "status_quo", EN) == "1\xa0:\xa04.00\xa0:\xa04.00"


def test_where_a_replicate_has_none_at_a_level_a_ratio_is_of_mean_counts(made: Results) -> None:
    """Without ½: 25 + 15 at the city and 5 + 0 at the county for 6 + 4 at the province."""
    evidence = with_counts(made, (6, 25, 5), (4, 15, 0))
    found = evidence.ratio("status_quo")
    assert found is not None
    assert [each.mean for each in found] == [4.0, 0.5]
    assert all(math.isnan(each.low) for each in found)
    assert ratio_text(evidence, "status_quo", EN) == "1\xa0:\xa04.00\xa0:\xa00.50"


def test_a_ratio_to_nothing_at_the_province_is_told_in_words(made: Results) -> None:
    evidence = with_counts(made, (0, 25, 5), (0, 15, 1))
    assert evidence.ratio("status_quo") is None
    assert ratio_text(evidence, "status_quo", EN) == "none at the province"
    assert ratio_text(evidence, "status_quo", Words("zh")) == "省级没有"
    table = FIGURES["ratios"].table(evidence, EN)
    row = next(row for row in table.rows if row[0].startswith("Status quo"))
    cells = dict(zip(table.header, row, strict=True))
    assert cells["Province"] == "0" and cells["City : province"] == cells["County : province"] == "–"
    assert row[6:10] == ["–"] * 4 and table.header[6] == "City : province"


def test_results_that_do_not_say_have_every_level(made: Results) -> None:
    assert Evidence(made).missing_levels == ()
    assert all(FIGURES[name].available(Evidence(made)) for name in ("ratios", "ternary", "together", "pyramid"))


def test_without_a_level_there_is_no_ratio_anywhere(made: Results) -> None:
    evidence = without_county(made)
    sentence = "No county level: 1\xa0:\xa02\xa0:\xa03 has no meaning here."
    assert ratio_text(evidence, "gansu_2019", EN) == "no county level"
    assert [name for name in ("ratios", "ternary", "together") if FIGURES[name].available(evidence)] == []
    assert bases_table(evidence, EN) is margin_table(evidence, EN) is None
    assert sentence in paragraphs_of("levels", evidence, EN)
    answer = answer_of(PARTS, evidence, EN)
    assert answer.caveats[0] == sentence
    begins = (
        "Under “Gansu 2019” petitions registered (in batches, all channels, repeats counted) at the province change"
    )
    assert answer.text[1].startswith(begins) and "other counting bases" not in answer.text[1]
    assert answer_of(PARTS, evidence, Words("zh")).caveats[0].replace("\xa0", " ") == "不设县级，1 : 2 : 3在此无意义。"
    assert "petitions_county" not in evidence.measures
    shown = {row[2] for row in pyramid.table(evidence, EN).rows}
    assert shown == {"Province", "City"}
    assert build_table(evidence, EN) is None  # of runs of two years
