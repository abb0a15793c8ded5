"""What a check is and what it finds: pieces of work that may run side by side, and a judgement over them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from experiments.runs.progress import Progress, Show

Z = 4.0
"""Standard errors between observed and expected up to which a check passes, two-sided, were the error known: one true
line in 16,000 fails. Set before the first run."""

CHANCE = float(2 * stats.norm.sf(Z))
"""How often a true line fails by chance."""


def limit(replicates: int) -> float:
    """Standard errors, estimated from so many replicates, that are exceeded as seldom as ``Z`` known ones (Student)."""
    return float(stats.t.isf(CHANCE / 2, replicates - 1))


@dataclass(frozen=True)
class Finding:
    """One line of the table: what was checked, expected and observed.

    Attributes:
        name: of the check, ``snake_case``.
        what_en, what_zh: one line each.
        expected: what theory gives for the model's whole days, or what must hold.
        known: the textbook's answer in continuous time, where there is one.
        observed: mean over replicates, or the value itself.
        half_width: ``limit`` standard errors of ``observed``; 0 where the check is exact.
        replicates: independent ones behind ``observed``.
        passed: whether observed agrees with expected, and the wrong model does not.
        wrong: what a deliberately wrong model gives, which has to be rejected.
        unit: of the three numbers; empty for a plain number.
    """

    name: str
    what_en: str
    what_zh: str
    expected: float
    observed: float
    half_width: float
    replicates: int
    passed: bool
    known: float | None = None
    wrong: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Check:
    """A named check: pieces of work without arguments, and what is found from their results, in their order."""

    name: str
    section: str
    pieces: tuple[Callable[[], Any], ...]
    judge: Callable[[Sequence[Any]], list[Finding]]


def mean_and_error(values: ArrayLike) -> tuple[float, float, int]:
    """Mean, standard error and number of independent replicates."""
    known = np.asarray(values, float)
    return float(known.mean()), float(known.std(ddof=1) / math.sqrt(len(known))), len(known)


def against(
    name: str,
    what_en: str,
    what_zh: str,
    expected: float,
    values: ArrayLike,
    wrong: ArrayLike | None = None,
    **more: Any,
) -> Finding:
    """Judges the mean of independent replicates against an expectation, and a wrong model's against the same.

    Passed when the mean lies within ``limit`` standard errors of the expectation and the wrong model's does not.
    """
    mean, error, number = mean_and_error(values)
    half_width = limit(number) * error
    passed = abs(mean - expected) <= half_width
    found = Finding(name, what_en, what_zh, expected, mean, half_width, number, passed, **more)
    if wrong is None:
        return found
    other, its_error, its_number = mean_and_error(wrong)
    rejected = abs(other - expected) > limit(its_number) * its_error
    return replace(found, wrong=other, passed=passed and rejected)


def exact(
    name: str, what_en: str, what_zh: str, expected: float, observed: float, replicates: int, **more: Any
) -> Finding:
    """Judges what must hold to the last bit."""
    return Finding(name, what_en, what_zh, expected, observed, 0.0, replicates, observed == expected, **more)


def nothing(
    name: str, section: str, what_en: str, what_zh: str, piece: Callable[[int], tuple[int, int]], seeds: Sequence[int]
) -> Check:
    """A check that what ``piece`` counts of a seed is 0 in sum; what it counts of a wrong model has to be more."""

    def judge(results: Sequence[tuple[int, int]]) -> list[Finding]:
        same, other = (sum(each) for each in zip(*results, strict=True))
        found = exact(name, what_en, what_zh, 0, same, len(results), wrong=float(other))
        return [replace(found, passed=found.passed and other > 0)]

    return Check(name, section, tuple(partial(piece, seed) for seed in seeds), judge)


def carry_out_checks(
    checks: Sequence[Check], workers: int = 1, show: Show = False
) -> list[tuple[Check, list[Finding]]]:
    """Runs every piece on threads, with progress where ``show`` says; gives every check's findings."""
    pieces = [piece for check in checks for piece in check.pieces]
    with Progress(len(pieces), show=show) as progress, ThreadPoolExecutor(workers) as pool:

        def done(piece: Callable[[], Any]) -> Any:
            result = piece()
            progress.add(failed=False)
            return result

        results = iter(list(pool.map(done, pieces)))
    return [(check, check.judge([next(results) for _ in check.pieces])) for check in checks]
