"""A composite index: a weighted tree of indicators whose leaves score measures of a ledger from 0 to 100.

A leaf scores one measure linearly between a worst and a best value. A branch is the weighted mean of its children; what
cannot be computed (NaN) is left out, and its weight goes to its siblings. Scores are of places (an index of a county is
the smallest), and only of measures that are good or bad in themselves: few recorded petitions never score.

An index is made from plain values by ``index_reader.read_index``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.ledger import DISPUTE_KINDS, Ledger
from sim.measures.measure import Measure
from sim.measures.weighting import entropy_weights

FULL_SCORE = 100.0


@dataclass(frozen=True)
class Leaf:
    """An indicator that scores one measure.

    Attributes:
        name, name_en, name_zh: unique in its index, ``snake_case``; and for people.
        weight: against its siblings; only the proportion counts.
        measure: name of the measure.
        worst, best: values that score 0 and 100; ``worst > best`` where less is better.
        months: length of the window the measure is taken over, ending with the month that is scored.
        per_residents: counts are taken per so many residents; 0 = as they are.
        kinds: kinds of dispute that are counted alone; none = all.
        tags: what it stands for beside its place in the tree, such as ``goal:self_governance``.
    """

    name: str
    name_en: str
    name_zh: str
    weight: float
    measure: str
    worst: float
    best: float
    months: int = 1
    per_residents: int = 0
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def score(self, value: ArrayLike) -> NDArray[np.float64]:
        """Scores 0 to 100 of values of the measure, any shape; NaN stays NaN."""
        part = (np.asarray(value, dtype=float) - self.worst) / (self.best - self.worst)
        return FULL_SCORE * np.clip(part, 0.0, 1.0)


@dataclass(frozen=True)
class Branch:
    """An indicator that is the weighted mean of its children; ``is_by_entropy`` says their weights wait for units."""

    name: str
    name_en: str
    name_zh: str
    weight: float
    children: tuple[Branch | Leaf, ...]
    is_by_entropy: bool = False
    tags: tuple[str, ...] = ()

    @property
    def shares(self) -> NDArray[np.float64]:
        """Weights of the children, sum 1."""
        weights = np.array([child.weight for child in self.children], dtype=float)
        return weights / weights.sum()

    def leaves(self) -> Iterator[Leaf]:
        """All leaves below, from the first to the last."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def walk(self, depth: int = 1) -> Iterator[tuple[int, Branch | Leaf]]:
        """Every indicator below with its level (1 = first), a branch before its children."""
        for child in self.children:
            yield depth, child
            if isinstance(child, Branch):
                yield from child.walk(depth + 1)


@dataclass(frozen=True)
class Index:
    """A tree of indicators and the colours of its scores.

    ``colours`` are names with the lowest score that has them, from the highest down to 0.
    """

    root: Branch
    colours: tuple[tuple[str, float], ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves, in the order of the last axis of values."""
        return tuple(self.root.leaves())

    @property
    def counts(self) -> tuple[int, ...]:
        """Number of indicators at the first level, the second, …"""
        levels = [depth for depth, _ in self.root.walk()]
        return tuple(levels.count(depth) for depth in range(1, max(levels) + 1))

    @property
    def needs_units(self) -> bool:
        """Whether some weights wait for the values of units (``weighted_by``)."""
        branches = [self.root, *(node for _, node in self.root.walk() if isinstance(node, Branch))]
        return any(branch.is_by_entropy for branch in branches)

    def overall_weights(self) -> dict[str, float]:
        """Every indicator's share in the whole index, when all leaves are known; each level sums to 1."""
        weights = {self.root.name: 1.0}

        def divide(branch: Branch) -> None:
            for child, share in zip(branch.children, branch.shares, strict=True):
                weights[child.name] = weights[branch.name] * float(share)
                if isinstance(child, Branch):
                    divide(child)

        divide(self.root)
        return weights

    def scores(self, values: ArrayLike) -> dict[str, NDArray[np.float64]]:
        """Score of every indicator by name, the index's own first, from values of the leaves.

        ``values`` has shape (…, leaves), each score (…). An indicator of which no leaf is known is NaN.
        """
        given = np.asarray(values, dtype=float)
        if given.ndim == 0 or given.shape[-1] != len(self.leaves):
            raise ValueError(f"values of {len(self.leaves)} leaves are needed, not shape {given.shape}")
        scores: dict[str, NDArray[np.float64]] = {self.root.name: np.empty(0)}
        columns = iter(np.moveaxis(given, -1, 0))
        scores[self.root.name] = _score(self.root, columns, scores)
        return scores

    def colour(self, score: float) -> str:
        """Colour of a score; empty for NaN."""
        return next((name for name, lowest in self.colours if score >= lowest), "")

    def weighted_by(self, values: ArrayLike) -> Index:
        """The index with the weights that wait for units taken from these, by entropy of their scores.

        ``values`` has shape (units, leaves). Such weights depend on the units: scores are comparable among them alone.
        """
        if not self.needs_units:
            return self
        given = np.asarray(values, dtype=float)
        return replace(self, root=_weigh(self.root, iter(given.T)))


def _score(
    branch: Branch, columns: Iterator[NDArray[np.float64]], scores: dict[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    parts = []
    for child in branch.children:
        scores[child.name] = np.empty(0)  # a branch stands before its children
        if isinstance(child, Leaf):
            scores[child.name] = child.score(next(columns))
        else:
            scores[child.name] = _score(child, columns, scores)
        parts.append(scores[child.name])
    return weighted_mean(np.stack(parts, axis=-1), branch.shares)


def weighted_mean(parts: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Weighted mean over the last axis of what is known: the weight of NaN goes to the others; NaN if none is left."""
    values, shares = np.asarray(parts, dtype=float), np.asarray(weights, dtype=float)
    known = np.where(np.isnan(values), 0.0, shares)
    total = known.sum(axis=-1)
    sums = (known * np.nan_to_num(values)).sum(axis=-1)
    return np.divide(sums, total, out=np.full(np.shape(total), np.nan), where=total > 0)


def _weigh(branch: Branch, columns: Iterator[NDArray[np.float64]]) -> Branch:
    children: list[Branch | Leaf] = []
    parts = []
    for child in branch.children:
        if isinstance(child, Leaf):
            weighed: Branch | Leaf = child
            parts.append(child.score(next(columns)))
        else:
            own = [next(columns) for _ in child.leaves()]
            weighed = _weigh(child, iter(own))
            parts.append(_score(weighed, iter(own), {}))
        children.append(weighed)
    if branch.is_by_entropy:
        weights = entropy_weights(np.stack(parts, axis=-1))
        children = [replace(child, weight=float(w)) for child, w in zip(children, weights, strict=True)]
    return replace(branch, children=tuple(children))


def values_by_month(
    index: Index, ledger: Ledger, months: NDArray[np.datetime64], known: Mapping[str, Measure]
) -> NDArray[np.float64]:
    """Values of an index's leaves for the place of a ledger, shape (months, leaves).

    ``ledger`` runs from the start of the calendar, so that stocks and windows of several months reach back; a window
    that would begin before the ledger begins with it. ``known`` holds the measures by name.
    """
    windows = _Windows(ledger)
    found = np.empty((len(months), len(index.leaves)))
    for row, month in enumerate(months):
        windows.turn_to(month)
        for column, leaf in enumerate(index.leaves):
            measure = known[leaf.measure]
            window = windows.of(leaf.kinds, len(ledger.months) if measure.is_stock else leaf.months)
            value = measure.value(window, window)
            found[row, column] = value * leaf.per_residents / ledger.residents if leaf.per_residents else value
    return found


class _Windows:
    """Windows of a ledger that end with one month, each made once."""

    def __init__(self, ledger: Ledger) -> None:
        self._of_kinds: dict[tuple[str, ...], Ledger] = {(): ledger}
        self._made: dict[tuple[tuple[str, ...], int], Ledger] = {}
        self._last = ledger.months[-1]

    def turn_to(self, month: np.datetime64) -> None:
        """Lets the windows end with another month."""
        self._made.clear()
        self._last = month

    def of(self, kinds: tuple[str, ...], months: int) -> Ledger:
        """The last so many months of some kinds of dispute (none given: all)."""
        if (kinds, months) not in self._made:
            if kinds not in self._of_kinds:
                self._of_kinds[kinds] = of_kinds(self._of_kinds[()], kinds)
            first = self._last - np.timedelta64(months - 1, "M")
            self._made[kinds, months] = self._of_kinds[kinds].window(str(first), str(self._last))
        return self._made[kinds, months]


def of_kinds(ledger: Ledger, kinds: Sequence[str]) -> Ledger:
    """A ledger with the events of some kinds of dispute alone; what is not counted by kind stays as it is."""
    rows = [DISPUTE_KINDS.index(kind) for kind in kinds]
    counts = np.zeros_like(ledger.counts)
    counts[:, :, rows] = ledger.counts[:, :, rows]
    return replace(ledger, counts=counts)
