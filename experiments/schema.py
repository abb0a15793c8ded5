"""What a study's configuration must look like: schemas, and validation with clear messages.

The same dataclasses are Hydra's structured schemas (types are checked while composing) and pydantic's (ranges
are checked afterwards, all errors at once).
"""

from __future__ import annotations

import difflib
import re
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass as plain_dataclass
from dataclasses import field, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from experiments.margin import MARGIN
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import STRICT
from sim.policy import Policy
from sim.scenario import Calendar, ProvinceChoice, Scenario
from sim.stress import Stress

SCHEMA_GROUP = "schema"
"""Config group that holds the schemas; left out of help and completion."""


class ExecutorKind(Enum):
    """What runs side by side."""

    threads = "threads"
    processes = "processes"


class Output(Enum):
    """How results are printed."""

    table = "table"
    json = "json"


NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
"""What may be the name of a folder or a file, and the label of a world."""

NAME_WORDS = "a name: letters, digits, '.', '_' and '-' only, a letter or digit first, at most 100"

PART_MIN, PART_MAX = 1e-6, 1e6
"""Bounds of a part of the target pyramid: beyond them its logarithms mean nothing."""

Count = Annotated[int, Field(ge=1, le=100_000)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


@dataclass(config=STRICT)
class ExecutorChoice:
    """Which executor, and how many workers (0 = as many as there are cores)."""

    kind: ExecutorKind = ExecutorKind.threads
    workers: Annotated[int, Field(ge=0, le=1024)] = 0


@dataclass(config=STRICT)
class SimulateConfig(Scenario):
    """``pyramid simulate``: one scenario and how often to run it; seeds are seed, seed + 1, …"""

    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 1
    seed: Seed = 0
    output: Output = Output.table


@dataclass(config=STRICT)
class IndexConfig(Scenario):
    """``pyramid index``: one scenario, a few replicates, and the tree of an index (``sim.measures.index_reader``).

    ``export`` is a folder for the data; none is written when it is empty.
    """

    index: dict[str, Any] = field(default_factory=dict)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 1
    seed: Seed = 0
    output: Output = Output.table
    export: str = ""


@dataclass(config=STRICT)
class PatternsConfig(SimulateConfig):
    """``pyramid patterns``: one scenario set beside what is reported; ``language`` is that of the table."""

    replicates: Count = 3
    language: Annotated[str, Field(pattern=r"^(en|zh)$")] = "en"


@dataclass(config=STRICT)
class VerifyConfig:
    """``pyramid verify``: which checks (names of checks or sections, none for all), and on how many seeds each.

    Every check has seeds of its own, from ``seed`` on.
    """

    checks: list[str] = field(default_factory=list)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Annotated[int, Field(ge=2, le=1000)] = 4
    seed: Seed = 0
    output: Output = Output.table
    language: Annotated[str, Field(pattern=r"^(en|zh)$")] = "en"


@dataclass(config=STRICT)
class WorldChoice:
    """One arm of a study: the name of the policy after the reform, and of a stress of its own.

    Without a stress of its own a world is under the one that all worlds of the study share.
    """

    after: str = ""
    stress: str = ""


@dataclass(config=STRICT)
class StudyChoice:
    """What a study compares: worlds against a reference, on some measures and a target pyramid.

    ``policies`` are worlds called like their policy, without a stress of their own; ``worlds`` have labels. ``target``
    is the pyramid province : city : county, ``margin`` the Aitchison distance up to which it counts as met
    (``experiments.margin``).
    """

    name: Annotated[str, Field(pattern=NAME)] = "comparison"
    question: dict[str, str] = field(default_factory=dict)
    policies: list[str] = field(default_factory=list)
    worlds: dict[str, WorldChoice] = field(default_factory=dict)
    reference: str = "status_quo"
    measures: list[str] = field(default_factory=list)
    target: list[float] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(ge=0.01, le=2)] = MARGIN


@dataclass(config=STRICT)
class CompareConfig:
    """``pyramid compare``: a study of several worlds that share everything before the reform.

    ``stress`` is that of the worlds without one of their own.

    ``name`` is the folder of the results (when empty, made from the study's content), ``results`` its parent.
    """

    province: ProvinceChoice = field(default_factory=ProvinceChoice)
    calendar: Calendar = field(default_factory=Calendar)
    before: Policy = field(default_factory=Policy)
    behaviour: Behaviour = field(default_factory=Behaviour)
    stress: Stress = field(default_factory=Stress)
    study: StudyChoice = field(default_factory=StudyChoice)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 10
    seed: Seed = 0
    output: Output = Output.table
    results: str = "results"
    name: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,99})?$")] = ""
    language: Annotated[str, Field(pattern=r"^(en|zh|both)$")] = "both"
    ledger: bool = False


@dataclass(config=STRICT)
class PolicyAlone:
    """One policy, composed for itself."""

    after: Policy = field(default_factory=Policy)


@dataclass(config=STRICT)
class StressAlone:
    """One stress, composed for itself."""

    stress: Stress = field(default_factory=Stress)


ALONE: dict[str, Any] = {"policy": PolicyAlone, "stress": StressAlone}
"""Schema of one option of a group, composed for itself."""

SCHEMAS: dict[str, type] = {
    "simulate": SimulateConfig,
    "compare": CompareConfig,
    "patterns": PatternsConfig,
    "index": IndexConfig,
    "verify": VerifyConfig,
    "policy_alone": PolicyAlone,
    "stress_alone": StressAlone,
}
"""Schema of every primary config, by its name."""


@cache
def register_schemas() -> None:
    """Puts every schema into Hydra's ConfigStore, in a group of their own; once is enough."""
    from hydra.core.config_store import ConfigStore

    store = ConfigStore.instance()
    for name, schema in SCHEMAS.items():
        store.store(group=SCHEMA_GROUP, name=name, node=schema, package="_global_", provider="pyramid")


@cache
def _adapter(schema: Any) -> TypeAdapter:
    return TypeAdapter(schema)


def scenario_of(config: Scenario) -> Scenario:
    """The scenario alone, out of a study's configuration."""
    return Scenario(**{part.name: getattr(config, part.name) for part in fields(Scenario)})


def validate[Config](schema: type[Config], values: Mapping[str, Any], origin: str = "") -> Config:
    """Checks plain values against a schema.

    Raises ``InputError`` with one line for each error: full key, value and what is allowed. ``origin`` (a
    sweep point, for example) is put in front.
    """
    try:
        adapter: TypeAdapter[Config] = _adapter(cast(Any, schema))
        return adapter.validate_python(values)
    except ValidationError as error:
        raise InputError("\n".join(messages_of(error, schema, origin))) from None


def messages_of(error: ValidationError, schema: type, origin: str = "") -> list[str]:
    """One line for each error of a pydantic validation."""
    lines = []
    for found in error.errors(include_url=False):
        key = ".".join(str(part) for part in found["loc"])
        lines.append((f"{origin}: " if origin else "") + _explain(key, found, schema))
    return lines


def _explain(key: str, found: Mapping[str, Any], schema: type) -> str:
    kind, value = found["type"], found.get("input")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return unknown_key(key, schema)
    if kind == "value_error":
        inner = found.get("ctx", {}).get("error")
        return str(inner) if isinstance(inner, InputError) else f"{key}={shown(value)}: {found['msg']}"
    known = allowed_of(_ITEM.sub("", key), schema)
    return f"{key}={shown(value)} is not allowed: {known or found['msg'][0].lower() + found['msg'][1:]}"


SHOWN = 120
"""Characters of a value that a message shows."""

_REPR = reprlib.Repr(maxlevel=3, maxdict=8, maxlist=12, maxstring=SHOWN, maxlong=SHOWN, maxother=SHOWN)


_ITEM = re.compile(r"\.\d+$")


def shown(value: Any) -> str:
    """A value as a message shows it: as it is typed, and cut when it is long or nested deeply."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, list | tuple | dict | int | float):
        return _REPR.repr(value)
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}…{text[-SHOWN // 4 :]}"


@plain_dataclass(frozen=True)
class Leaf:
    """One key of a schema: its dotted name and what it allows, in words."""

    key: str
    allowed: str


@cache
def leaves(schema: type) -> tuple[Leaf, ...]:
    """Every key of a schema that takes a value, in order."""
    return tuple(_leaves(schema, ""))


def _leaves(schema: Any, prefix: str) -> Iterable[Leaf]:
    hints = get_type_hints(schema, include_extras=True)
    for part in fields(schema):
        hint = hints[part.name]
        kind = getattr(hint, "__origin__", hint) if hasattr(hint, "__metadata__") else hint
        if isinstance(kind, type) and is_dataclass(kind):
            yield from _leaves(kind, f"{prefix}{part.name}.")
        elif get_origin(kind) is dict and is_dataclass(named := get_args(kind)[1]):
            yield from _leaves(named, f"{prefix}{part.name}.LABEL.")
        else:
            yield Leaf(prefix + part.name, _allowed(kind, getattr(hint, "__metadata__", ())))


def _allowed(kind: Any, notes: Iterable[Any]) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(member.name for member in kind)
    if kind is bool:
        return "one of true, false"
    info = next((note for note in notes if hasattr(note, "metadata")), None)
    bounds = {name: getattr(rule, name) for rule in getattr(info, "metadata", ()) for name in ("ge", "le")
              if hasattr(rule, name)}  # fmt: skip
    pattern = next((rule.pattern for rule in getattr(info, "metadata", ()) if hasattr(rule, "pattern")), "")
    if pattern:
        is_choice = re.fullmatch(r"\^\(([a-z|]+)\)\$", pattern)
        return "one of " + is_choice[1].replace("|", ", ") if is_choice else f"it must be {NAME_WORDS}"
    if any(hasattr(rule, "max_length") for rule in getattr(info, "metadata", ())):
        return ""  # pydantic says what is wrong with a length
    extra = getattr(info, "json_schema_extra", None)
    unit = extra.get("unit", "") if isinstance(extra, dict) else ""
    words = WORDS.get(str(kind) if get_origin(kind) else kind, "")
    if "ge" in bounds and "le" in bounds:
        words += f" from {_bound(bounds['ge'])} to {_bound(bounds['le'])}" + (f" ({unit})" if unit else "")
    return f"it must be {words}" if words else ""


WORDS: dict[Any, str] = {
    float: "a number",
    int: "a whole number",
    str: "text",
    "list[int]": "a list of whole numbers, such as [6202,6207]",
    "list[float]": "a list of numbers, such as [1,2,3]",
    "list[str]": "a list of names, such as [status_quo,whistle]",
    "dict[str, str]": "texts by name, such as {en: Why?}",
    "dict[str, typing.Any]": "values by name",
}
"""What a key takes, by its type."""


def _bound(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


KEYS_BELOW = "it has keys of its own"


def allowed_of(key: str, schema: type) -> str:
    """What a key allows, in words; empty when there is nothing to say."""
    words = next((leaf.allowed for leaf in leaves(schema) if leaf.key == key), "")
    below = [leaf.key for leaf in leaves(schema) if leaf.key.startswith(f"{key}.")]
    if below:
        return f"{KEYS_BELOW}, such as {below[0]}"
    return f"it must be {words}" if words.startswith("one of") else words


def unknown_key(key: str, schema: type) -> str:
    """The message about a key that a schema does not have, with the nearest valid ones."""
    return f"unknown key {key!r}: {suggestion(key, valid_keys(key, schema))}"


def valid_keys(key: str, schema: type) -> list[str]:
    """Keys and groups of keys that could stand where ``key`` stands."""
    names = [leaf.key for leaf in leaves(schema)]
    parents = {name.rsplit(".", depth)[0] for name in names for depth in (1, 2, 3) if name.count(".") >= depth}
    return sorted({*names, *parents})


LISTED = 40
"""Words that a message lists."""


def suggestion(wrong: str, valid: Iterable[str]) -> str:
    """``did you mean X?`` with the nearest valid words, or all valid words when none is near."""
    known = list(valid)
    near = difflib.get_close_matches(wrong, known, n=2, cutoff=0.75)
    if not near:  # perhaps the last part alone is right, in another group
        leaf = wrong.rsplit(".", 1)[-1]
        near = [name for name in known if name.rsplit(".", 1)[-1] == leaf][:3]
    if near:
        return f"did you mean {' or '.join(near)}?"
    siblings = (
        [name for name in known if name.rsplit(".", 1)[0] == wrong.rsplit(".", 1)[0]]
        or [name for name in known if "." not in name]
        or known
    )
    more = f" and {len(siblings) - LISTED} more" if len(siblings) > LISTED else ""
    return "there are: " + ", ".join(siblings[:LISTED]) + more
