"""Paired contrasts, replicate counts, several tests at once, and inference on the ratio of levels.

Replicates share their seeds between policies, so the basic result is always a *paired* difference. Intervals
are 95 % unless told otherwise. Plain NumPy arrays in, small frozen records out; SciPy does the statistics.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # which reads scipy.stats, 27 MB, when it is first asked for
from numpy.typing import ArrayLike, NDArray

from experiments.statistics.intervals import LEVEL, difference, half_width
from sim.measures.composition import TARGET, aitchison_distance, ilr, ilr_inverse

__all__ = [
    "TARGET",
    "Equivalence",
    "JointRegion",
    "PairedEffect",
    "aitchison_distance",
    "bootstrap_interval",
    "equivalence_to_target",
    "holm",
    "ilr",
    "ilr_inverse",
    "joint_region",
    "paired_difference",
    "replicates_needed",
]

RESAMPLES = 9999
"""Bootstrap resamples: the ends of a 95 % interval then rest on some 250 resamples a side."""

BOOTSTRAP_SEED = 20190101
"""Fixed, so that the same replicates always give the same interval."""

DIRECTIONS = 720
"""Directions in which a region around a composition is followed (half a degree apart)."""


@dataclass(frozen=True)
class PairedEffect:
    """A policy against a reference over shared seeds.

    ``low`` and ``high`` are a t interval of the mean of differences. ``relative`` is the ratio of the means
    minus 1 with an interval by the delta method. ``variance_reduction`` says by what factor pairing cut the
    variance of the difference: (variance of reference + variance of policy) / variance of differences;
    infinite where all differences are alike, NaN where nothing varies at all. NaN stands for whatever ``n``
    replicates cannot give.
    """

    mean_reference: float
    mean_policy: float
    difference: float
    low: float
    high: float
    relative: float
    relative_low: float
    relative_high: float
    n: int
    p_value: float
    variance_reduction: float

    @property
    def direction(self) -> int:
        """+1 or −1 where the interval lies on one side of zero (or, without one, the sign); else 0."""
        if self.n < 2:
            return int(np.sign(self.difference))
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


def paired_difference(reference: ArrayLike, policy: ArrayLike, level: float = LEVEL) -> PairedEffect:
    """Policy minus reference, pair by pair; pairs without both values (NaN) are left out.

    The interval and the two-sided p-value are those of the paired t test. Where every difference is exactly
    zero (a placebo), the interval is [0, 0] and p is 1; where all are alike but not zero, p is 0. The
    relative change linearises the ratio of means ``r``: its t interval has the standard error of ``(policy −
    r · reference) / mean(reference)``, good while the reference mean is many standard errors from zero; from a mean
    that is not above zero there is none.
    Raises ``ValueError`` when the two have different shapes.
    """
    before, after = np.asarray(reference, dtype=float), np.asarray(policy, dtype=float)
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError(f"reference {before.shape} and policy {after.shape} are not paired replicates")
    known = np.isfinite(before) & np.isfinite(after)
    before, after = before[known], after[known]
    n = len(before)
    if n == 0:
        nan = math.nan
        return PairedEffect(nan, nan, nan, nan, nan, nan, nan, nan, 0, nan, nan)
    differences = difference(after, before)
    mean, half = float(differences.mean()), half_width(differences, level)
    base = float(before.mean())
    relative = relative_half = math.nan
    if base > 0:
        relative = mean / base
        relative_half = half_width((differences - relative * before) / base, level)
    return PairedEffect(
        mean_reference=base,
        mean_policy=float(after.mean()),
        difference=mean,
        low=mean - half,
        high=mean + half,
        relative=relative,
        relative_low=relative - relative_half,
        relative_high=relative + relative_half,
        n=n,
        p_value=_paired_p(differences),
        variance_reduction=_variance_reduction(before, after, differences),
    )


def _paired_p(differences: NDArray[np.float64]) -> float:
    n = len(differences)
    if n < 2:
        return math.nan
    error = differences.std(ddof=1) / math.sqrt(n)
    mean = differences.mean()
    if error == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2 * scipy.stats.t.sf(abs(mean) / error, n - 1))


def _variance_reduction(
    before: NDArray[np.float64], after: NDArray[np.float64], differences: NDArray[np.float64]
) -> float:
    if len(differences) < 2:
        return math.nan
    unpaired = float(before.var(ddof=1) + after.var(ddof=1))
    paired = float(differences.var(ddof=1))
    if paired == 0:
        return math.inf if unpaired > 0 else math.nan
    return unpaired / paired


def bootstrap_interval(
    statistic: Callable[..., float], *samples: ArrayLike, level: float = LEVEL
) -> tuple[float, float, float]:
    """Value of a statistic of paired samples with its BCa bootstrap interval (medians, quantiles, ratios).

    ``statistic`` takes as many one-dimensional arrays as there are samples; replicates are resampled
    together. The generator is seeded with a constant: the same replicates give the same interval. A statistic
    that no resample changes has the interval [value, value]; a single replicate has none (NaN). Raises
    ``ValueError`` when the samples are not of one length.
    """
    arrays = [np.asarray(sample, dtype=float) for sample in samples]
    if not arrays or len({array.shape for array in arrays}) != 1 or arrays[0].ndim != 1:
        raise ValueError("samples must be one-dimensional and of one length")
    value = float(statistic(*arrays))
    n = len(arrays[0])
    if n < 2:
        return value, math.nan, math.nan
    if all((array == array[0]).all() for array in arrays):
        return value, value, value
    rows = np.arange(n)

    def of_rows(drawn: NDArray[np.int64]) -> float:
        return float(statistic(*(array[drawn] for array in arrays)))

    def interval(method: str) -> tuple[float, float]:
        found = scipy.stats.bootstrap(
            (rows,),
            of_rows,
            confidence_level=level,
            n_resamples=RESAMPLES,
            method=method,
            vectorized=False,
            rng=np.random.default_rng(BOOTSTRAP_SEED),
        ).confidence_interval
        return float(found.low), float(found.high)

    with np.errstate(all="ignore"):
        low, high = _quietly(interval, "BCa")
        if not (math.isfinite(low) and math.isfinite(high)):  # BCa has no acceleration where the jackknife is flat
            low, high = _quietly(interval, "percentile")
    return value, low, high


def _quietly(interval: Callable[[str], tuple[float, float]], method: str) -> tuple[float, float]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", scipy.stats.DegenerateDataWarning)
        return interval(method)


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """p-values adjusted for being several (Holm 1979), in their order; NaN stays NaN and is not counted."""
    p = np.asarray(p_values, dtype=float)
    adjusted = np.full(p.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    factors = len(order) - np.arange(len(order))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(factors * p[order]))
    return adjusted


def replicates_needed(differences: ArrayLike, half_width: float, level: float = LEVEL) -> int:
    """Fewest replicates whose t interval would be within ± ``half_width``, at the spread seen so far.

    Raises ``ValueError`` for fewer than two differences or a half-width that is not positive.
    """
    values = np.asarray(differences, dtype=float)
    if len(values) < 2:
        raise ValueError(f"{len(values)} difference says nothing about spread; at least 2 are needed")
    if not half_width > 0:
        raise ValueError(f"half_width={half_width} must be above 0")
    spread = float(values.std(ddof=1))

    def is_enough(n: int) -> bool:
        return scipy.stats.t.ppf((1 + level) / 2, n - 1) * spread / math.sqrt(n) <= half_width

    high = 2
    while not is_enough(high):
        high *= 2
    low = max(2, high // 2)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle + 1, high)
    return high


@dataclass(frozen=True)
class JointRegion:
    """Where the mean composition lies, both coordinates at once: an ellipse in log-ratio coordinates.

    ``mean`` has shape (2,), ``covariance`` (2, 2) is that of single replicates, and ``scale`` stretches its
    root to the border of the region: √(2(n−1)/(n(n−2)) · F) with F the quantile of F(2, n−2) (Hotelling's
    T²).
    """

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]
    scale: float
    n: int
    level: float

    def outline(self, points: int = 180) -> NDArray[np.float64]:
        """Border of the region, closed (the last point is the first), shape (``points`` + 1, 2)."""
        angles = np.linspace(0, 2 * np.pi, points + 1)
        angles[-1] = 0.0
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
        variances, axes = np.linalg.eigh(self.covariance)
        return self.mean + self.scale * (circle * np.sqrt(np.maximum(variances, 0))) @ axes.T

    def contains(self, point: ArrayLike) -> bool:
        """Whether a point, shape (2,), lies in the region; a region without width holds its own line only."""
        offset = np.asarray(point, dtype=float) - self.mean
        variances, axes = np.linalg.eigh(self.covariance)
        along = offset @ axes
        flat = variances <= 1e-12 * max(float(variances.max()), 1e-300)
        if (np.abs(along[flat]) > 1e-9).any():
            return False
        return bool((along[~flat] ** 2 / variances[~flat]).sum() <= self.scale**2)


def joint_region(points: ArrayLike, level: float = LEVEL) -> JointRegion:
    """Hotelling's T² region of the mean of replicates in log-ratio coordinates, shape (n, 2).

    Raises ``ValueError`` for fewer than three replicates or points that are not finite.
    """
    values = _replicate_points(points)
    n = len(values)
    quantile = float(scipy.stats.f.ppf(level, 2, n - 2))
    scale = math.sqrt(2 * (n - 1) / (n * (n - 2)) * quantile)
    return JointRegion(values.mean(axis=0), np.cov(values.T), scale, n, level)


def _replicate_points(points: ArrayLike) -> NDArray[np.float64]:
    values = np.asarray(points, dtype=float)
    if values.ndim != 2 or values.shape[1] != 2 or not np.isfinite(values).all():
        raise ValueError(f"replicates of a composition are finite points of shape (n, 2), not {values.shape}")
    if len(values) < 3:
        raise ValueError(f"{len(values)} replicates have no joint region; at least 3 are needed")
    return values


@dataclass(frozen=True)
class Equivalence:
    """Whether a mean composition is as good as at a target, within a margin of Aitchison distance.

    ``distance`` is that of the mean; ``upper`` the smallest margin that would be passed at the level;
    ``p_value`` is of the hypothesis that the mean lies outside the margin. ``share_within`` is the share of
    single replicates within the margin, with an exact (Clopper–Pearson) interval: the probability that one
    run comes that close.
    """

    distance: float
    upper: float
    margin: float
    p_value: float
    is_equivalent: bool
    share_within: float
    share_low: float
    share_high: float
    n: int


def equivalence_to_target(
    points: ArrayLike, target: Sequence[float] = TARGET, margin: float = 0.1, level: float = LEVEL
) -> Equivalence:
    """Tests whether replicates, shape (n, 2) in log-ratio coordinates, meet a target ratio within a margin.

    Two one-sided tests, for a disc: the mean lies within ``margin`` of the target exactly when it does so in
    every direction ``u``, and each direction has its one-sided t test of ``u·(mean − target) < margin``.
    Rejecting all of them is an intersection–union test, so none needs correction and the p-value is the
    largest of them (Berger 1982; Schuirmann 1987 for one dimension). ``target`` is in parts (province, city,
    county).
    Raises ``ValueError`` for fewer than three replicates or a margin that is not positive.
    """
    values = _replicate_points(points)
    if not margin > 0:
        raise ValueError(f"margin={margin} must be above 0")
    n = len(values)
    offsets = values - ilr(target)
    mean, covariance = offsets.mean(axis=0), np.cov(offsets.T)
    distance = float(np.linalg.norm(mean))
    angles = np.arctan2(mean[1], mean[0]) + np.linspace(0, 2 * np.pi, DIRECTIONS, endpoint=False)
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    towards = directions @ mean
    errors = np.sqrt(np.maximum(np.einsum("ui,ij,uj->u", directions, covariance, directions), 0) / n)
    upper = float((towards + scipy.stats.t.ppf(level, n - 1) * errors).max())
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = (margin - towards) / errors
    p_value = float(np.nan_to_num(scipy.stats.t.sf(statistic, n - 1), nan=1.0).max())
    within = int((np.linalg.norm(offsets, axis=1) <= margin).sum())
    interval = scipy.stats.binomtest(within, n).proportion_ci(level, method="exact")
    return Equivalence(
        distance=distance,
        upper=upper,
        margin=margin,
        p_value=p_value,
        is_equivalent=upper < margin,
        share_within=within / n,
        share_low=float(interval.low),
        share_high=float(interval.high),
        n=n,
    )
