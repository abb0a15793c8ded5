"""The pyramid under every counting basis that the measures know: what is registered beside what is presented."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.compare.evidence import LEVELS, Evidence, of_means
from experiments.report.compare.rows import Row, window_rows
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics.relevance import judge_effect
from sim.measures.petitions import BASES, counts_on, distance_on

OWN, *OTHERS = BASES
"""The basis of all figures that name no other, and the others."""


def bases_of(evidence: Evidence) -> list[str]:
    """Bases that the results hold what is registered and what is presented of."""
    known = {prefix: [name for level in (*LEVELS, "total") for name in counts_on(prefix, level)] for prefix in BASES}
    return [prefix for prefix, names in known.items() if evidence.has(*names)]


def bases_table(evidence: Evidence, words: Words) -> Table | None:
    """A row a basis and policy: petitions by level, their ratio and total; ``None`` where there is only one basis."""
    bases = bases_of(evidence)
    if len(bases) < 2 or evidence.missing_levels:
        return None
    header = [words("bases.basis"), words("table.policy")]
    for key in ("pyramid.registered", "pyramid.presented"):
        counts, ratio, total = (words(f"bases.{column}", what=words(key)) for column in ("counts", "ratio", "total"))
        header += [counts, ratio, total]
    body = []
    for prefix in bases:
        for row in window_rows(evidence, words):
            cells = [words(f"basis.{prefix}"), row.label]
            for which in range(2):
                cells += _cells(evidence, row, {level: counts_on(prefix, level)[which] for level in LEVELS}, words)
                cells.append(_count(evidence, row, counts_on(prefix, "total")[which]))
            body.append(cells)
    return Table(words("bases.title"), header, body)


def bases_sentence(evidence: Evidence, scenario: str, target: str, words: Words) -> str:
    """On how many other bases the ratio moves as on the report's own under a scenario, and on which it does not."""
    moved = {prefix: _moved(evidence, scenario, prefix) for prefix in bases_of(evidence)}
    others = [prefix for prefix in moved if prefix in OTHERS]
    if OWN not in moved or not others or evidence.missing_levels:
        return ""
    apart = [words(f"basis.{prefix}.short") for prefix in others if moved[prefix] != moved[OWN]]
    finding = words(f"bases.moved.{moved[OWN]}", target=target)
    values = {"finding": finding, "n": len(others) - len(apart), "of": len(others)}
    if not apart:
        return words("bases.all", **values)
    return words("bases.none" if len(apart) == len(others) else "bases.some", apart=words.listed(apart), **values)


def _moved(evidence: Evidence, scenario: str, prefix: str) -> str:
    """``nearer`` to the target, ``farther``, ``little`` or ``unclear``, by the smallest effect of interest."""
    effect = evidence.against(scenario, distance_on(prefix))
    judgement = None if effect is None else judge_effect(effect, distance_on(prefix))
    return {1: "farther", -1: "nearer", 0: "little", None: "unclear"}[judgement]


def _count(evidence: Evidence, row: Row, measure: str) -> str:
    return numbers.plain(evidence.estimate(row.scenario, measure, row.span).mean, 0)


def _cells(evidence: Evidence, row: Row, measures: dict[str, str], words: Words) -> list[str]:
    """Counts at province, city and county, and their ratio as in ``Evidence.ratio``."""
    between = f"{numbers.NBSP}:{numbers.NBSP}"
    counts = {level: evidence.by_seed(row.scenario, name, row.span) for level, name in measures.items()}
    told = between.join(_count(evidence, row, name) for name in measures.values())
    if any(0 in each.values() for each in counts.values()):
        found = of_means(*(list(each.values()) for each in counts.values()))
        return [told, numbers.ratio(found[0].mean, found[1].mean) if found else words("levels.none.province")]
    province = counts[LEVELS[0]]
    logs = ({seed: math.log(each[seed] / province[seed]) for seed in province} for each in list(counts.values())[1:])
    return [told, numbers.ratio(*(math.exp(evidence.over(each).mean) for each in logs))]
