"""Points that differ by place: set side by side, with what chance makes of their spread, and none the best."""

from __future__ import annotations

import math
from typing import Any

from experiments.configuration.ensemble import seeds_by_member
from experiments.report import numbers
from experiments.report.answer import Quantity
from experiments.report.factors import factor_label
from experiments.report.levels import none_of, none_text
from experiments.report.measure_text import change_with_unit, title_of, with_unit, written
from experiments.report.sweep.evidence import FactorAxis, SweepEvidence, value_text
from experiments.report.sweep.finding import change_text, measure_text
from experiments.report.sweep.ranking import amount_text, effect_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.statistics.paired import PairedEffect
from experiments.statistics.places import PlaceSpread, place_spread, told_apart
from experiments.statistics.relevance import judge_effect
from sim.ledger import TIERS

LISTED = 4
"""Places up to which a sentence gives the figure of each."""


def points_at(evidence: SweepEvidence, axis: FactorAxis, value: Any) -> list[str]:
    """Points in a place, those under a stress only where there are no others."""
    allowed = evidence.unstressed or evidence.names
    return [name for name in allowed if evidence.value_of(name, axis.key) == value]


def missing_in(evidence: SweepEvidence, axis: FactorAxis, value: Any) -> list[str]:
    """Levels of government that a place lacks, whatever else the points have."""
    lacking = [evidence.missing_at(name) for name in points_at(evidence, axis, value)]
    return [level for level in TIERS if lacking and all(level in each for each in lacking)]


def by_place(evidence: SweepEvidence, axis: FactorAxis, measure: str) -> dict[Any, dict[int, float]]:
    """A measure by seed at every place that has it, all else averaged."""
    found = {value: evidence.pooled_by_seed(points_at(evidence, axis, value), measure) for value in axis.values}
    return {value: seeds for value, seeds in found.items() if seeds}


def from_mean(evidence: SweepEvidence, axis: FactorAxis, measure: str) -> dict[Any, PairedEffect]:
    """How every place differs from the mean of all places, seed by seed."""
    found = by_place(evidence, axis, measure)
    shared = set.intersection(*map(set, found.values())) if found else set()
    mean = {seed: sum(seeds[seed] for seeds in found.values()) / len(found) for seed in sorted(shared)}
    effects = {value: evidence.compared(mean, seeds) for value, seeds in found.items()}
    return {value: effect for value, effect in effects.items() if effect is not None}


def against_reference(evidence: SweepEvidence, axis: FactorAxis, measure: str) -> dict[Any, PairedEffect]:
    """What the points of every place change against the reference in the same place."""
    effects = {}
    for value in axis.values:
        names = points_at(evidence, axis, value)
        references = [evidence.reference_by_seed(name, measure) for name in names]
        shared = set.intersection(*map(set, references)) if references else set()
        reference = {seed: sum(each[seed] for each in references) / len(references) for seed in sorted(shared)}
        effects[value] = evidence.compared(reference, evidence.pooled_by_seed(names, measure))
    return {value: effect for value, effect in effects.items() if effect is not None}


def spread_of(evidence: SweepEvidence, axis: FactorAxis, measure: str) -> PlaceSpread:
    """The spread of a measure between places, and what chance alone would make of it."""
    values = []
    for seeds in by_place(evidence, axis, measure).values():
        groups = seeds_by_member(seeds, evidence.members).values() if evidence.members > 1 else [list(seeds)]
        values.append([[seeds[seed] for seed in group] for group in groups])
    return place_spread(values)


def lines(evidence: SweepEvidence, words: Words) -> list[str]:
    """What the places come to, a sentence or two for each factor that is one; then against the reference."""
    found = []
    for axis in evidence.places:
        found.append(_beside_one_another(evidence, axis, words))
        if evidence.reference:
            found.append(_against(evidence, axis, words))
    return [line for line in found if line]


def claim(evidence: SweepEvidence) -> dict[str, Any]:
    """The difference between two places as plain values of the answer; nothing where there are others or more."""
    if len(evidence.places) != 1 or len(evidence.places[0].values) != 2:
        return {}
    effect = _between(evidence, evidence.places[0])
    if effect is None:
        return {}
    has_range = math.isfinite(effect.low)
    return {
        "effect": Quantity(evidence.rank_by, effect.difference, unit_of(evidence.rank_by)),
        "range": (float(effect.low), float(effect.high)) if has_range else None,
        "bases": {"range": "behaviours" if evidence.members > 1 else "chance"} if has_range else {},
    }


def caveats(evidence: SweepEvidence, words: Words) -> tuple[str, ...]:
    """That no place is the best, and what is not compared because a level of government is missing in some."""
    found = [words("sweep.places.none_best")]
    if len({evidence.missing_at(name) for name in evidence.names}) > 1:
        for axis in evidence.places:
            for value in axis.values:
                if missing := missing_in(evidence, axis, value):
                    place, none = value_text(value, axis, words), none_text(missing, words)
                    found.append(words("sweep.places.missing", place=place, none=none))
    return tuple(found)


def table(evidence: SweepEvidence, axis: FactorAxis, words: Words) -> Table:
    """A row a place, in the order of the study: the ranking measure, its difference from the mean, other measures."""
    measure = evidence.rank_by
    differences = from_mean(evidence, axis, measure)
    apart = told_apart(differences, measure)
    header = [factor_label(axis.key, words), title_of(measure, words), words("sweep.places.from_mean")]
    others = [name for name in evidence.measures if name != measure]
    header += [words("sweep.places.apart"), *(evidence.title(name, words) for name in others)]
    rows = []
    for value in axis.values:
        names, missing = points_at(evidence, axis, value), missing_in(evidence, axis, value)
        effect = differences.get(value)
        row = [value_text(value, axis, words), amount_text(evidence.pooled(names, measure), measure, words)]
        row.append(numbers.NONE if effect is None else effect_text(effect, measure, words))
        row.append(words(f"sweep.places.{'yes' if apart.get(value) else 'no'}"))
        for name in others:
            none = none_of(name, missing, words)
            row.append(none or written(evidence.pooled(names, name).mean, name))
        rows.append(row)
    return Table(words("sweep.places.title"), header, rows)


def _between(evidence: SweepEvidence, axis: FactorAxis) -> PairedEffect | None:
    """The first of two places to the second."""
    found = by_place(evidence, axis, evidence.rank_by)
    return evidence.compared(*found.values()) if len(found) == 2 else None


def _beside_one_another(evidence: SweepEvidence, axis: FactorAxis, words: Words) -> str:
    measure = evidence.rank_by
    found = by_place(evidence, axis, measure)
    listed = words("list.comma").join(
        words("sweep.places.one", place=value_text(value, axis, words), value=_amount(evidence, axis, value, words))
        for value in found
    )
    if (effect := _between(evidence, axis)) is not None:
        judged = {0: "little", None: "open"}.get(judge_effect(effect, measure.partition("@")[0]), "matters")
        if not math.isfinite(effect.low):
            judged = "once"
        return words(
            "sweep.places.two",
            measure=measure_text(measure, words),
            places=listed,
            difference=change_text(effect, measure, words),
            judged=words(f"sweep.places.judged.{judged}"),
        )
    apart = told_apart(from_mean(evidence, axis, measure), measure)
    parts = []
    for key, sign in (("above", 1), ("below", -1)):
        names = [value_text(value, axis, words) for value, each in apart.items() if each == sign]
        if names:
            parts.append(words(f"sweep.places.{key}", places=words.listed(names)))
    told = words("sweep.semicolon").join(parts) if parts else words("sweep.places.none_apart")
    spread = spread_of(evidence, axis, measure)
    key = "chance" if math.isfinite(spread.chance) else "unknown"
    return words(
        "sweep.places.many",
        measure=measure_text(measure, words),
        n=len(found),
        places=words("sweep.places.listed", places=listed) if len(found) <= LISTED else "",
        told=told,
        spread=words(
            f"sweep.places.spread.{key}",
            observed=_spread_text(spread.observed, measure, words),
            chance=_spread_text(spread.chance, measure, words),
        ),
    )


def _amount(evidence: SweepEvidence, axis: FactorAxis, value: Any, words: Words) -> str:
    measure = evidence.rank_by
    estimate = evidence.pooled(points_at(evidence, axis, value), measure)
    return with_unit(amount_text(estimate, measure, words), unit_of(measure), words)


def _spread_text(value: float, measure: str, words: Words) -> str:
    unit = unit_of(measure)
    text = numbers.plain(100 * value, 2) if numbers.is_share(unit) else numbers.amount(value, unit)
    return change_with_unit(text, unit, words)


def _against(evidence: SweepEvidence, axis: FactorAxis, words: Words) -> str:
    """What the points change against the reference in every place, or in how many it matters."""
    measure = evidence.rank_by
    effects = against_reference(evidence, axis, measure)
    if not effects:
        return ""
    reference = words.scenario(str(evidence.reference))
    if len(effects) <= LISTED:
        told = [
            words("sweep.places.one", place=value_text(value, axis, words), value=change_text(effect, measure, words))
            for value, effect in effects.items()
        ]
        return words("sweep.places.against", reference=reference, places=words("list.comma").join(told))
    signs = list(told_apart(effects, measure).values())
    return words(
        "sweep.places.against_many", reference=reference, n=len(signs), rises=signs.count(1), falls=signs.count(-1)
    )
