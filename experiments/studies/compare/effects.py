"""Paired effects of worlds against the reference, as a table and as JSON."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from experiments.configuration.stresses import labelled
from experiments.report.plain_text import interval, number, percent, signed, table
from experiments.results.folder import RunRow, finite
from experiments.results.members import by_member
from experiments.statistics.paired import PairedEffect, holm, paired_difference
from experiments.statistics.variance import Components
from sim.measures import MEASURES


@dataclass(frozen=True)
class Effect:
    """The effect of one world, by its label, on one measure; ``paired`` is ``None`` for the reference itself.

    ``over`` tells what people may be like and chance apart, where the seeds are divided among the members of an
    ensemble.
    """

    measure: str
    policy: str
    mean: float
    paired: PairedEffect | None
    over: Components | None = None
    adjusted_p: float = math.nan


def paired_effects(rows: Sequence[RunRow], reference: str, measures: Sequence[str], members: int = 0) -> list[Effect]:
    """Effects on each measure, paired by seed; p-values adjusted by Holm over all effects of the study.

    Seeds that failed under either policy are left out of the pair. ``members`` of an ensemble, if there is one.
    """
    values: dict[str, dict[int, Mapping[str, float]]] = {}
    for row in rows:
        values.setdefault(row.scenario, {})
        if row.record is not None:
            values[row.scenario][row.seed] = row.record.after
    effects: list[Effect] = []
    for name in measures:
        for policy, runs in values.items():
            seeds = sorted(set(runs) & set(values[reference]))
            mine = np.array([runs[seed].get(name, math.nan) for seed in seeds])
            theirs = np.array([values[reference][seed].get(name, math.nan) for seed in seeds])
            mean = float(mine.mean()) if len(mine) else math.nan
            paired = paired_difference(theirs, mine) if policy != reference and len(seeds) else None
            over = by_member(dict(zip(seeds, (mine - theirs).tolist(), strict=True)), members) if paired else None
            effects.append(Effect(name, policy, mean, paired, over))
    return _adjusted(effects)


def _adjusted(effects: Sequence[Effect]) -> list[Effect]:
    p_values = {i: each.paired.p_value for i, each in enumerate(effects) if each.paired is not None}
    tested = [i for i, p_value in p_values.items() if math.isfinite(p_value)]
    adjusted = dict(zip(tested, holm([p_values[i] for i in tested]), strict=True))
    return [replace(each, adjusted_p=float(adjusted.get(i, math.nan))) for i, each in enumerate(effects)]


def effects_table(effects: Sequence[Effect], reference: str, stressed: Collection[str] = ()) -> str:
    """A block for each measure: mean, paired difference, relative change; ``*`` marks Holm p < 0.05.

    ``stressed`` are the labels of the worlds under a stress. Over an ensemble, with where the middle 95 % of its
    behaviours lie.
    """
    ensemble = any(effect.over for effect in effects)
    rows: list[list[str]] = []
    previous = None
    for effect in effects:
        measure = MEASURES[effect.measure]
        title = f"{effect.measure} ({measure.unit})" if effect.measure != previous else ""
        previous = effect.measure
        row = [title, labelled(effect.policy, effect.policy in stressed), number(effect.mean)]
        if effect.paired is None:
            rows.append([*row, "reference" if effect.policy == reference else "–", *[""] * (3 + ensemble)])
            continue
        paired = effect.paired
        star = "*" if effect.adjusted_p < 0.05 else ""
        rows.append(
            [
                *row,
                signed(paired.difference),
                interval(paired.low, paired.high, True),
                *([interval(effect.over.low, effect.over.high, True) if effect.over else ""] if ensemble else []),
                percent(paired.relative if paired.mean_reference > 0 else math.nan),
                star,
            ]
        )
    behaviours = ["95 % of behaviours"] if ensemble else []
    return table(["measure", "policy", "mean", "difference", "95 % paired", *behaviours, "relative", ""], rows, left=2)


def effects_document(effects: Sequence[Effect], stressed: Collection[str] = ()) -> list[dict[str, Any]]:
    """Effects as plain values for JSON; ``stressed`` are the labels of the worlds under a stress."""
    document = []
    for effect in effects:
        paired = {} if effect.paired is None else asdict(effect.paired)
        entry = {
            "measure": effect.measure,
            "unit": MEASURES[effect.measure].unit,
            "policy": effect.policy,
            "scored_as_harm": effect.policy in stressed,
            "mean": effect.mean,
            "paired": paired or None,
            "over_behaviours": effect.over and {**asdict(effect.over), "share_of_chance": effect.over.share_of_chance},
            "holm_p": effect.adjusted_p,
        }
        document.append(finite(entry))
    return document
