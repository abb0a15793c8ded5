"""Place by place: positions, colours and figures of dots, what is said of chance, and the table."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from experiments.report import theme
from experiments.report.compare import page as compared
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import places
from experiments.report.compare.sections import tables_of
from experiments.report.maps.colours import ABOVE, BELOW, NEUTRAL
from experiments.report.maps.outline import Outline
from experiments.report.text import Words
from sim.errors import InputError
from tests.experiments.report.outcomes import PLACES

POLICIES = ("status_quo", "grid_first", "gansu_2019")
LARGEST_FIRST = ("Lanzhou", "Tianshui", "Linxia", "Jiuquan")
EN, ZH = Words("en"), Words("zh")


def drawn(evidence: Evidence, language: str = "en") -> Figure:
    with theme.drawing():
        return places.draw(evidence, Words(language))


def colours(axes) -> dict[str, str]:
    """The colour of every dot of a map by the place's name."""
    dots = next(each for each in axes.collections if isinstance(each, PathCollection))
    return dict(zip(LARGEST_FIRST, map(to_hex, dots.get_facecolors()), strict=True))


def notes(axes) -> dict[str, str]:
    """What stands below the names of a map, by name."""
    lines = [text.get_text().split("\n") for text in axes.texts if text.get_zorder() == 4]
    return {name: "".join(rest) for name, *rest in lines}


def with_columns(results, **columns):
    return replace(results, runs=results.runs.assign(**columns))


def moved(results, **by_code):
    """Results where grid first changes durable settlement of places from 60 % by so much in every run."""
    is_grid_first = results.runs["scenario"] == "grid_first"
    columns = {f"durable_resolution@{code[1:]}": np.where(is_grid_first, 0.6 + by, 0.6) for code, by in by_code.items()}
    return with_columns(results, **columns)


def test_dots_have_the_colour_of_their_difference_from_all_and_then_of_the_paired_change(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    figure = drawn(evidence)
    level, grid_first, whole = (colours(axes) for axes in figure.axes[:3])
    assert level["Tianshui"] == NEUTRAL  # as settled as all together
    assert level["Linxia"] == BELOW[0]  # farthest: three points below
    whole_change, grid_change = (places.place_effects(evidence, name) for name in ("gansu_2019", "grid_first"))
    assert whole["Jiuquan"] == ABOVE[1] and whole_change[6209].difference > whole_change[6201].difference
    assert grid_first["Linxia"] == NEUTRAL and grid_change[6229].low < 0.005 < grid_change[6229].high
    written = notes(figure.axes[2])
    for code, name in ((6201, "Lanzhou"), (6209, "Jiuquan")):
        settled = f"{100 * whole_change[code].difference:+.1f}"
        registered = evidence.effect("gansu_2019", f"petitions_per_1000@{code}").relative
        assert written[name] == f"{settled} | {100 * registered:+.0f}\u00a0%".replace("-", "−")
    assert notes(figure.axes[1])["Linxia"] == ""


def test_a_difference_from_all_is_paired_by_seed(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    found = places.from_whole(evidence, places.base_of(evidence, EN))[6229]
    whole = evidence.by_seed("status_quo", "durable_resolution")
    mine = evidence.by_seed("status_quo", "durable_resolution@6229")
    differences = [mine[seed] - whole[seed] for seed in whole]
    assert found.difference == pytest.approx(np.mean(differences))
    half = 2.776 * np.std(differences, ddof=1) / math.sqrt(5)
    assert (found.low, found.high) == pytest.approx((found.difference - half, found.difference + half), rel=1e-3)


def test_a_change_that_may_be_none_is_grey(results_of):
    results = results_of(POLICIES[:2], replicates=4)
    is_grid_first = results.runs["scenario"] == "grid_first"
    swing = np.where(is_grid_first, results.runs["seed"] % 2, 0.5)  # two up, two down, by half as much
    evidence = Evidence(with_columns(results, **{"durable_resolution@6205": 0.6 + 0.2 * swing}))
    found = colours(drawn(evidence).axes[1])
    assert found["Tianshui"] == NEUTRAL and NEUTRAL not in (found["Jiuquan"], found["Lanzhou"])
    assert places.counts_of(evidence, "grid_first") == (2, 0)


def test_a_change_too_small_to_matter_is_grey_however_sure(results_of):
    evidence = Evidence(moved(results_of(POLICIES[:2], replicates=4), c6229=0.004, c6201=0.006))
    found = colours(drawn(evidence).axes[1])
    assert found["Linxia"] == NEUTRAL and found["Lanzhou"] != NEUTRAL
    assert places.place_effects(evidence, "grid_first")[6229].low > 0  # no chance, and still too small


def test_losses_and_gains_have_different_colours(results_of):
    evidence = Evidence(moved(results_of(POLICIES[:2], replicates=4), c6229=-0.1, c6201=0.1))
    figure = drawn(evidence)
    found, written = colours(figure.axes[1]), notes(figure.axes[1])
    assert (found["Linxia"], found["Lanzhou"]) == (BELOW[0], ABOVE[1])
    assert (written["Linxia"][:5], written["Lanzhou"][:5]) == ("−10.0", "+10.0")


def test_one_replicate_colours_nothing(results_of):
    figure = drawn(Evidence(results_of(POLICIES, replicates=1)))
    assert all(set(colours(axes).values()) == {NEUTRAL} for axes in figure.axes[:3])
    assert "how much of it is chance, these runs do not tell" in figure.axes[3].texts[0].get_text()


def test_keys_say_how_much_of_the_spread_is_chance(results_of):
    results = results_of(POLICIES[:2], replicates=2)
    seeds, whole = results.runs["seed"], 0.6
    columns = {"durable_resolution": np.full(len(results.runs), whole)}
    for code, level in ((6201, 0.60), (6205, 0.62), (6209, 0.64), (6229, 0.66)):
        columns[f"durable_resolution@{code}"] = level + np.where(seeds == 0, 0.01, -0.01)
    evidence = Evidence(with_columns(results, **columns))
    spread = places.spread_of(evidence, places.base_of(evidence, EN))
    assert spread.observed == pytest.approx(np.std([0, 0.02, 0.04, 0.06], ddof=1))
    assert spread.chance == pytest.approx(0.01)  # √2 · 0.01 from run to run, of a mean of two
    said = drawn(evidence).axes[2].texts[0].get_text()
    assert said == "Spread between places (standard deviation): 2.58 points;\nchance alone would give 1.00"
    chinese = drawn(evidence, "zh").axes[2].texts[0].get_text()
    assert chinese == "地区间离散程度（标准差）：2.58个百分点；\n仅随机性就会带来1.00"


def test_sentences_name_places_that_are_told_apart_in_their_order_and_rank_none(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=5))
    said = places.place_sentences(evidence, EN)
    assert said.startswith(
        "Status quo, durable settlement in 4 places: clearly above all together in Lanzhou and Jiuquan; "
        "clearly below in Linxia. Spread between places (standard deviation): "
    )
    assert said.endswith("so many show a clear rise and a clear fall: Grid first 3 and 0; Gansu 2019 4 and 0.")
    assert "lowest" not in said and "highest" not in said
    captions = [compared.caption("places", evidence, Words(language)) for language in ("en", "zh")]
    assert said in captions[0] and "A dot is a city, at its seat" in captions[0]
    assert "this ranks no real place" in captions[0] and "不构成对真实地区的排名" in captions[1]
    assert "明显低于合计的有临夏回族自治州" in captions[1] and "每个圆点为一个市州" in captions[1]


def test_places_that_differ_by_chance_alone_are_not_named(results_of):
    results = results_of(POLICIES[:2], replicates=4)
    noise = np.random.default_rng(3).normal(0, 0.01, (4, len(results.runs)))
    columns = {f"durable_resolution@{each['code']}": 0.6 + row for each, row in zip(PLACES, noise, strict=True)}
    evidence = Evidence(with_columns(results, **columns, durable_resolution=0.6))
    assert "none is told apart from all together" in places.place_sentences(evidence, EN)
    assert "没有地区能与合计区分开" in places.place_sentences(evidence, ZH)


@pytest.mark.parametrize(
    ("codes", "kind"),
    [((6201, 6205), "cities"), ((110101, 110102), "counties"), ((4601, 469001), "both"), ((11, 62), "provinces")],
)
def test_what_a_dot_is_shows_in_its_code(results_of, codes, kind):
    own = [{**PLACES[0], "code": code} for code in codes]
    assert places.kind_of(Evidence(results_of(POLICIES, replicates=2, places=own))) == kind


def test_the_table_has_what_is_recorded_beside_what_is_true_and_counts(results_of):
    table = places.table(Evidence(results_of(POLICIES, replicates=5)), EN)
    assert [row[:3] for row in table.rows[:3]] == [
        ["Lanzhou", "Durable settlement per grievance", "%"],
        ["Lanzhou", "Recorded success per case closed", "%"],
        ["Lanzhou", "Petitions per 1,000 a year", "1/1000/year"],
    ]
    assert table.rows[1][-1] == "96.5 (same)"
    rows = {row[0]: row[-2:] for row in table.rows if row[0].startswith("Places with")}
    assert rows == {"Places with a clear rise": ["3", "4"], "Places with a clear fall": ["0", "0"]}


def test_lines_that_hold_no_place_are_refused(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=2))
    evidence.outline = Outline("own.geojson", "0", (np.array([[0.0, 0.0], [1.0, 1.0]]),))
    with pytest.raises(InputError, match=r"map=own\.geojson: none of the places lies in it"):
        drawn(evidence)


def test_places_without_seats_have_a_table_and_no_map(results_of):
    unseated = [{key: value for key, value in each.items() if key != "latitude"} for each in PLACES]
    evidence = Evidence(results_of(POLICIES, replicates=2, places=unseated))
    assert not places.available(evidence)
    assert [each.caption for each in tables_of("equity", evidence, EN)][1:] == ["Place by place"]
    with_map = replace(evidence.results, study={**evidence.results.study, "places": PLACES})
    assert len(tables_of("equity", Evidence(with_map), EN)) == 1


@pytest.mark.parametrize("lacking", ["places", "measures", "contrast"])
def test_there_is_a_map_only_of_what_was_measured(results_of, lacking):
    if lacking == "places":
        evidence = Evidence(results_of(POLICIES, replicates=2, places=[]))
    elif lacking == "contrast":
        results = results_of(("status_quo",), replicates=2)
        results = replace(results, runs=results.runs.drop(columns=[c for c in results.runs if c.startswith("before_")]))
        evidence = Evidence(results)
        evidence.before = None
    else:
        results = results_of(POLICIES, replicates=2)
        results = replace(
            results, runs=results.runs.drop(columns=[c for c in results.runs if "@62" in c and "01" not in c])
        )
        evidence = Evidence(results)
    assert not places.available(evidence)


def test_results_with_tiles_instead_of_seats_still_open(results_of):
    tiles = [{"code": 6201, "en": "Lanzhou", "zh": "兰州", "row": 1, "column": 2}]
    evidence = Evidence(results_of(POLICIES, replicates=2, places=[], cities=tiles))
    assert evidence.places == () and not places.available(evidence)
