"""How far naive comparisons of pilots with others are off the truth, and where even their direction is wrong."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.measure_text import change_with_unit, difference_text
from experiments.report.sweep import pilots
from experiments.report.sweep.evidence import SweepEvidence
from experiments.report.sweep.finding import change_text
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.statistics.intervals import Estimate
from experiments.statistics.paired import PairedEffect


def naive_lines(evidence: SweepEvidence, words: Words) -> list[str]:
    """The world in which a naive comparison is farthest from the truth; then a measure that it gets the wrong way."""
    measure, *others = pilots.measures_of(evidence)
    points = pilots.shown_points(evidence)
    gaps = {(name, point): pilots.gap(evidence, point, measure, name) for point in points for name in pilots.NAIVE}
    sizes = {key: abs(gap.difference) for key, gap in gaps.items() if gap and math.isfinite(gap.difference)}
    _, worst = max(sizes, key=sizes.__getitem__) if sizes else ("", points[0])
    found = pilots.estimators(evidence, worst, measure)
    first = words(
        "pilots.answer" if "truth_elsewhere" in found else "pilots.answer.alone",
        point=pilots.pilot_label(evidence, worst, words),
        measure=words.measure(measure),
        **{name: _written(each, measure, words) for name, each in found.items()},
        **{f"{name}_gap": _gap_text(evidence, gaps[name, worst], measure, words) for name in pilots.NAIVE},
    )
    return [first, *_wrong_way(evidence, [measure, *others], points, words)]


def _wrong_way(evidence: SweepEvidence, measures: list[str], points: list[str], words: Words) -> list[str]:
    """The first measure of which a comparison tells the wrong direction, both beyond chance, where it is worst."""
    for measure in measures:
        off: dict[tuple[str, str], float] = {}
        for point in points:
            found = pilots.estimators(evidence, point, measure)
            for name in pilots.NAIVE:
                if _direction(found[name]) * _direction(found["truth"]) < 0:
                    off[point, name] = abs(found[name].mean - found["truth"].mean)
        if off:
            point, name = max(off, key=off.__getitem__)
            found = pilots.estimators(evidence, point, measure)
            return [
                words(
                    "pilots.direction",
                    measure=words.measure(measure),
                    point=pilots.pilot_label(evidence, point, words),
                    what=words(f"pilots.what.{name}"),
                    naive=_written(found[name], measure, words),
                    truth=_written(found["truth"], measure, words),
                )
            ]
    return []


def _gap_text(evidence: SweepEvidence, gap: PairedEffect | None, measure: str, words: Words) -> str:
    if gap is None:
        return numbers.NONE
    level = evidence.estimate(evidence.names[0], measure).mean
    is_little = evidence.judged_beside(gap, measure, level) == 0
    return change_text(gap, measure, words) + (words("sweep.answer.too_little") if is_little else "")


def _direction(each: Estimate) -> int:
    """+1 or −1 where the interval lies on one side of zero, else 0; without an interval there is none."""
    return 1 if each.low > 0 else -1 if each.high < 0 else 0


def _written(each: Estimate, measure: str, words: Words) -> str:
    text = difference_text(each.mean, each.low, each.high, measure, words)
    return change_with_unit(text, unit_of(measure), words)
