"""A made-up census of any province: what is said of its counties' people, for tests of what that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import cache
from unittest.mock import patch

import numpy as np

from sim.behaviour.counties import CountyDifferences
from sim.province import Province, load_province
from sim.province.province import COVARIATES

MEANS = {
    "movers_within_county": 0.06,
    "movers_within_province": 0.05,
    "movers_from_other_provinces": 0.04,
    "schooling": 9.0,
    "aged_65": 0.13,
    "agriculture": 0.35,
    "mining": 0.02,
    "manufacturing": 0.10,
    "construction": 0.12,
    "trade": 0.11,
    "transport": 0.05,
    "real_estate": 0.01,
    "health": 0.03,
    "married": 0.72,
    "divorced": 0.025,
    "cars": 0.35,
    "lifts": 0.20,
    "bought_flats": 0.25,
}
"""What is usual, in the units of ``COVARIATES``."""


ALIKE = CountyDifferences(**{each.name: 0.0 for each in fields(CountyDifferences)})
"""Counties differ in nothing."""


def with_covariates(province: Province, values: Mapping[str, Mapping[int, float]]) -> Province:
    """The province with covariates of its counties, by name and code; what is not named is unknown."""
    whole = province.whole
    codes = whole.codes.tolist()
    covariates = {
        name: np.array([values.get(name, {}).get(code, np.nan) for code in codes], float) for name in COVARIATES
    }
    return replace(province, whole=replace(whole, covariates=covariates))


@cache
def made_up(province: Province) -> Province:
    """Everything from half to one and a half of the usual, by county and covariate; one cell in eleven is unknown."""
    values: dict[str, dict[int, float]] = {}
    for place, name in enumerate(COVARIATES):
        steps = {code: (7 * code + 5 * place) % 11 for code in province.whole.codes.tolist()}
        values[name] = {code: MEANS[name] * (0.5 + 0.1 * step) for code, step in steps.items() if step}
    return with_covariates(province, values)


@contextmanager
def census(describe: Callable[[Province], Province] = made_up) -> Iterator[None]:
    """Models made meanwhile have provinces that ``describe`` has described, those of both implementations."""

    def load(*choice: object) -> Province:
        return describe(load_province(*choice))  # type: ignore[arg-type]

    with patch("sim.model.load_province", load), patch("tests.reference.model.load_province", load):
        yield
