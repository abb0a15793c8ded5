"""Factors of a design: keys of a scenario with the values they may take, written in Hydra's grammar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.configuration.short_forms import expand, override_of, short
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import Declaration, declarations
from sim.policy import Policy
from sim.stress import Stress
from sim.vocabulary import shown, suggestion

if TYPE_CHECKING:
    from hydra.core.override_parser.types import Override

OPTIONS = ("after", "before", "stress", "behaviour")
"""Groups of which a factor may take whole options: ``after: status_quo,whistle``."""

GROUPS: dict[str, type] = {"after": Policy, "before": Policy, "behaviour": Behaviour, "stress": Stress}
"""Parameter groups of a scenario."""

SOURCE = "province.source"
"""The factor that is provinces."""

PLACES = (SOURCE, "places")
"""Factors that are places: they are set side by side, and none of them is the best."""

OTHERS = ("province.", "calendar.")
"""Keys that a factor may be, besides parameters; their values are listed one by one."""

VALUES_MAX = 100_000
"""More values of one factor are taken for a mistake."""


@dataclass(frozen=True)
class Factor:
    """One key of a scenario and the values that a design may give it.

    Attributes:
        key: as typed, ``after``, ``after.staff.mediators_county``, ``behaviour.patience``.
        values: of a factor with single values, in their order; empty for an interval.
        low, high: ends of an interval.
        unit: of the numbers; empty for options and choices.
    """

    key: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    unit: str = ""

    @property
    def is_interval(self) -> bool:
        """Whether any number between two ends may be taken."""
        return not self.values

    @property
    def is_ordered(self) -> bool:
        """Whether the values are numbers (of which there is a more and a less)."""
        return self.is_interval or all(
            isinstance(value, int | float) and not isinstance(value, bool) for value in self.values
        )

    def at(self, quantile: float) -> Any:
        """The value at a quantile, 0 ≤ q < 1: uniform over the interval, or one of the values, equally likely."""
        if self.is_interval:
            return self.low + quantile * (self.high - self.low)
        return self.values[min(int(quantile * len(self.values)), len(self.values) - 1)]

    def steps(self, count: int) -> tuple[Any, ...]:
        """The values of a grid: the factor's own, or ``count`` numbers from end to end of its interval."""
        if not self.is_interval:
            return self.values
        width = (self.high - self.low) / (count - 1) if count > 1 else 0.0
        return tuple(round(self.low + step * width, 12) for step in range(count))

    def as_dict(self) -> dict[str, Any]:
        """What ``study.yaml`` holds of a factor besides its key."""
        if self.is_interval:
            return {"low": self.low, "high": self.high, "unit": self.unit}
        values = [shown_value(value) if isinstance(value, list) else value for value in self.values]
        return {"values": values, "unit": self.unit}

    @staticmethod
    def declared(key: str, declaration: Declaration) -> Factor:
        """A factor over the whole declared range of a parameter, or all its choices."""
        if declaration.choices:
            yes_no = declaration.choices == ("false", "true")
            return Factor(key, (False, True) if yes_no else tuple(declaration.choices))
        assert declaration.low is not None and declaration.high is not None
        return Factor(key, low=float(declaration.low), high=float(declaration.high), unit=declaration.unit)


DECLARED = "declared"
"""Written for the values of a factor: the whole range that its parameter is declared with."""


def factors_of(expressions: Mapping[str, Any]) -> list[Factor]:
    """Factors by key, in order; each as a sweep of Hydra's, a list, or ``declared``.

    ``8,16,24``, ``range(8,25,8)``, ``interval(0.2,1)``, ``status_quo,whistle``, ``[8, 16]``, ``declared``. Raises
    ``InputError`` for a key that no scenario has and for values that are none.
    """
    return [_factor(short(expand_key(key)), value) for key, value in expressions.items()]


def expand_key(key: str) -> str:
    """The full form of a key: ``places`` → ``province.places``, ``province`` → ``province.source``."""
    if key == "province":
        return "province.source"
    return expand(f"{key}=x").partition("=")[0] if key == "places" else key


def declaration_of(key: str) -> Declaration | None:
    """The declaration of the parameter that a key names; ``None`` for a whole option or another key."""
    group, _, name = key.partition(".")
    if not name or group not in GROUPS:
        return None
    return next((each for each in declarations(GROUPS[group]) if each.name == name), None)


def _factor(key: str, written: Any) -> Factor:
    declared = declaration_of(key)
    if declared is None and key not in (*OPTIONS, "places") and not key.startswith(OTHERS):
        raise InputError(f"study.factors: there is no key {key!r}; {suggestion(key, _keys())}")
    if written == DECLARED:
        if declared is None:
            raise InputError(f"study.factors.{key}={DECLARED}: only a lever, an uncertainty or a stress has a range")
        return Factor.declared(key, declared)
    unit = "" if declared is None or declared.choices else declared.unit
    if isinstance(written, Sequence) and not isinstance(written, str):
        values = list(written)
    else:
        override = _parsed(key, written)
        if override.is_interval_sweep():
            return _interval(key, override, declared, unit)
        values = _values(key, override)
    if not values:
        raise InputError(f"study.factors.{key}: it has no values")
    if len({value if type(value) in (int, float) else str(value) for value in values}) < len(values):
        raise InputError(f"study.factors.{key}={shown(values)}: a value is given twice")
    return Factor(key, tuple(values), unit=unit)


def _keys() -> list[str]:
    return [*OPTIONS, *(f"{group}.{each.name}" for group, kind in GROUPS.items() for each in declarations(kind))]


def _parsed(key: str, written: Any) -> Override:
    from hydra.errors import HydraException

    try:
        return override_of(f"{key}={written}")
    except HydraException:
        raise InputError(
            f"study.factors.{key}={shown(written)} is not allowed: write values (8,16), range(8,25,8), "
            f"interval(0.2,1) or {DECLARED}"
        ) from None


def _interval(key: str, override: Override, declared: Declaration | None, unit: str) -> Factor:
    ends = override.value()
    low, high = float(ends.start), float(ends.end)  # type: ignore[union-attr, arg-type]
    if declared is None or declared.choices:
        raise InputError(f"study.factors.{key}={override.get_value_string()}: only a number has an interval")
    if not low < high:
        raise InputError(f"study.factors.{key}={override.get_value_string()}: the first end must be below the second")
    return Factor(key, low=low, high=high, unit=unit)


def _values(key: str, override: Override) -> list[Any]:
    from itertools import islice

    if override.is_sweep_override():
        if not override.is_discrete_sweep():
            raise InputError(f"study.factors.{key}: this kind of sweep makes no points")
        found = [override._convert_value(value) for value in islice(override.sweep_iterator(), VALUES_MAX + 1)]
        if len(found) > VALUES_MAX:
            raise InputError(f"study.factors.{key}: more than {VALUES_MAX:,} values")
        return found
    return [override.value()]


def shown_value(value: Any) -> str:
    """A factor's value as people write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):  # places
        return f"[{','.join(map(str, value))}]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


CHANCE = "chance"
"""The factor that is no uncertainty: which seed a run has."""
