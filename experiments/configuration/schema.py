"""What a study's configuration must look like: schemas, and validation with clear messages.

The same dataclasses are Hydra's structured schemas (types are checked while composing) and pydantic's (ranges
are checked afterwards, all errors at once).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field, fields
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import STRICT
from sim.policy import Policy
from sim.scenario import SEED_MAX, Scenario
from sim.stress import Stress
from sim.vocabulary import messages_of, shown


class ExecutorKind(Enum):
    """What runs side by side."""

    threads = "threads"
    processes = "processes"
    dask = "dask"


class Output(Enum):
    """What is printed: the answer alone, with the table that matters most, with all tables, or all of it as JSON."""

    answer = "answer"
    table = "table"
    full = "full"
    json = "json"


NAME = r"^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]{0,99}$"
"""What may be the name of a folder or a file, and the label of a world; letters are those of any script."""

Name = Annotated[str, Field(pattern=NAME)]


PART_MIN, PART_MAX = 1e-6, 1e6
"""Bounds of a part of the target pyramid: beyond them its logarithms mean nothing."""

MARGIN = 0.2
"""Aitchison distance up to which a ratio counts as the target.

In words: one of the three levels, the other two being right, may stand 28 % above or 22 % below what the target asks of
it (``√(2/3) · ln 1.28 = 0.2``). With 1 : 2 : 3 in mind, 1 : 2 : 3.8 and 1 : 2 : 2.3 are just within.
"""

Count = Annotated[int, Field(ge=1, le=100_000)]

Year = Annotated[int, Field(ge=1, le=50)]
"""A year after the reform, the first being 1."""
Seed = Annotated[int, Field(ge=0, le=SEED_MAX)]


@dataclass(config=STRICT)
class ExecutorChoice:
    """Which executor, and how many workers (0 = as many as there are cores).

    ``address`` is that of a Dask scheduler to join; its workers are as many as it has.
    """

    kind: ExecutorKind = ExecutorKind.threads
    workers: Annotated[int, Field(ge=0, le=1024)] = 0
    address: str = ""

    def __post_init__(self) -> None:
        if self.address and self.kind is not ExecutorKind.dask:
            raise InputError(f"executor.address={shown(self.address)} goes with executor=dask only")
        if self.address and not re.fullmatch(r"(tcp|tls)://[^\s/]+:\d+", self.address):
            raise InputError(f"executor.address={shown(self.address)} is not an address like tcp://127.0.0.1:8786")


FolderName = Annotated[str, Field(pattern=f"^({NAME[1:-1]})?$")]
"""Name of a folder of results; one is made from the study's content when it is empty."""

Languages = Annotated[str, Field(pattern=r"^(en|zh|both)$")]
"""Of a report; with ``both``, the terminal has English."""

Language = Annotated[str, Field(pattern=r"^(en|zh)$")]


@dataclass(config=STRICT)
class RunConfig(Scenario):
    """One scenario and how often to run it; seeds are seed, seed + 1, …

    ``ensemble`` is a set of behaviours, one a seed (``configuration.ensemble``).
    """

    ensemble: str = ""
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 1
    seed: Seed = 0
    output: Output = Output.answer
    language: Language = "en"


@dataclass(config=STRICT)
class SimulateConfig(RunConfig):
    """``pyramid simulate``: one scenario, and the measures that tables and JSON have (all without any).

    ``kind`` is what a file of a study names itself.
    """

    kind: str = ""
    measures: list[str] = field(default_factory=list)


@dataclass(config=STRICT)
class StudyConfig(SimulateConfig):
    """What studies of one varied scenario have in common: how often, on what, and where the results go.

    ``name`` is the folder of the results (when empty, made from the study's content), ``results`` its parent;
    ``report=false`` draws no report. Each kind adds a ``study`` of its own.
    """

    results: str = "results"
    name: FolderName = ""
    language: Languages = "both"
    report: bool = True


@dataclass(config=STRICT)
class YearsConfig(StudyConfig):
    """What studies of single years after the reform have in common; ``replicates`` are seeds (of each member)."""

    study: Any = None
    replicates: Count = 8


@dataclass(config=STRICT)
class PolicyAlone:
    """One policy, composed for itself."""

    after: Policy = field(default_factory=Policy)


@dataclass(config=STRICT)
class StressAlone:
    """One stress, composed for itself."""

    stress: Stress = field(default_factory=Stress)


@dataclass(config=STRICT)
class BehaviourAlone:
    """One behaviour, composed for itself."""

    behaviour: Behaviour = field(default_factory=Behaviour)


def is_name(text: str) -> bool:
    """Whether a text may be the name of an option, a folder or a world."""
    try:
        _adapter(Name).validate_python(text)
    except ValidationError:
        return False
    return True


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
