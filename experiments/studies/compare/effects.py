"""Paired effects of worlds against the reference, as a table and as JSON: the numbers of the report."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from experiments.report import numbers
from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.levels import figure_text
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.report.uncosted import marked
from experiments.results.folder import finite
from experiments.results.members import by_member
from experiments.statistics.relevance import NAMES
from experiments.statistics.variance import Components
from sim.measures import MEASURES
from sim.measures.smallest_effect import smallest_effect


@dataclass(frozen=True)
class EffectRow:
    """The effect of one world, by its label, on one measure; ``paired`` is ``None`` for the reference itself.

    ``unit`` is ``petitions/year`` of a total that is a year's. ``over`` tells what people may be like and chance apart,
    where the seeds are divided among the members of an ensemble. ``adjusted_p`` is adjusted over all effects of the
    study (``Evidence.adjusted``); ``judgement``, ``is_found`` and ``is_uncosted`` are those of ``Evidence``.
    """

    measure: str
    unit: str
    policy: str
    mean: float
    paired: Effect | None = None
    over: Components | None = None
    adjusted_p: float = math.nan
    judgement: int | None = None
    is_found: bool = False
    is_uncosted: bool = False


def effect_rows(evidence: Evidence, labels: Sequence[str], measures: Sequence[str]) -> list[EffectRow]:
    """Effects of worlds on each measure, paired by seed; a pair lacks what failed under either policy."""
    return [_row(evidence, label, measure) for measure in measures for label in labels]


def _row(evidence: Evidence, label: str, measure: str) -> EffectRow:
    mean, unit = evidence.estimate(label, measure).mean, MEASURES[measure].unit
    reference = evidence.reference
    paired = evidence.effect(label, measure) if reference and label != reference else None
    if reference is None or paired is None:
        return EffectRow(measure, unit, label, mean, is_uncosted=evidence.is_uncosted(label, measure))
    mine, theirs = evidence.by_seed(label, measure), evidence.by_seed(reference, measure)
    over = by_member({seed: mine[seed] - theirs[seed] for seed in mine if seed in theirs}, evidence.members)
    return EffectRow(
        measure,
        unit,
        label,
        mean,
        paired,
        over,
        evidence.adjusted.get((label, measure), math.nan),
        evidence.judgement(label, measure),
        evidence.is_found(label, measure),
        evidence.is_uncosted(label, measure),
    )


def effects_table(effects: Sequence[EffectRow], evidence: Evidence, words: Words) -> str:
    """A block for each measure: figure, paired difference, relative change; ``*`` marks what ``is_found``."""
    over = "behaviours" if evidence.behaviours > 1 else "replicates"
    header = [words(f"console.{name}") for name in ("measure", "policy")]
    header += [words(f"console.{over}.{name}") for name in ("figure", "difference", "range")]
    header += [words("console.relative"), ""]
    rows: list[list[str]] = []
    previous = None
    for effect in effects:
        unit = effect.unit
        named = words("sweep.measure", measure=words.measure(effect.measure), unit=_unit(unit, words))
        title = named if effect.measure != previous else ""
        previous = effect.measure
        label = words.scenario(effect.policy)
        label = marked(label, words) if effect.is_uncosted else label
        row = [title, label, figure_text(effect.mean, effect.measure, unit, evidence.missing_levels, words)]
        if effect.paired is None or evidence.lacks(effect.measure):
            is_reference = effect.policy == evidence.reference
            rows.append([*row, words("console.reference") if is_reference else numbers.NONE, "", "", ""])
            continue
        paired = effect.paired
        rows.append(
            [
                *row,
                numbers.difference(paired.difference, unit),
                numbers.difference_interval(paired.low, paired.high, unit),
                numbers.signed_percent(paired.relative),
                "*" if effect.is_found else "",
            ]
        )
    return table(header, [[words.spaced(cell) for cell in row] for row in rows], left=2)


def _unit(unit: str, words: Words) -> str:
    return words("table.percent") if numbers.is_share(unit) else words.unit(unit)


def effects_document(effects: Sequence[EffectRow], stressed: Collection[str] = ()) -> list[dict[str, Any]]:
    """Effects as plain values for JSON; ``stressed`` are the labels of the worlds under a stress."""
    document = []
    for effect in effects:
        paired = {} if effect.paired is None else asdict(effect.paired)
        paired = {key: value for key, value in paired.items() if key not in ("scenario", "measure")}
        entry = {
            "measure": effect.measure,
            "unit": effect.unit,
            "policy": effect.policy,
            "scored_as_harm": effect.policy in stressed,
            "uncosted": effect.is_uncosted,
            "mean": effect.mean,
            "paired": paired or None,
            "over_behaviours": effect.over and {**asdict(effect.over), "share_of_chance": effect.over.share_of_chance},
            "holm_p": effect.adjusted_p,
            "smallest_effect": smallest_effect(effect.measure, effect.paired.mean_reference) if effect.paired else None,
            "judgement": NAMES[effect.judgement] if effect.paired else None,
        }
        document.append(finite(entry))
    return document
