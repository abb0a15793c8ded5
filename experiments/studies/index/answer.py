"""What an index answers: that it is illustrative, what is true and recorded beside it, and whether they go together."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from experiments.configuration.words_file import in_language
from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.caveats import caveats_of
from experiments.report.text import Words
from experiments.studies.index.result import BESIDE, BESIDE_MONTHS, WORDS, IndexResult

CITIES_MIN = 5
"""Cities below which nothing is said of whether two figures go together."""

DURABLE = 0
"""Place in ``BESIDE`` of durable beside recorded success."""


def answer_of(result: IndexResult, words: Words) -> Answer:
    """The answer; no city is named, since the index is no ranking."""
    said = in_language(WORDS, words.language)
    index, true, recorded = _by_city(result)
    lines = [said["answer.note"], _range(result, index, said), _beside(true, recorded, said)]
    found = correlation(index, true)
    if math.isfinite(found[0]):
        key = "up" if found[1] > 0 else "down" if found[2] < 0 else "unclear"
        value, low, high = (numbers.signed(each) for each in found)
        told = said[f"answer.together.{key}"].format(value=value, low=low, high=high, n=len(index))
        is_part = any(leaf.measure == BESIDE[DURABLE][0] for leaf in result.index.leaves)
        lines.append(words.joined(told, *([said["answer.together.part"]] if is_part else [])))
    else:
        lines.append(said["answer.together.few"].format(n=len(index), least=CITIES_MIN))
    if len(result.seeds) > 1:
        lines.append(_sure(result, index, said))
    replicates = len(result.seeds)
    return Answer(
        question=said["question"],
        text=tuple(map(words.spaced, lines)),
        effect=Quantity(BESIDE[DURABLE][0], found[0], "rank correlation") if math.isfinite(found[0]) else None,
        range=(found[1], found[2]) if math.isfinite(found[0]) else None,
        bases={
            "range": "cities",
            "replicates": replicates,
            "behaviours": result.ensemble and {"name": result.ensemble.name, "members": len(result.ensemble)},
        },
        caveats=(*caveats_of(result.scenario, result.ensemble, replicates, words), said["caveat"]),
    )


def correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float, float]:
    """Spearman's rank correlation over cities, shape (n,), with its 95 % interval; NaN for too few.

    The interval is Fisher's with the variance of Bonett & Wright (2000).
    """
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < CITIES_MIN or np.ptp(one[known]) == 0 or np.ptp(other[known]) == 0:
        return math.nan, math.nan, math.nan
    value = float(stats.spearmanr(one[known], other[known]).statistic)
    if abs(value) > 1 - 1e-12:
        return value, value, value
    half = float(stats.norm.ppf(0.975)) * math.sqrt((1 + value**2 / 2) / (known.sum() - 3))
    return value, math.tanh(math.atanh(value) - half), math.tanh(math.atanh(value) + half)


def _by_city(result: IndexResult) -> tuple[NDArray[np.float64], ...]:
    """The index of the last twelve months, durable and recorded success by city, over the replicates."""
    cities = range(len(result.cities))
    index = np.array([result.over_replicates(result.last_year[:, city]).mean for city in cities])
    true, recorded = (np.array([result.beside_of(city, DURABLE, side).mean for city in cities]) for side in (0, 1))
    return index, true, recorded


def _range(result: IndexResult, index: NDArray[np.float64], said: Mapping[str, str]) -> str:
    known = index[np.isfinite(index)]
    if not len(known):
        return said["answer.undefined"]
    low, middle, high = (numbers.plain(float(each), 1) for each in np.quantile(known, [0, 0.5, 1]))
    key = "one" if len(known) == 1 else "range"
    return said[f"answer.{key}"].format(
        n=len(known), low=low, high=high, middle=middle, months=BESIDE_MONTHS, last=result.months[-1]
    )


def _beside(true: NDArray[np.float64], recorded: NDArray[np.float64], said: Mapping[str, str]) -> str:
    def ends(values: NDArray[np.float64]) -> str:
        known = values[np.isfinite(values)]
        if not len(known):
            return numbers.NONE
        low, high = numbers.bare(float(known.min()), "share"), numbers.percent(float(known.max()))
        return high if len(known) == 1 else said["ends"].format(low=low, high=high)

    return said["answer.beside"].format(recorded=ends(recorded), true=ends(true))


def _sure(result: IndexResult, index: NDArray[np.float64], said: Mapping[str, str]) -> str:
    """How far a city's index ranges, beside how far cities differ."""
    each = [result.over_replicates(result.last_year[:, city]) for city in range(len(index))]
    widths = [one.high - one.low for one in each if math.isfinite(one.high - one.low)]
    if not widths:
        return said["answer.undefined"]
    wide, apart = float(np.median(widths)), float(np.ptp(index[np.isfinite(index)]))
    key = "one_city" if len(index) == 1 else "wider" if wide >= apart else "narrower"
    of = said["of.behaviours" if result.ensemble else "of.chance"]
    return said[f"answer.sure.{key}"].format(wide=numbers.plain(wide, 1), apart=numbers.plain(apart, 1), of=of)
