"""What comparing pilots with others suggests, and what the reform did: estimators beside the simulation's truth."""

from __future__ import annotations

import math
from functools import partial
from operator import mul

import numpy as np
from matplotlib.figure import Figure
from scipy import stats

from experiments.report import numbers, theme
from experiments.report.axis import draw_estimate, name_rows
from experiments.report.measure_text import difference_text, factor_of, in_unit, title_of, wrapped
from experiments.report.sweep.evidence import SweepEvidence, value_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics.intervals import Estimate, estimate
from experiments.statistics.paired import PairedEffect

LATER = "after.roll_out.batch_2_start"
"""Where this is a factor, points at its greatest value are shown (the others wait), and what the reform does in the
others is taken from the points at its smallest (they reform too)."""

ESTIMATORS = ("cross_section", "differences", "truth", "truth_elsewhere")
"""Naive: pilots less others after the reform; change of pilots less change of others. True: with the reform less
without it in the same world, in the pilots, and, if the sweep varies when the others follow, in the others where they
reform too."""

NAIVE = ("cross_section", "differences")
"""Those that rest on what is seen."""

MARKS = {
    "cross_section": theme.Mark("#e69f00", "s"),
    "differences": theme.Mark("#56b4e9", "D"),
    "truth": theme.Mark("#000000", "o"),
    "truth_elsewhere": theme.Mark("#000000", "v"),
}


def groups_of(evidence: SweepEvidence) -> tuple[str, str] | None:
    """The pilots and the others: the first two groups of places of the study; ``None`` without them."""
    groups = list(evidence.settings.groups)
    return (groups[0], groups[1]) if len(groups) > 1 else None


def measures_of(evidence: SweepEvidence) -> list[str]:
    """Measures that were taken of both groups, at most three."""
    groups = groups_of(evidence)
    plain = [name for name in evidence.measures if "@" not in name]
    return [name for name in plain if groups and evidence.has(*(f"{name}@{group}" for group in groups))][:3]


def available(evidence: SweepEvidence) -> bool:
    """Needs two groups, a reference and the time before the reform."""
    return (
        groups_of(evidence) is not None
        and evidence.reference is not None
        and evidence.before is not None
        and bool(measures_of(evidence))
    )


def shown_points(evidence: SweepEvidence) -> list[str]:
    """Points at which the others wait."""
    later = next((factor for factor in evidence.factors if factor.key == LATER), None)
    return evidence.where(**{LATER: later.values[-1]}) if later else evidence.names


def all_at_once(evidence: SweepEvidence, point: str) -> str | None:
    """The same point with the others reforming too; ``None`` where the sweep does not vary that."""
    later = next((factor for factor in evidence.factors if factor.key == LATER), None)
    if later is None:
        return None
    same = {factor.key: evidence.value_of(point, factor.key) for factor in evidence.factors if factor is not later}
    return next(iter(evidence.where(**same, **{LATER: later.values[0]})), None)


def told_of(evidence: SweepEvidence) -> list[str]:
    """The estimators that the points that are shown have."""
    found = [list(estimates_by_seed(evidence, point, measures_of(evidence)[0])) for point in shown_points(evidence)]
    return [name for name in ESTIMATORS if all(name in each for each in found)]


def pilot_label(evidence: SweepEvidence, point: str, words: Words) -> str:
    """A point in words, less what only says that the others wait."""
    parts = [
        value_text(evidence.value_of(point, factor.key), factor, words)
        for factor in evidence.factors or evidence.axes
        if factor.key != LATER
    ]
    return words("pilots.join").join(parts) or evidence.label(point, words)


def estimators(evidence: SweepEvidence, point: str, measure: str) -> dict[str, Estimate]:
    """Every estimator at a point, over seeds."""
    found = estimates_by_seed(evidence, point, measure)
    return {name: estimate(np.array(list(each.values()))) for name, each in found.items()}


def estimates_by_seed(evidence: SweepEvidence, point: str, measure: str) -> dict[str, dict[int, float]]:
    """Every estimator at a point by seed, where it is defined."""
    found = groups_of(evidence)
    assert found is not None
    pilots, others = found

    def of(prefix: str, group: str) -> dict[int, float]:
        return evidence.by_seed(point, f"{prefix}{measure}@{group}")

    def truth(group: str, at: str) -> dict[int, float]:
        without = evidence.reference_by_seed(at, f"{measure}@{group}")
        found = evidence.by_seed(at, f"{measure}@{group}")
        return {seed: value - without[seed] for seed, value in found.items() if seed in without}

    after, before = ({group: of(prefix, group) for group in found} for prefix in ("", "before_"))
    cross = {seed: value - after[others].get(seed, math.nan) for seed, value in after[pilots].items()}
    earlier = {seed: value - before[others].get(seed, math.nan) for seed, value in before[pilots].items()}
    twice = {seed: value - earlier.get(seed, math.nan) for seed, value in cross.items()}
    by_name = {"cross_section": cross, "differences": twice, "truth": truth(pilots, point)}
    if (at := all_at_once(evidence, point)) is not None:
        by_name["truth_elsewhere"] = truth(others, at)
    return {name: {seed: v for seed, v in each.items() if math.isfinite(v)} for name, each in by_name.items()}


def gap(evidence: SweepEvidence, point: str, measure: str, name: str) -> PairedEffect | None:
    """A naive estimator less the truth in the pilots, seed by seed; ``None`` where no seed has both."""
    found = estimates_by_seed(evidence, point, measure)
    return evidence.compared(found["truth"], found[name])


def seen_by_seed(evidence: SweepEvidence, point: str, measure: str) -> list[tuple[float, float]]:
    """What the places' own counts tell of one province: ends of the 95 % interval of the change of pilots less that of
    others, a seed each. Places are the replicates and may vary otherwise in pilots than in others (Welch); empty where
    runs do not measure the places, or a group has but one."""
    found = groups_of(evidence)
    assert found is not None
    changes = []
    for group in found:
        by_place = []
        for place in evidence.settings.groups[group]:
            before, after = (evidence.by_seed(point, f"{prefix}{measure}@{place}") for prefix in ("before_", ""))
            by_place.append({seed: after[seed] - before[seed] for seed in after if seed in before})
        changes.append([each for each in by_place if each])
    if min(map(len, changes)) < 2:
        return []
    seeds = set.intersection(*(set(each) for group in changes for each in group))
    samples = ([[each[seed] for each in group] for group in changes] for seed in sorted(seeds))
    tests = [stats.ttest_ind(*sample, equal_var=False).confidence_interval() for sample in samples]
    return [(float(each.low), float(each.high)) for each in tests]


def _seen_text(evidence: SweepEvidence, point: str, measure: str, words: Words) -> str:
    """``± 1.20, told from none in 3 of 4``."""
    intervals = seen_by_seed(evidence, point, measure)
    if not intervals:
        return numbers.NONE
    half = float(np.mean([high - low for low, high in intervals])) / 2
    told = sum(low > 0 or high < 0 for low, high in intervals)
    return words("pilots.seen.of", half=numbers.plain(factor_of(measure) * half, 2), k=told, n=len(intervals))


def draw(evidence: SweepEvidence, words: Words) -> Figure:
    """A row a point, a panel a measure; filled black is the truth."""
    measures = measures_of(evidence)
    figure = theme.new_figure(1.35 + 0.62 * len(shown_points(evidence)))
    panels = figure.subplots(1, len(measures), sharey=True, squeeze=False)[0]
    for axes, measure in zip(panels, measures, strict=True):
        axes.axvline(0, color=theme.MUTED, lw=0.8)
        scale = factor_of(measure)
        for row, point in enumerate(shown_points(evidence)):
            for shift, (name, value) in enumerate(estimators(evidence, point, measure).items()):
                scaled = value.through(partial(mul, scale))
                hollow = name == "truth_elsewhere"
                draw_estimate(axes, row + 0.18 * (shift - 1.5), scaled, MARKS[name], hollow=hollow, scale=0.85)
        axes.set_title(wrapped(words.measure(measure), words, 27), fontsize=9)
        theme.ticks(axes.xaxis, 5)
        axes.set_xlabel(in_unit(words("pilots.axis"), measure, words), fontsize=8.5)
    name_rows(panels[0], [wrapped(pilot_label(evidence, name, words), words, 30) for name in shown_points(evidence)])
    handles = [
        MARKS[name].handle(words(f"pilots.{name}"), hollow=name == "truth_elsewhere") for name in told_of(evidence)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


def table(evidence: SweepEvidence, words: Words) -> Table:
    """A row a point and measure: every estimator, how far the naive ones are off, and what one province would see."""
    header = [words("sweep.point"), words("table.measure"), *(words(f"pilots.{name}") for name in told_of(evidence))]
    header += [*(words(f"pilots.gap.{name}") for name in NAIVE), words("pilots.seen")]
    body = []
    for point in shown_points(evidence):
        for measure in measures_of(evidence):
            cells = [
                difference_text(each.mean, each.low, each.high, measure, words)
                for name, each in estimators(evidence, point, measure).items()
                if name in told_of(evidence)
            ]
            gaps = [gap(evidence, point, measure, name) for name in NAIVE]
            cells += [
                numbers.NONE if each is None else difference_text(each.difference, each.low, each.high, measure, words)
                for each in gaps
            ]
            cells.append(_seen_text(evidence, point, measure, words))
            body.append([pilot_label(evidence, point, words), title_of(measure, words), *cells])
    return Table(words("pilots.title"), header, body)
