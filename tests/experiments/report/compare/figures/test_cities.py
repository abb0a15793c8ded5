"""City by city: what a tile says, when it has a colour, and the sentence below the maps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from experiments.report import theme
from experiments.report.compare import page as compared
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import cities
from experiments.report.text import Words

POLICIES = ("status_quo", "grid_first", "gansu_2019")


def drawn(evidence: Evidence, language: str = "en") -> Figure:
    with theme.drawing():
        return cities.draw(evidence, Words(language))


def tiles(axes) -> dict[str, tuple[str, str, str]]:
    """Fill and the two numbers of every tile of a map, by the city's name."""
    texts = [text.get_text() for text in axes.texts]
    fills = [to_hex(patch.get_facecolor()) for patch in axes.patches]
    return {
        name: (fill, durable, registered)
        for name, durable, registered, fill in zip(texts[::3], texts[1::3], texts[2::3], fills, strict=True)
    }


def test_a_tile_has_the_level_and_then_the_paired_changes(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    first, grid_first, whole = (tiles(axes) for axes in drawn(evidence).axes[:3])
    level = evidence.estimate("status_quo", "durable_resolution@6229").mean
    registered = evidence.estimate("status_quo", "petitions_per_1000@6229").mean
    assert first["Linxia"][1:] == (f"{100 * level:.1f}", f"{registered:.1f}")
    for found, name in ((grid_first, "grid_first"), (whole, "gansu_2019")):
        for code, city in ((6201, "Lanzhou"), (6229, "Linxia"), (6209, "Jiuquan"), (6205, "Tianshui")):
            change = 100 * evidence.effect(name, f"durable_resolution@{code}").difference
            assert found[city][1] == f"{change:+.1f}".replace("-", "−")
    assert (
        whole["Lanzhou"][2] == f"{100 * evidence.effect('gansu_2019', 'petitions_per_1000@6201').relative:+.0f}\u00a0%"
    )


def test_a_change_that_may_be_none_is_an_outline(results_of):
    results = results_of(POLICIES, replicates=4)
    is_grid_first = results.runs["scenario"] == "grid_first"
    swing = np.where(is_grid_first, results.runs["seed"] % 2, 0.5)  # two up, two down, by half as much
    evidence = Evidence(replace(results, runs=results.runs.assign(**{"durable_resolution@6205": 0.6 + 0.2 * swing})))
    _, grid_first, _ = (tiles(axes) for axes in drawn(evidence).axes[:3])
    assert grid_first["Tianshui"][:2] == ("#ffffff", "0.0")
    assert "#ffffff" not in (grid_first["Jiuquan"][0], grid_first["Lanzhou"][0])
    effects = cities.city_effects(evidence, "grid_first")
    assert effects[6209].low > 0.005 and effects[6201].low > 0.005 and effects[6229].low < 0.005 < effects[6229].high
    assert cities.counts_of(evidence, "grid_first") == (2, 0)


def test_a_change_too_small_to_matter_is_an_outline(results_of):
    results = results_of(POLICIES[:2], replicates=4)
    moved = np.where(results.runs["scenario"] == "grid_first", 0.604, 0.6)
    more = np.where(results.runs["scenario"] == "grid_first", 0.606, 0.6)
    columns = {"durable_resolution@6229": moved, "durable_resolution@6201": more}
    evidence = Evidence(replace(results, runs=results.runs.assign(**columns)))
    _, grid_first = (tiles(axes) for axes in drawn(evidence).axes[:2])
    assert grid_first["Linxia"][:2] == ("#ffffff", "+0.4") and grid_first["Lanzhou"][0] != "#ffffff"
    assert cities.city_effects(evidence, "grid_first")[6229].low > 0  # no chance, and still too small


def test_losses_and_gains_have_different_colours(results_of):
    results = results_of(POLICIES[:2], replicates=4)
    moved = np.where(results.runs["scenario"] == "grid_first", 0.5, 0.6)
    columns = {"durable_resolution@6229": moved, "durable_resolution@6201": 1 - moved}
    evidence = Evidence(replace(results, runs=results.runs.assign(**columns)))
    _, grid_first = (tiles(axes) for axes in drawn(evidence).axes[:2])
    assert (grid_first["Linxia"][:2], grid_first["Lanzhou"][:2]) == (("#a0447b", "−10.0"), ("#0072b2", "+10.0"))


def test_the_sentence_names_the_ends_and_counts_clear_changes(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    said = cities.city_spread(evidence, Words("en"))
    assert said.startswith("Status quo: durable settlement is lowest in Linxia (") and "highest in Jiuquan (" in said
    assert all(f"{name} {rises} and {falls}" in said for name, (rises, falls) in {
        "Grid first": cities.counts_of(evidence, "grid_first"),
        "Gansu 2019": cities.counts_of(evidence, "gansu_2019"),
    }.items())  # fmt: skip
    assert cities.counts_of(evidence, "gansu_2019") == (4, 0)
    captions = [compared.caption("cities", evidence, Words(language)) for language in ("en", "zh")]
    assert said in captions[0] and "this ranks no real city" in captions[0] and "不构成对真实地区的排名" in captions[1]
    assert "最低的是临夏州" in cities.city_spread(evidence, Words("zh"))
    rows = {row[0]: row[-2:] for row in cities.table(evidence, Words("en")).rows if row[0].startswith("Cities with")}
    assert rows["Cities with a clear rise"][-1] == "4" and rows["Cities with a clear fall"][-1] == "0"


def test_the_table_has_what_is_recorded_beside_what_is_true(results_of):
    table = cities.table(Evidence(results_of(POLICIES, replicates=5)), Words("en"))
    assert [row[:3] for row in table.rows[:3]] == [
        ["Jiuquan", "Durable settlement per grievance", "%"],
        ["Jiuquan", "Recorded success per case closed", "%"],
        ["Jiuquan", "Petitions per 1,000 a year", "1/1000/year"],
    ]
    assert table.rows[1][-1] == "96.5 (same)"


@pytest.mark.parametrize("lacking", ["cities", "measures", "contrast"])
def test_there_is_a_map_only_of_what_was_measured(results_of, lacking):
    if lacking == "cities":
        results = results_of(POLICIES, replicates=2, cities=[])
    elif lacking == "contrast":
        results = results_of(("status_quo",), replicates=2)
        results = replace(results, runs=results.runs.drop(columns=[c for c in results.runs if c.startswith("before_")]))
        evidence = Evidence(results)
        evidence.before = None
        assert not cities.available(evidence)
        return
    else:
        results = results_of(POLICIES, replicates=2)
        results = replace(
            results, runs=results.runs.drop(columns=[c for c in results.runs if "@62" in c and "01" not in c])
        )
    assert not cities.available(Evidence(results))
