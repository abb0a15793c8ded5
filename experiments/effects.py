"""Paired effects of worlds against the reference, as a table and as JSON."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from experiments.statistics import PairedEffect, holm, paired_difference
from experiments.store import RunRow
from experiments.stresses import labelled
from experiments.tables import interval, number, percent, signed, table
from sim.measures import MEASURES


@dataclass(frozen=True)
class Effect:
    """The effect of one world, by its label, on one measure; ``paired`` is ``None`` for the reference itself."""

    measure: str
    policy: str
    mean: float
    paired: PairedEffect | None
    adjusted_p: float = math.nan


def paired_effects(rows: Sequence[RunRow], reference: str, measures: Sequence[str]) -> list[Effect]:
    """Effects on each measure, paired by seed; p-values adjusted by Holm over all effects of the study.

    Seeds that failed under either policy are left out of the pair.
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
            effects.append(Effect(name, policy, mean, paired))
    return _adjusted(effects)


def _adjusted(effects: Sequence[Effect]) -> list[Effect]:
    p_values = {i: each.paired.p_value for i, each in enumerate(effects) if each.paired is not None}
    tested = [i for i, p_value in p_values.items() if math.isfinite(p_value)]
    adjusted = dict(zip(tested, holm([p_values[i] for i in tested]), strict=True))
    return [
        Effect(each.measure, each.policy, each.mean, each.paired, float(adjusted.get(i, math.nan)))
        for i, each in enumerate(effects)
    ]


def effects_table(effects: Sequence[Effect], reference: str, stressed: Collection[str] = ()) -> str:
    """A block for each measure: mean, paired difference, relative change; ``*`` marks Holm p < 0.05.

    ``stressed`` are the labels of the worlds under a stress.
    """
    rows: list[list[str]] = []
    previous = None
    for effect in effects:
        measure = MEASURES[effect.measure]
        title = f"{effect.measure} ({measure.unit})" if effect.measure != previous else ""
        previous = effect.measure
        row = [title, labelled(effect.policy, effect.policy in stressed), number(effect.mean)]
        if effect.paired is None:
            rows.append([*row, "reference" if effect.policy == reference else "–", "", "", ""])
            continue
        paired = effect.paired
        star = "*" if effect.adjusted_p < 0.05 else ""
        rows.append(
            [
                *row,
                signed(paired.difference),
                interval(paired.low, paired.high, True),
                percent(paired.relative if paired.mean_reference > 0 else math.nan),
                star,
            ]
        )
    return table(["measure", "policy", "mean", "difference", "95 % paired", "relative", ""], rows, left=2)


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
            "holm_p": effect.adjusted_p,
        }
        document.append(finite(entry))
    return document


def finite(value: Any) -> Any:
    """Plain values for JSON: what is no finite number becomes ``None``."""
    if isinstance(value, dict):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value
