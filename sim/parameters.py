"""How a parameter is declared: meaning, unit, range, tag and source stand beside its default, in one place.

A parameter is a field of a pydantic dataclass, annotated with ``parameter(...)``. The same declaration validates
it, is Hydra's schema, prints in ``pyramid list``, fills the report's provenance table and becomes the record the
compiled rules read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, cast, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, Field
from pydantic.fields import FieldInfo

STRICT = ConfigDict(extra="forbid", validate_assignment=True)
"""pydantic configuration of every parameter group: an unknown key is an error."""


class Tag(Enum):
    """Where a number comes from."""

    F = "fact with a source"
    D = "derived here from facts"
    A = "assumed: a sweep range, never a fact"


def parameter(meaning: str, unit: str, low: float, high: float, tag: str = "A", source: str = "") -> Any:
    """Declares one parameter: ``Annotated[float, parameter("…", "days", 1, 60, "F", "source")] = 30``.

    Bounds are inclusive. ``tag`` is the name of a ``Tag``; an assumed value needs no source.
    """
    extra: dict[str, Any] = {"unit": unit, "low": low, "high": high, "tag": Tag[tag].name}
    extra["source"] = source or "assumed"
    return Field(ge=low, le=high, description=meaning, json_schema_extra=extra)


def choice(meaning: str, tag: str = "A", source: str = "") -> Any:
    """Declares a parameter whose values are the members of an enum (or yes / no)."""
    extra: dict[str, Any] = {"unit": "choice", "low": None, "high": None, "tag": Tag[tag].name}
    extra["source"] = source or "assumed"
    return Field(description=meaning, json_schema_extra=extra)


@dataclass(frozen=True)
class Declaration:
    """One parameter as declared: its dotted name, default, unit, allowed values, tag, source and meaning."""

    name: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    choices: tuple[str, ...]
    tag: str
    source: str
    meaning: str

    @property
    def allowed(self) -> str:
        """Allowed values as text: ``0 to 1`` or ``windows, unified``."""
        return ", ".join(self.choices) if self.choices else f"{self.low:g} to {self.high:g}"


def declarations(group: Any, prefix: str = "") -> Iterator[Declaration]:
    """All parameters of a parameter group (class or instance), nested groups included, in order."""
    owner = group if isinstance(group, type) else type(group)
    instance = owner() if isinstance(group, type) else group
    hints = get_type_hints(owner, include_extras=True)
    for field in fields(owner):
        value = getattr(instance, field.name)
        if is_dataclass(value):
            yield from declarations(value, f"{prefix}{field.name}.")
            continue
        kind, *notes = get_args(hints[field.name]) or (hints[field.name],)
        info = next((note for note in notes if isinstance(note, FieldInfo)), None)
        if info is None or not isinstance(info.json_schema_extra, dict):
            continue
        extra: dict[str, Any] = info.json_schema_extra
        choices: tuple[str, ...] = ()
        if isinstance(kind, type) and issubclass(kind, Enum):
            choices = tuple(member.name for member in kind)
        elif kind is bool:
            choices = ("false", "true")
        yield Declaration(
            name=prefix + field.name,
            default=value.name if isinstance(value, Enum) else value,
            unit=extra["unit"],
            low=extra["low"],
            high=extra["high"],
            choices=choices,
            tag=extra["tag"],
            source=extra["source"],
            meaning=info.description or "",
        )


@cache
def _leaves(group: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Leaf names of a group's declared parameters, and what reads all their values from one.

    Resolving type hints is slow, so once a class.
    """
    paths: dict[str, str] = {}
    for declared in declarations(group):
        leaf = declared.name.rpartition(".")[2]
        if leaf in paths:
            raise TypeError(f"two parameters are called {leaf!r}")
        paths[leaf] = declared.name
    if len(paths) == 1:  # an attrgetter of one name gives no tuple
        (path,) = paths.values()
        return tuple(paths), lambda one: (attrgetter(path)(one),)
    return tuple(paths), attrgetter(*paths.values()) if paths else lambda _: ()


@cache
def _position(member: Enum) -> float:
    return float(list(type(member)).index(member))


def vector(group: Any) -> NDArray[np.float64]:
    """The numbers of ``flat``, in its order."""
    values = _leaves(cast(Any, type(group)))[1](group)
    return np.array([_position(value) if isinstance(value, Enum) else float(value) for value in values])


def flat(group: Any) -> dict[str, float]:
    """Leaf name → number of every declared parameter (enums by position, booleans as 0 / 1).

    Leaf names are unique over nested groups (checked), so that rules read ``levers.whistle_response``.
    """
    return dict(zip(_leaves(cast(Any, type(group)))[0], vector(group).tolist(), strict=True))


@cache
def record_type(group: type) -> np.dtype:
    """The record the compiled rules read: one float64 per declared parameter."""
    return np.dtype([(name, np.float64) for name in _leaves(cast(Any, group))[0]], align=True)


def to_record(group: Any) -> np.ndarray:
    """A parameter group as an array of one record (shape (1,)) of ``record_type``."""
    return vector(group).view(record_type(cast(Any, type(group))))
