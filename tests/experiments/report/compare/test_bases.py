"""The pyramid under every counting basis: numbers before ratios, recorded beside true, and on which bases it moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report import numbers
from experiments.report.compare.bases import bases_of, bases_sentence, bases_table
from experiments.report.compare.evidence import LEVELS, Evidence
from experiments.report.text import Words
from sim.measures.petitions import BASES, counts_on

EN, ZH = Words("en"), Words("zh")

TARGET, TOP = (100, 200, 300), (300, 200, 100)


def counted(results, where: dict[str, dict[str, tuple[int, int, int]]], window: str = ""):
    """Results in which worlds have given petitions on given bases, ten less being registered than are presented."""
    runs = results.runs
    for prefix in {prefix for worlds in where.values() for prefix in worlds}:
        for place, level in enumerate(LEVELS):
            found = {world: bases[prefix][place] for world, bases in where.items()}
            registered, presented = (f"{window}{name}" for name in counts_on(prefix, level))
            column = [float(found[world]) for world in runs["scenario"]]
            runs = runs.assign(**{registered: column, presented: [count + 10 for count in column]})
        totals = {
            f"{window}{name}": [1000.0 + 11 * which] * len(runs)
            for which, name in enumerate(counts_on(prefix, "total"))
        }
        runs = runs.assign(**totals)
    return replace(results, runs=runs)


def test_results_have_the_bases_that_all_figures_are_known_of(results_of) -> None:
    evidence = Evidence(results_of(("status_quo", "gansu_2019"), replicates=2))
    assert bases_of(evidence) == ["petitions", "visits", "persons", "with_receptions"]


@pytest.mark.parametrize("words", [EN, ZH])
def test_numbers_stand_before_ratios_and_what_is_recorded_beside_what_is_true(results_of, words: Words) -> None:
    results = results_of(("status_quo", "gansu_2019"), replicates=2)
    places = {"status_quo": {"persons": (300, 200, 1100)}, "gansu_2019": {"persons": (100, 200, 300)}}
    before = {world: {"persons": (4, 4, 0)} for world in places}
    evidence = Evidence(counted(counted(results, places), before, "before_"))
    table = bases_table(evidence, words)
    assert table is not None and len(table.rows) == 4 * 3
    rows = [[cell.replace(numbers.NBSP, " ") for cell in row] for row in table.rows if row[0] == words("basis.persons")]
    assert [row[1] for row in rows] == [
        words("figure.before", span=words.span(evidence.before)),
        *map(words.scenario, places),
    ]
    assert [row[2:] for row in rows] == [
        ["4 : 4 : 0", "1 : 1.00 : 0.00", "1,000", "14 : 14 : 10", "1 : 1.00 : 0.71", "1,011"],
        ["300 : 200 : 1,100", "1 : 0.67 : 3.67", "1,000", "310 : 210 : 1,110", "1 : 0.68 : 3.58", "1,011"],
        ["100 : 200 : 300", "1 : 2.00 : 3.00", "1,000", "110 : 210 : 310", "1 : 1.91 : 2.82", "1,011"],
    ]
    heads = {
        "en": ("Registered: province : city : county", "Presented: ratio"),
        "zh": ("登记：省∶市∶县（件次或人次）", "提出：比例"),
    }
    assert (table.header[2], table.header[6]) == heads[words.language]


def test_a_ratio_of_replicates_is_that_of_mean_logarithms(results_of) -> None:
    results = results_of(("status_quo", "gansu_2019"), replicates=2)
    runs = counted(results, {world: {"visits": (100, 200, 300)} for world in ("status_quo", "gansu_2019")}).runs
    runs.loc[runs["seed"] == 1, "visits_city"] = 800.0
    table = bases_table(Evidence(replace(results, runs=runs)), EN)
    assert table is not None
    row = next(row for row in table.rows if row[:2] == [EN("basis.visits"), "Gansu 2019"])
    assert [cell.replace(numbers.NBSP, " ") for cell in row[2:4]] == ["100 : 500 : 300", "1 : 4.00 : 3.00"]


OTHERS = [prefix for prefix in BASES if prefix != "petitions"]


@pytest.mark.parametrize(
    ("apart", "english", "chinese"),
    [
        ((), "The ratio comes nearer to 1:2:3, on all 6 other counting bases as well.", "按其余6种统计口径亦然。"),
        (
            ("persons", "with_receptions"),
            "The ratio comes nearer to 1:2:3, on 4 of 6 other counting bases as well; not so in persons and with "
            "receptions at centres.",
            "其余6种统计口径中有4种亦然，按人次和计入中心接待则不然。",
        ),
        (
            OTHERS,
            "The ratio comes nearer to 1:2:3, but on none of 6 other counting bases.",
            "而其余6种统计口径均不如此。",
        ),
    ],
)
def test_the_answer_says_on_how_many_bases_the_ratio_moves_so(results_of, apart, english: str, chinese: str) -> None:
    """From 3 : 2 : 1 to 1 : 2 : 3 on its own basis; on those apart it stays where it is, or moves by too little."""
    after = {"petitions": TARGET} | {prefix: (297, 200, 100) if prefix in apart else TARGET for prefix in OTHERS}
    places = {"status_quo": dict.fromkeys(BASES, TOP), "gansu_2019": after}
    results = results_of(("status_quo", "gansu_2019"), replicates=3)
    runs = counted(results, places).runs
    runs = runs.assign(ilr_1=[0.7 if world == "status_quo" else -0.73 for world in runs["scenario"]])
    evidence = Evidence(replace(results, runs=runs.assign(ilr_2=[-0.28] * len(runs))))
    assert bases_sentence(evidence, "gansu_2019", "1:2:3", EN) == english
    assert bases_sentence(evidence, "gansu_2019", "1:2:3", ZH).endswith(chinese)


def test_distances_on_every_basis_are_to_the_target_of_the_study(results_of) -> None:
    results = results_of(("status_quo", "gansu_2019"), replicates=2, target=[2.0, 2.0, 6.0])
    places = {"status_quo": {"visits": (10, 10, 30)}, "gansu_2019": {"visits": (0, 9, 9)}}
    evidence = Evidence(counted(results, places))
    assert evidence.estimate("status_quo", "visits_distance_to_target").mean == pytest.approx(0, abs=1e-12)
    assert evidence.estimate("gansu_2019", "visits_distance_to_target").mean == pytest.approx(
        # ½ is added to all three where one is zero
        sum((each - mean) ** 2 for each, mean in deviations((0.5 / 1, 9.5 / 1, 9.5 / 3))) ** 0.5
    )


def deviations(parts: tuple[float, ...]) -> list[tuple[float, float]]:
    """Logarithms of parts, each with their mean."""
    from math import log

    logs = [log(part) for part in parts]
    return [(each, sum(logs) / len(logs)) for each in logs]
