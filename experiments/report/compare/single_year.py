"""A single year of one place: where it may lie, what its own books may show, and what a policy may make of it.

These are prediction intervals of one place's year, never intervals of means; nothing of the spread between places is in
them. Under an ensemble each draw has another behaviour, so that what people may be like is in them beside chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from experiments.configuration.ensemble import seeds_by_member
from experiments.report import numbers
from experiments.report.compare.comparison_table import unit_text
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures.places import measured_places, of
from experiments.report.compare.tables import StoredPlace
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.windows import Span
from experiments.results.folder import finite
from experiments.runs.build import YEAR
from experiments.runs.groups import PLACE_MEASURES, unit_of
from experiments.statistics.prediction import Prediction, prediction

MEASURES = (*PLACE_MEASURES, "petitions_province", "presented_province")
"""Shares and counts of which a single year is told, all of them above zero; of places, those that are taken of each."""

KINDS = ("year", "own", "policy")
"""A year after the reform; less the year before it in the same place; less the same year under the reference."""


@dataclass(frozen=True)
class Predicted:
    """Where one year of a place may lie under a policy, or what it is told to differ by.

    ``kind`` is one of ``KINDS``; ``place`` is ``None`` for all places of the study together.
    """

    kind: str
    year: Span
    place: StoredPlace | None
    measure: str
    policy: str
    range: Prediction


def predictions(evidence: Evidence) -> list[Predicted]:
    """What is told of single years, by kind, year, place, measure and policy; nothing of one draw alone."""
    places: list[StoredPlace | None] = [None, *measured_places(evidence)]
    found = [
        Predicted(kind, year, place, measure, policy, _range(kind, measure, values))
        for kind, year, place, measure in product(KINDS, years_of(evidence), places, MEASURES)
        for policy in evidence.scenarios
        if (values := _values(evidence, kind, year, measure if place is None else of(measure, place), policy))
    ]
    return [each for each in found if math.isfinite(each.range.low)]


def years_of(evidence: Evidence) -> list[Span]:
    """The first year and that of the full build where runs have both, else the window after the reform if it is one."""
    return [*evidence.years.values()] or [evidence.after] * (evidence.after.months == YEAR)


def _values(evidence: Evidence, kind: str, year: Span, measure: str, policy: str) -> list[float]:
    """Independent draws of a kind: by seed, or one of every behaviour under an ensemble; none where it is unknown."""
    found, before = evidence.by_seed(policy, measure, year), evidence.before
    if kind != "year":
        others: Mapping[int, float] = {}
        if kind == "own":
            others = evidence.by_seed(policy, measure, before) if before and before.months == YEAR else {}
        elif evidence.reference is None:
            others = evidence.by_seed(policy, f"kept_{measure}", year)
        elif evidence.reference != policy:
            others = evidence.by_seed(evidence.reference, measure, year)
        found = {seed: found[seed] - others[seed] for seed in found if seed in others}
    if evidence.behaviours > 1:  # a second seed of a behaviour is no draw of its own
        return [found[seeds[0]] for seeds in seeds_by_member(found, evidence.members).values()]
    return list(found.values())


def _range(kind: str, measure: str, values: list[float]) -> Prediction:
    if kind != "year":
        return prediction(values)
    return prediction(values, 0.0, 1.0 if numbers.is_share(unit_of(measure)) else math.inf)


def single_year_paragraphs(evidence: Evidence, words: Words) -> list[str]:
    """What the ranges hold, and what the three tables are."""
    drawn = "behaviours" if evidence.behaviours > 1 else "replicates"
    return [words("single.intro"), words("single.kinds"), words(f"single.{drawn}")]


def single_year_tables(evidence: Evidence, words: Words) -> list[Table]:
    """For each kind and year a table with a row a place and measure, a column a policy."""
    found = predictions(evidence)
    tables = []
    for kind, year in product(KINDS, years_of(evidence)):
        mine = [each for each in found if (each.kind, each.year) == (kind, year)]
        cells = {(_code(each), each.measure, each.policy): each for each in mine}
        policies = [name for name in evidence.scenarios if any(name == policy for *_, policy in cells)]
        header = [words("places.place"), words("table.measure"), words("table.unit"), *map(words.scenario, policies)]
        body = []
        for place, measure in dict.fromkeys((place, measure) for place, measure, _ in cells):
            row = [cells.get((place, measure, policy)) for policy in policies]
            texts = [numbers.NONE if each is None else _text(each, words) for each in row]
            body.append([_name(place, evidence, words), words.measure(measure), _unit(kind, measure, words), *texts])
        told = words(_caption(kind, evidence), reference=words.scenario(evidence.reference or ""))
        caption = words("figure.row", name=told, span=words.span(year))
        tables += [Table(caption, header, body)] if body else []
    return tables


def predictions_document(evidence: Evidence) -> list[dict[str, Any]]:
    """The ranges as plain values for JSON; ``place`` is the code, ``null`` for all places together."""
    return [
        finite(
            {
                "kind": each.kind,
                "year": each.year.label,
                "place": _code(each),
                "measure": each.measure,
                "unit": unit_of(each.measure),
                "policy": each.policy,
                "low": each.range.low,
                "high": each.range.high,
                "draws": each.range.n,
            }
        )
        for each in predictions(evidence)
    ]


def _code(each: Predicted) -> int | None:
    return each.place.code if each.place else None


def _name(code: int | None, evidence: Evidence, words: Words) -> str:
    """What a place is called; the place of the study for all together."""
    names = {place.code: str(getattr(place, words.language)) for place in evidence.places}
    return evidence.place(words) if code is None else names[code]


def _caption(kind: str, evidence: Evidence) -> str:
    return "single.policy.kept" if kind == "policy" and evidence.reference is None else f"single.{kind}"


def _unit(kind: str, measure: str, words: Words) -> str:
    is_points = kind != "year" and numbers.is_share(unit_of(measure))
    return words("table.points") if is_points else unit_text(measure, words)


def _text(each: Predicted, words: Words) -> str:
    """``61.2 to 64.5``, of differences ``+1.21 to +4.02``."""
    unit, ends = unit_of(each.measure), [each.range.low, each.range.high]
    write, decimals = (numbers.bare, 1) if each.kind == "year" else (numbers.difference, 2)
    decimals = decimals if numbers.is_share(unit) else numbers.decimals_for(ends, unit)
    low, high = (write(end, unit, decimals) for end in ends)
    return words("interval.plain", low=low, high=high)
