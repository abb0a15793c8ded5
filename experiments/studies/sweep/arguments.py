"""The factors of a sweep that the command line brings: several values of a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from experiments.configuration.application import composing
from experiments.configuration.short_forms import expand_all, override_of, short, split_flags
from experiments.design.factors import DECLARED, OPTIONS, declaration_of
from experiments.studies.sweep.schema import SweepConfig


def prepare(arguments: Sequence[str]) -> tuple[list[str], Callable[[SweepConfig], None]]:
    """The arguments without those that are factors, and what puts these into the configuration.

    A factor on the command line replaces the study's own of that key; a single value there fixes it. Beneath an option
    that varies (``after.grid.visits_per_day`` beneath ``after``) it is a factor of one value, and so holds under all.
    """
    given = [argument for argument in arguments if argument not in ("-m", "--multirun")]
    overrides = split_flags(given)[1]
    factors, fixed = _split(overrides)

    def prepared(config: SweepConfig) -> None:
        own = {key: value for key, value in config.study.factors.items() if key not in fixed}
        varied = {**own, **factors}
        options = [f"{option}." for option in OPTIONS if option in varied]
        beneath = {key: value for key, value in fixed.items() if key.startswith(tuple(options)) and declaration_of(key)}
        config.study.factors = {**varied, **beneath}

    swept = {argument for argument in overrides if _key(argument) in factors}
    return [argument for argument in given if argument not in swept], prepared


def _split(overrides: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Factors by key as written, and single values by key."""
    factors: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for argument in overrides:
        with composing("sweep", [argument]):
            parsed = override_of(argument)
        key = _key(argument)
        factors.pop(key, None)
        fixed.pop(key, None)
        written = argument.partition("=")[2]
        if parsed.is_sweep_override() or written == DECLARED:
            factors[key] = written
        else:
            fixed[key] = written
    return factors, fixed


def _key(argument: str) -> str:
    return short(expand_all([argument])[0].partition("=")[0].lstrip("+~"))
