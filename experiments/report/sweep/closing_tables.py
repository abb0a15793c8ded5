"""Tables that close the ranking: what each factor does, and what the first point changes, costs and records."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.report import numbers
from experiments.report.costs import COST, SETTLED
from experiments.report.factors import short_label
from experiments.report.levels import none_text
from experiments.report.measure_text import brief_change, title_of
from experiments.report.sweep import places
from experiments.report.sweep.effects import FactorEffect, effect_on, held_at_ends, main_effects
from experiments.report.sweep.evidence import SweepEvidence, value_text
from experiments.report.sweep.finding import change_text, measure_text
from experiments.report.sweep.ranking import amount_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics.paired import PairedEffect

RECORD = ("recorded_success", "durable_success", "petitions_total", "petitions_province")
"""The record beside the truth, and the total beside the province."""


def tables(key: str, evidence: SweepEvidence, words: Words) -> list[Table]:
    """The tables of a section, by its key."""
    if key != "ranking":
        return []
    if evidence.is_of_places:
        beside = (places.table(evidence, axis, words) for axis in evidence.places)
        of_points = (_factors(evidence, words), _record(evidence, words, evidence.candidates))
        return [*beside, *(table for table in of_points if table is not None)]
    found = (
        _factors(evidence, words),
        _changes(evidence, words),
        _record(evidence, words, evidence.candidates[:1]),
        _costs(evidence, words),
    )
    return [table for table in found if table is not None]


def _factors(evidence: SweepEvidence, words: Words) -> Table | None:
    """A row a factor, then one with the other factor held at either end; a column a measure."""
    others = [name for name in evidence.measures if name != evidence.rank_by]
    rows = []
    for each in main_effects(evidence):
        cells = [_step_text(effect_on(evidence, each, name), name, words) for name in others]
        rows.append([*_row(evidence, each, numbers.NONE, words), *cells])
        for other, value, held in held_at_ends(evidence, each):
            beside = words(
                "sweep.label.value", label=short_label(other.key, words), value=value_text(value, other, words)
            )
            at = {other.key: value}
            cells = [_step_text(effect_on(evidence, each, name, **at), name, words) for name in others]
            rows.append([*_row(evidence, held, beside, words), *cells])
    header = [words(f"sweep.movers.{name}") for name in ("factor", "low", "high", "held")]
    header += [measure_text(evidence.rank_by, words), words("sweep.movers.judgement")]
    header += [measure_text(name, words) for name in others]
    return Table(words("sweep.movers.title"), header, rows) if rows else None


def _step_text(step: FactorEffect | None, name: str, words: Words) -> str:
    return numbers.NONE if step is None else brief_change(step.effect, name, words)


def _row(evidence: SweepEvidence, each: FactorEffect, held: str, words: Words) -> list[str]:
    judgement = words("sweep.judgement." + {0: "little", None: "open"}.get(each.judgement, "matters"))
    change = change_text(each.effect, evidence.rank_by, words)
    return [short_label(each.factor.key, words), *each.ends(words), held, change, judgement]


def _changes(evidence: SweepEvidence, words: Words) -> Table | None:
    """What the first point of the ranking changes against the last one, and against the reference."""
    if not evidence.candidates:
        return None
    first, last = evidence.candidates[0], evidence.candidates[-1]
    measure = evidence.rank_by
    brief = [name for name in (*RECORD, "durable_resolution") if evidence.has(name) and name != measure]
    whole = [name for name in (COST, SETTLED) if evidence.has(name)]

    def row(label: str, effects: dict[str, PairedEffect | None]) -> list[str]:
        cells = [
            numbers.NONE if effect is None else (brief_change if name in brief else change_text)(effect, name, words)
            for name, effect in effects.items()
        ]
        return [label, *cells]

    names = list(dict.fromkeys((measure, *brief, *whole)))
    rows = []
    if first != last:
        effects = {n: evidence.compared(evidence.by_seed(last, n), evidence.by_seed(first, n)) for n in names}
        rows.append(row(evidence.label(last, words), effects))
    if evidence.reference:
        effects = {n: evidence.effect(first, n) for n in names}
        rows.append(row(words.scenario(evidence.reference), effects))
    title = words("sweep.changes.title", first=evidence.label(first, words))
    header = [words("sweep.changes.against"), *(measure_text(name, words) for name in names)]
    return Table(title, header, rows) if rows else None


def _record(evidence: SweepEvidence, words: Words, points: Sequence[str]) -> Table | None:
    """The record of some points beside the truth: of the first of a ranking, of all that differ by place."""
    if not evidence.has(*RECORD) or not points:
        return None
    rows = [
        [evidence.label(point, words), *(amount_text(evidence.estimate(point, name), name, words) for name in RECORD)]
        for point in points
    ]
    key = "all" if evidence.is_of_places else "first"
    header = [words(f"sweep.record.{key}"), *(title_of(name, words) for name in RECORD)]
    ratios = [_ratio(evidence, point, words) for point in points]
    if any(ratios):
        rows = [[*row, ratio or numbers.NONE] for row, ratio in zip(rows, ratios, strict=True)]
        header.append(words("together.ratio"))
    return Table(words(f"sweep.record.title.{key}"), header, rows)


def _ratio(evidence: SweepEvidence, point: str, words: Words) -> str:
    """The pyramid of a point, or which level is missing; empty where it was not measured."""
    if missing := evidence.missing_at(point):
        return none_text(missing, words)
    if not evidence.has("ratio_city_to_province", "ratio_county_to_province"):
        return ""
    city, county = (evidence.estimate(point, f"ratio_{level}_to_province").mean for level in ("city", "county"))
    return numbers.ratio(city, county) if math.isfinite(city) and math.isfinite(county) else ""


def _costs(evidence: SweepEvidence, words: Words) -> Table | None:
    """The points that cost least and most."""
    means = {name: evidence.estimate(name, COST).mean for name in evidence.candidates} if evidence.has(COST) else {}
    known = {name: mean for name, mean in means.items() if math.isfinite(mean)}
    if not known:
        return None
    ends = dict.fromkeys((min(known, key=known.__getitem__), max(known, key=known.__getitem__)))
    rows = [[evidence.label(name, words), numbers.amount(known[name], "yuan/year")] for name in ends]
    return Table(words("sweep.costs.title"), [words("sweep.point"), evidence.title(COST, words)], rows)
