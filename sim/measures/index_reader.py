"""Reads an index out of plain values, as YAML or JSON hold them, and refuses what could not be an honest one.

Beside spelling and types: a leaf may only score a measure that is good or bad in itself, and only in that direction.
Measures that count petitions are neither, so no index rewards few of them.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, cast

import numpy as np

from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS, EVENTS, Ledger
from sim.measures.index import FULL_SCORE, Branch, Index, Leaf
from sim.measures.measure import Measure
from sim.measures.weighting import ahp_weights, comparisons_of

NAMES = ("name_en", "name_zh")
COMMON = (*NAMES, "weight", "tags")
BRANCH_KEYS = (*COMMON, "indicators", "comparisons", "entropy")
LEAF_KEYS = (*COMMON, "measure", "worst", "best", "months", "per_residents", "kinds")
INDEX_KEYS = ("name", *NAMES, "counts", "colours", "months", "indicators", "comparisons", "entropy")

MONTHS_MAX = 120
RESIDENTS_MAX = 10_000_000

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAG = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*")


def read_index(values: Mapping[str, Any], known: Mapping[str, Measure]) -> Index:
    """The index of plain values; ``known`` holds the measures by name.

    ``values`` has ``name``, ``name_en``, ``name_zh``, ``indicators`` (by name, each a branch with ``indicators`` of its
    own or a leaf with ``measure``), ``colours`` (name: lowest score), ``counts`` (indicators a level; may be missing)
    and ``months`` (window of a leaf that names none; 1). A branch's children are weighted by their ``weight`` (1), by
    its ``comparisons`` (rows of a pairwise comparison matrix) or, with ``entropy``, by how much units differ. Raises
    ``InputError`` that names the indicator, what is wrong with it and what is allowed.
    """
    if not isinstance(values, Mapping) or not values:
        raise InputError("index: there is none; choose one, such as index=pingan")
    name = values.get("name")
    origin = f"index {name}" if isinstance(name, str) else "index"
    _check_keys(values, INDEX_KEYS, origin)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InputError(f"{origin}: name={name!r} must be small letters, digits and _, a letter first")
    reader = _Reader(known, _whole(values.get("months", 1), 1, MONTHS_MAX, f"{origin}: months"))
    root = reader.branch(name, values, origin, 1.0, ())
    index = Index(root, _colours(values.get("colours"), f"{origin}: colours"))
    counts = values.get("counts")
    if counts is not None and (not _is_list(counts) or tuple(counts) != index.counts):
        found = ", ".join(str(count) for count in index.counts)
        raise InputError(f"{origin}: counts={counts} is not what the tree has, level by level: [{found}]")
    return index


class _Reader:
    """Reads nodes and remembers their names, which are unique over the whole tree."""

    def __init__(self, known: Mapping[str, Measure], months: int) -> None:
        self.known = known
        self.months = months
        self.seen: dict[str, str] = {}

    def branch(self, name: str, values: Mapping[str, Any], origin: str, weight: float, tags: tuple[str, ...]) -> Branch:
        """A branch with everything below it; ``tags`` are inherited and its own."""
        self._remember(name, origin)
        children = values.get("indicators")
        if not isinstance(children, Mapping) or not children:
            raise InputError(f"{origin}: indicators={children!r} must be indicators by name, at least one")
        is_by_entropy = values.get("entropy", False)
        if not isinstance(is_by_entropy, bool):
            raise InputError(f"{origin}: entropy={is_by_entropy!r} must be true or false")
        weights = self._weights(values, children, origin, is_by_entropy)
        read = tuple(
            self._node(str(child), inner, f"{origin}.{child}" if "," in origin else f"{origin}, {child}", given, tags)
            for (child, inner), given in zip(children.items(), weights, strict=True)
        )
        return Branch(name, *_people(values, origin), weight, read, is_by_entropy, tags)

    def _weights(
        self, values: Mapping[str, Any], children: Mapping[str, Any], origin: str, is_by_entropy: bool
    ) -> list[float]:
        given = {name: inner["weight"] for name, inner in children.items() if _has(inner, "weight")}
        rows = values.get("comparisons")
        if rows is not None or is_by_entropy:
            instead = "comparisons" if rows is not None else "entropy"
            if rows is not None and is_by_entropy:
                raise InputError(f"{origin}: comparisons and entropy cannot both weigh its indicators")
            if given:
                raise InputError(f"{origin}: {next(iter(given))} has a weight, but {instead} weigh these indicators")
        if rows is not None:
            if not isinstance(rows, Sequence) or isinstance(rows, str) or len(rows) != len(children):
                raise InputError(f"{origin}: comparisons must have a row for each of its {len(children)} indicators")
            matrix = comparisons_of(rows, f"{origin}: comparisons")
            return [float(weight) for weight in ahp_weights(matrix, f"{origin}: comparisons")]
        weights = [_number(given.get(name, 1), f"{origin}: weight of {name}") for name in children]
        for name, weight in zip(children, weights, strict=True):
            if weight < 0:
                raise InputError(f"{origin}: weight of {name} is {weight:g}; it must be 0 or more")
        if not any(weights):
            raise InputError(f"{origin}: the weights of its indicators are all 0; at least one must be more")
        return weights

    def _node(self, name: str, values: Any, origin: str, weight: float, inherited: tuple[str, ...]) -> Branch | Leaf:
        if not _NAME.fullmatch(name):
            raise InputError(f"{origin}: the name {name!r} must be small letters, digits and _, a letter first")
        if not isinstance(values, Mapping):
            raise InputError(f"{origin}: {values!r} is no indicator: it needs indicators, or a measure")
        is_branch = "indicators" in values
        _check_keys(values, BRANCH_KEYS if is_branch else LEAF_KEYS, origin)
        tags = (*inherited, *(tag for tag in _tags(values.get("tags", ()), origin) if tag not in inherited))
        if is_branch:
            return self.branch(name, values, origin, weight, tags)
        self._remember(name, origin)
        return self._leaf(name, values, origin, weight, tags)

    def _leaf(self, name: str, values: Mapping[str, Any], origin: str, weight: float, tags: tuple[str, ...]) -> Leaf:
        measure = self._measure(values.get("measure"), origin)
        worst = _number(values.get("worst"), f"{origin}: worst")
        best = _number(values.get("best"), f"{origin}: best")
        _check_direction(measure, worst, best, origin)
        kinds = _kinds(values.get("kinds", ()), origin)
        if kinds and not counts_events_alone(measure):
            raise InputError(f"{origin}: {measure.name} is not counted by kind of dispute; leave kinds out")
        return Leaf(
            name,
            *_people(values, origin),
            weight,
            measure.name,
            worst,
            best,
            _whole(values.get("months", self.months), 1, MONTHS_MAX, f"{origin}: months"),
            _whole(values.get("per_residents", 0), 0, RESIDENTS_MAX, f"{origin}: per_residents"),
            kinds,
            tags,
        )

    def _measure(self, name: Any, origin: str) -> Measure:
        if not isinstance(name, str) or name not in self.known:
            raise InputError(f"{origin}: there is no measure {name!r}{_near(str(name), self.known)}")
        return self.known[name]

    def _remember(self, name: str, origin: str) -> None:
        if name in self.seen:
            raise InputError(f"{origin}: the name {name} is used twice, also at {self.seen[name]}")
        self.seen[name] = origin


def _check_direction(measure: Measure, worst: float, best: float, origin: str) -> None:
    """Refuses a leaf that scores what is neither good nor bad, or scores it the wrong way round."""
    if measure.better not in ("up", "down"):
        raise InputError(
            f"{origin}: {measure.name} is neither better high nor better low, so it cannot score: "
            "few petitions, say, do not mean content people"
        )
    if worst == best:
        raise InputError(f"{origin}: worst and best are both {worst:g}; they must differ")
    if (best > worst) != (measure.better == "up"):
        way = "higher" if measure.better == "up" else "lower"
        raise InputError(f"{origin}: worst={worst:g} best={best:g}, but {measure.name} is better {way}")


@cache
def counts_events_alone(measure: Measure) -> bool:
    """Whether a measure is computed from events alone, so that it can be taken of some kinds of dispute.

    Found by trying: on a ledger that holds events and residents and nothing else, another measure fails.
    """
    nothing = cast(Any, None)
    shape = (1, 12, len(DISPUTE_KINDS), len(EVENTS))
    trial = Ledger(
        months=np.datetime64("2018-01", "M") + np.arange(shape[1]),
        county_codes=np.array([1]),
        county_city=np.zeros(1, np.int32),
        city_codes=np.array([1]),
        city_tier=np.ones(1, np.bool_),
        county_tier=np.ones(1, np.bool_),
        county_population=np.array([1000]),
        county_urban_population=np.array([500]),
        counts=np.ones(shape, np.int32),
        durations=nothing,
        work=nothing,
        groups=nothing,
        monthly=nothing,
        trust=nothing,
        survey=nothing,
        government=nothing,
        cost=nothing,
    )
    try:
        measure.function(trial)
    except (AttributeError, TypeError):
        return False
    return True


def _colours(given: Any, origin: str) -> tuple[tuple[str, float], ...]:
    if not isinstance(given, Mapping) or not given:
        raise InputError(f"{origin} must be names with their lowest scores, such as green: 80")
    colours = [(str(name), _number(lowest, f"{origin}: {name}")) for name, lowest in given.items()]
    lowest = [score for _, score in colours]
    if lowest[-1] != 0 or lowest[0] >= FULL_SCORE or any(a <= b for a, b in pairwise(lowest)):
        shown = ", ".join(f"{name}: {score:g}" for name, score in colours)
        raise InputError(f"{origin} are {shown}; lowest scores must fall from below {FULL_SCORE:g} to 0")
    return tuple(colours)


def _people(values: Mapping[str, Any], origin: str) -> tuple[str, str]:
    names = [values.get(key) for key in NAMES]
    for key, name in zip(NAMES, names, strict=True):
        if not isinstance(name, str) or not name.strip() or not name.isprintable():
            raise InputError(f"{origin}: {key}={name!r} must be a name for people")
    return str(names[0]), str(names[1])


def _tags(given: Any, origin: str) -> tuple[str, ...]:
    if not _is_list(given) or not all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in given):
        raise InputError(f"{origin}: tags={given!r} must be a list of such as goal:self_governance")
    return tuple(given)


def _kinds(given: Any, origin: str) -> tuple[str, ...]:
    if not _is_list(given):
        raise InputError(f"{origin}: kinds={given!r} must be a list of kinds of dispute")
    for kind in given:
        if kind not in DISPUTE_KINDS:
            raise InputError(f"{origin}: there is no kind of dispute {kind!r}{_near(str(kind), DISPUTE_KINDS)}")
    return tuple(given)


def _is_list(given: Any) -> bool:
    return isinstance(given, Sequence) and not isinstance(given, str)


def _has(values: Any, key: str) -> bool:
    return isinstance(values, Mapping) and key in values


def _check_keys(values: Mapping[str, Any], allowed: Sequence[str], origin: str) -> None:
    for key in values:
        if key not in allowed:
            raise InputError(f"{origin}: unknown key {key!r}{_near(str(key), allowed)}")


def _near(wrong: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(wrong, names, n=2, cutoff=0.6)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; there are: {', '.join(names)}" if len(names) <= 20 else "; see pyramid list measures"


def _number(given: Any, what: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise InputError(f"{what} is {given!r}; it must be a number")
    return float(given)


def _whole(given: Any, low: int, high: int, what: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
        raise InputError(f"{what} is {given!r}; it must be a whole number from {low} to {high:,}")
    return given
