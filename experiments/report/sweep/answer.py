"""The question's answer, from the numbers of a sweep: what does best, what moves it, what the record says of it."""

from __future__ import annotations

import math
from typing import Any

from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.factors import short_label
from experiments.report.measure_text import change_with_unit, difference_text, with_unit
from experiments.report.rates import yearly_notes
from experiments.report.sweep import pilots
from experiments.report.sweep.evidence import FactorAxis, SweepEvidence, paired, value_text
from experiments.report.sweep.ranking import amount_text, effect_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.statistics.paired import PairedEffect

RECORD = ("recorded_success", "durable_success", "petitions_total", "petitions_province")
"""The record beside the truth, and the total beside the province."""


def answer(evidence: SweepEvidence, words: Words) -> Answer:
    """Sentences with their intervals."""
    if pilots.available(evidence):
        return Answer(text=(_naive(evidence, words), _best(evidence, words), _record(evidence, words)))
    return Answer(text=(_best(evidence, words), _movers(evidence, words), _record(evidence, words)))


def setting(evidence: SweepEvidence, words: Words) -> str:
    """How many points of which design, on what."""
    design = words(f"sweep.design.{evidence.settings.design}")
    text = words(
        "sweep.setting",
        points=len(evidence.names),
        design=design,
        factors=words.listed([short_label(factor.key, words) for factor in evidence.factors or evidence.axes]),
        replicates=evidence.replicates,
        place=evidence.place(words),
        after=words.span(evidence.after),
    )
    if evidence.reference:
        text = words.joined(text, words("sweep.setting.reference", reference=words.scenario(evidence.reference)))
    return words.joined(text, *yearly_notes(evidence.calendars, words, evidence.windows))


def _best(evidence: SweepEvidence, words: Words) -> str:
    measure = evidence.rank_by
    if not evidence.ranked:
        return words("answer.missing")
    best, worst = evidence.ranked[0], evidence.ranked[-1]
    values: dict[str, Any] = {"measure": words.measure(measure.partition("@")[0])}
    for which, name in (("best", best), ("worst", worst)):
        values[which] = evidence.label(name, words)
        value = amount_text(evidence.estimate(name, measure), measure, words)
        values[f"{which}_value"] = with_unit(value, unit_of(measure), words)
    sentence = words("sweep.answer.only" if best == worst else "sweep.answer.best", **values)
    effect = evidence.effect(best, measure)
    if effect is None:
        return sentence
    change = change_with_unit(effect_text(effect, measure, words), unit_of(measure), words)
    reference = words.scenario(str(evidence.reference))
    return words.joined(sentence, words("sweep.answer.against", change=change, reference=reference))


def spread(evidence: SweepEvidence, factor: FactorAxis) -> tuple[Any, Any, PairedEffect] | None:
    """The two values of a factor between which the ranking measure, over all else, differs most, and by how much."""
    by_value: dict[Any, dict[int, float]] = {}
    for value in _ends(factor):
        by_value[value] = evidence.pooled_by_seed(_at(evidence, factor, value), evidence.rank_by)
    known = {value: seeds for value, seeds in by_value.items() if seeds}
    if len(known) < 2:
        return None
    means = {value: sum(seeds.values()) / len(seeds) for value, seeds in known.items()}
    low, high = min(means, key=means.__getitem__), max(means, key=means.__getitem__)
    effect = paired(known[low], known[high])
    return None if effect is None else (low, high, effect)


def _ends(factor: FactorAxis) -> tuple[Any, ...]:
    return factor.values if len(factor.values) <= 12 else ("low", "high")


def _at(evidence: SweepEvidence, factor: FactorAxis, value: Any) -> list[str]:
    if value not in ("low", "high") or len(factor.values) <= 12:
        return evidence.where(**{factor.key: value})
    quarter = len(factor.values) // 4
    chosen = factor.values[:quarter] if value == "low" else factor.values[-quarter:]
    return [name for name in evidence.names if evidence.value_of(name, factor.key) in chosen]


def movers(evidence: SweepEvidence, words: Words) -> list[tuple[str, str, str, str]]:
    """What each factor moves the ranking measure by: factor, from, to, change, the largest change first."""
    measure = evidence.rank_by
    found = [(factor, each) for factor in evidence.factors if (each := spread(evidence, factor)) is not None]
    found.sort(key=lambda item: -abs(item[1][2].difference))
    rows = []
    for factor, (low, high, effect) in found:
        ends = [
            words(f"sweep.quarter.{value}") if value in ("low", "high") else value_text(value, factor, words)
            for value in (low, high)
        ]
        change = change_with_unit(effect_text(effect, measure, words), unit_of(measure), words)
        rows.append((short_label(factor.key, words), ends[0], ends[1], change))
    return rows


def tables(key: str, evidence: SweepEvidence, words: Words) -> list[Table]:
    """What closes the ranking: what each factor does, all else averaged; what is recorded under the best point."""
    if key != "ranking":
        return []
    found = []
    if rows := movers(evidence, words):
        header = [words(f"sweep.movers.{name}") for name in ("factor", "low", "high")]
        header.append(words.measure(evidence.rank_by.partition("@")[0]))
        found.append(Table(words("sweep.movers.title"), header, [list(row) for row in rows]))
    if evidence.has(*RECORD) and evidence.ranked:
        best = evidence.ranked[0]
        cells = [amount_text(evidence.estimate(best, name), name, words) for name in RECORD]
        header = [words("sweep.best"), *(words.measure(name) for name in RECORD)]
        if ratio := _ratio(evidence, best):
            cells.append(ratio)
            header.append(words("together.ratio"))
        found.append(Table(words("sweep.record.title"), header, [[evidence.label(best, words), *cells]]))
    return found


def _movers(evidence: SweepEvidence, words: Words) -> str:
    measure = evidence.rank_by
    rows = movers(evidence, words)[:4]
    if not rows:
        return words("answer.missing")
    parts = [
        words("sweep.answer.mover", factor=factor, low=low, high=high, change=change)
        for factor, low, high, change in rows
    ]
    return words(
        "sweep.answer.movers",
        measure=words.measure(measure.partition("@")[0]),
        parts=words("sweep.semicolon").join(parts),
    )


def _record(evidence: SweepEvidence, words: Words) -> str:
    if not evidence.has(*RECORD) or not evidence.ranked:
        return words("answer.missing")
    best = evidence.ranked[0]
    found = _ratio(evidence, best)
    ratio = words("sweep.answer.ratio", ratio=found) if found else ""
    values = {name: amount_text(evidence.estimate(best, name), name, words) for name in RECORD}
    return words("sweep.answer.record", best=evidence.label(best, words), ratio=ratio, **values)


def _ratio(evidence: SweepEvidence, point: str) -> str:
    """The pyramid of a point; empty where it was not measured."""
    if not evidence.has("ratio_city_to_province", "ratio_county_to_province"):
        return ""
    city, county = (evidence.estimate(point, f"ratio_{level}_to_province").mean for level in ("city", "county"))
    return numbers.ratio(city, county) if math.isfinite(city) and math.isfinite(county) else ""


def _naive(evidence: SweepEvidence, words: Words) -> str:
    """The point at which the naive comparison is farthest from the truth, and by how much."""
    measure = pilots.measures_of(evidence)[0]
    worst, gap = evidence.names[0], -1.0
    for name in pilots.shown_points(evidence):
        each = pilots.estimators(evidence, name, measure)
        off = abs(each["differences"].mean - each["truth"].mean)
        if math.isfinite(off) and off > gap:
            worst, gap = name, off
    found = pilots.estimators(evidence, worst, measure)
    texts = {
        name: change_with_unit(difference_text(each.mean, each.low, each.high, measure, words), unit_of(measure), words)
        for name, each in found.items()
    }
    return words(
        "pilots.answer", point=pilots.pilot_label(evidence, worst, words), measure=words.measure(measure), **texts
    )
