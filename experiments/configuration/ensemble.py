"""Ensembles: sets of behaviours that are all consistent with what is reported, instead of one best guess.

A run under an ensemble has the behaviour of one member, chosen by its seed alone (seed modulo members), so that every
policy is tried on the same people and pairs stay pairs. As many replicates as there are members try each once;
twice as many tell chance and what people are like apart (``statistics.variance_components``).

A member may also set levers of the status quo (``status_quo.petition.registration_county``): what nobody knows of the
present. A policy that does not name such a lever, before or after the reform, has the member's value of it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from experiments.configuration.shipped import config_directory
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import declarations
from sim.policy import Policy
from sim.scenario import Scenario
from sim.vocabulary import shown, suggestion

FOLDER = "behaviour"
"""Where the shipped ensembles are, below the configurations: ``<name>.csv`` beside ``<name>.json``, its provenance, and
``<name>.yaml``, by which ``behaviour=<name>`` chooses it."""

LARGEST = 2**24
"""Bytes of a file of members."""

LONGEST = 300
"""Letters of a text of its origin."""

MEMBERS_MAX = 10_000

NOTES = ("member", "implausibility")
"""Columns that describe a member and set nothing; the second one is of sets made by history matching, before 0.3.0."""

STATUS_QUO = "status_quo."
"""What the columns of levers begin with."""

Value = float | str
"""What a member sets: a number, or of a lever that is a choice its name."""


@dataclass(frozen=True)
class Origin:
    """Where the members of an ensemble come from.

    Attributes:
        province: source of the province whose reports they were fitted to.
        name_en, name_zh: what it is called.
        model_version: of the model that they were fitted with.
    """

    province: str
    name_en: str
    name_zh: str
    model_version: str


@dataclass(frozen=True)
class Ensemble:
    """A set of behaviours.

    Attributes:
        name: as it was asked for, a shipped name or the path of a file.
        columns: names of what the members set, uncertainties and ``status_quo.`` levers; the others keep the
            scenario's own value.
        rows: one row of values a member.
        digest: SHA-256 of the file.
        origin: where the members come from, where a calibration has written that beside them.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    digest: str
    origin: Origin | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def scenario(self, base: Scenario, seed: int) -> Scenario:
        """The scenario with the behaviour of the seed's member."""
        return base.vary(changes_of(base, self.columns, self.rows[seed % len(self)]))

    def range_of(self, column: str) -> str:
        """Smallest and largest value over the members, as text; of a choice, those that there are."""
        values = {row[self.columns.index(column)] for row in self.rows}
        numbers = [value for value in values if not isinstance(value, str)]
        return f"{min(numbers):g} – {max(numbers):g}" if numbers else ", ".join(sorted(map(str, values)))

    def column_of(self, group: str, name: str, value: Any) -> str | None:
        """The column that sets a parameter of a scenario's group that has a value; ``None`` where no member does."""
        column = name if group == "behaviour" else f"{STATUS_QUO}{name}"
        is_set = group == "behaviour" or (group in POLICIES and value == _DEFAULTS.get(name))
        return column if is_set and column in self.columns else None

    def as_dict(self) -> dict[str, Any]:
        """What ``study.yaml`` holds of it."""
        plain = {"name": self.name, "members": len(self), "sha256": self.digest, "uncertainties": list(self.columns)}
        return {**plain, "origin": asdict(self.origin)} if self.origin else plain


def seeds_by_member(seeds: Iterable[int], members: int) -> dict[int, list[int]]:
    """Which seeds have which behaviour: a run's member is its seed modulo the number of members."""
    found: dict[int, list[int]] = {}
    for seed in seeds:
        found.setdefault(seed % members, []).append(seed)
    return dict(sorted(found.items()))


def ensemble_of(name: str, base: Behaviour | None = None) -> Ensemble | None:
    """The ensemble that a configuration asks for; ``None`` for an empty name.

    ``base`` is the behaviour of the scenario: what the members set must not be set there too. Raises ``InputError`` for
    a name that there is not, a file that is no ensemble, and a member that is no behaviour.
    """
    if not name:
        return None
    file = _file(name)
    try:
        status = file.stat()
    except OSError as error:
        raise InputError(f"ensemble={name}: {file} cannot be read: {error.strerror or error}") from None
    found = _read(name, file, status.st_ctime_ns, status.st_size)  # times of contents may be set to anything
    found = replace(found, origin=_origin(file.with_suffix(".json")))
    default = Behaviour()
    for column in found.columns if base is not None else ():
        if column.startswith(STATUS_QUO):
            continue
        value = attrgetter(column)
        if value(base) != value(default):
            raise InputError(_set_twice(f"behaviour.{column}={value(base)}", column, name))
    return found


def check_varied(ensemble: Ensemble | None, keys: Iterable[str]) -> None:
    """Raises ``InputError`` for a key that is varied and that the members of an ensemble set."""
    for key in keys:
        group, _, column = key.partition(".")
        if ensemble is not None and group == "behaviour" and column in ensemble.columns:
            raise InputError(_set_twice(f"{key} is varied", column, ensemble.name))


def _set_twice(what: str, column: str, name: str) -> str:
    add = "add behaviour=default for one behaviour"
    return f"{what}, and {name}, a set of behaviours, sets it too: {add}, or leave behaviour.{column} out"


def refuse_ensemble(name: str, study: str, why: str) -> None:
    """Raises ``InputError`` where a study that can have none is given a set of behaviours."""
    if name:
        raise InputError(f"{study} takes no set of behaviours, here {name}: {why}")


def shipped() -> list[str]:
    """Names of the shipped ensembles."""
    return sorted(file.stem for file in (config_directory() / FOLDER).glob("*.csv"))


def _file(name: str) -> Path:
    if "/" not in name and not name.endswith(".csv"):
        if name not in shipped():
            raise InputError(f"there is no ensemble {name!r}; {suggestion(name, shipped())} (or the path of a .csv)")
        return config_directory() / FOLDER / f"{name}.csv"
    return Path(name)


def _origin(file: Path) -> Origin | None:
    """What a calibration has written of its members; ``None`` where that is not there, or written by something else."""
    try:
        if file.stat().st_size > LARGEST or not file.is_file():
            return None
        values = json.loads(file.read_bytes())
        province = values["province"]
        source = province["source"]
        english, chinese = (province[f"name_{each}"] for each in ("en", "zh"))
        texts = (source, english, chinese, values["model_version"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    is_plain = all(isinstance(each, str) and each.isprintable() and 0 < len(each) <= LONGEST for each in texts)
    return Origin(*texts) if is_plain else None


@lru_cache(maxsize=8)
def _read(name: str, file: Path, changed: int, size: int) -> Ensemble:
    if size > LARGEST or not file.is_file():
        raise InputError(f"ensemble={name}: {file} is no file of members (at most {LARGEST:,} bytes)")
    content = file.read_bytes()
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} is no CSV file: {error}") from None
    header, *body = [line for line in lines if line] or [[]]
    if not body or len(body) > MEMBERS_MAX:
        raise InputError(f"{file} has {len(body)} members; an ensemble has 1 to {MEMBERS_MAX:,}, below a line of names")
    if len(header) == 1 and re.search(r"[;\t]", header[0]):
        raise InputError(f"{file}: values must be separated by commas, with a point as the decimal mark")
    columns = [column for column in header if column not in NOTES]
    _check_columns(file, header, columns)
    rows = []
    for number, line in enumerate(body, 2):
        if len(line) != len(header):
            raise InputError(f"{file}, line {number}: {len(line)} values, but {len(header)} names")
        values = dict(zip(header, line, strict=True))
        rows.append(tuple(_value(file, number, column, values[column]) for column in columns))
        try:
            Scenario().vary(changes_of(Scenario(), columns, rows[-1]))
        except InputError as error:
            raise InputError("\n".join(f"{file}, line {number}: {each}" for each in str(error).splitlines())) from None
    return Ensemble(name, tuple(columns), tuple(rows), hashlib.sha256(content).hexdigest())


def changes_of(base: Scenario, columns: Sequence[str], row: Sequence[Value]) -> dict[str, Value]:
    """What a member changes in a scenario, by key: a lever only where a policy has it as the status quo has."""
    changes: dict[str, Value] = {}
    for column, value in zip(columns, row, strict=True):
        if not column.startswith(STATUS_QUO):
            changes[f"behaviour.{column}"] = value
            continue
        lever = column.removeprefix(STATUS_QUO)
        of = attrgetter(lever)
        for name in POLICIES:
            if of(getattr(base, name)) == of(_POLICY):
                changes[f"{name}.{lever}"] = value
    return changes


POLICIES = ("before", "after")

_POLICY = Policy()
_DEFAULTS = {declared.name: declared.default for declared in declarations(_POLICY)}


def _check_columns(file: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    for column in columns:
        if column not in CHOICES:
            what = "no uncertainty and no lever of the status quo"
            raise InputError(f"{file}: '{shown(column)}' is {what}; {suggestion(column, CHOICES)}")
    if len(set(header)) < len(header) or not columns:
        raise InputError(f"{file}: the first line must name uncertainties, each once")


CHOICES = {
    **{declared.name: declared.choices for declared in declarations(Behaviour)},
    **{f"{STATUS_QUO}{declared.name}": declared.choices for declared in declarations(_POLICY)},
}
"""Uncertainties and levers by column, with what can be chosen of each; nothing of a number."""


def _value(file: Path, line: int, column: str, text: str) -> Value:
    if choices := CHOICES.get(column):
        if text not in choices:
            raise InputError(f"{file}, line {line}: {column}={shown(text)} must be one of {', '.join(choices)}")
        return text
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(f"{file}, line {line}: {column}={shown(text)} is not a number")
    return value
