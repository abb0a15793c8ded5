"""What a study's configuration must look like: schemas, and validation with clear messages.

The same dataclasses are Hydra's structured schemas (types are checked while composing) and pydantic's (ranges
are checked afterwards, all errors at once).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, fields
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Annotated, Any, cast

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import STRICT
from sim.policy import Policy
from sim.scenario import Calendar, ProvinceChoice, Scenario
from sim.stress import Stress
from sim.vocabulary import messages_of, shown

SCHEMA_GROUP = "schema"
"""Config group that holds the schemas; left out of help and completion."""


class ExecutorKind(Enum):
    """What runs side by side."""

    threads = "threads"
    processes = "processes"
    dask = "dask"


class Output(Enum):
    """How results are printed."""

    table = "table"
    json = "json"


NAME = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
"""What may be the name of a folder or a file, and the label of a world."""


PART_MIN, PART_MAX = 1e-6, 1e6
"""Bounds of a part of the target pyramid: beyond them its logarithms mean nothing."""

MARGIN = 0.2
"""Aitchison distance up to which a ratio counts as the target.

In words: one of the three levels, the other two being right, may stand 28 % above or 22 % below what the target asks of
it (``√(2/3) · ln 1.28 = 0.2``). With 1 : 2 : 3 in mind, 1 : 2 : 3.8 and 1 : 2 : 2.3 are just within.
"""

Count = Annotated[int, Field(ge=1, le=100_000)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


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


FolderName = Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,99})?$")]
"""Name of a folder of results; one is made from the study's content when it is empty."""

Languages = Annotated[str, Field(pattern=r"^(en|zh|both)$")]


@dataclass(config=STRICT)
class StudyConfig(Scenario):
    """What studies of one varied scenario have in common: how often, on what, and where the results go.

    ``name`` is the folder of the results (when empty, made from the study's content), ``results`` its parent. Each
    study adds a ``study`` of its own. ``ensemble`` is a set of behaviours, one a seed (``configuration.ensemble``).
    """

    ensemble: str = ""
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 1
    seed: Seed = 0
    output: Output = Output.table
    results: str = "results"
    name: FolderName = ""
    language: Languages = "both"


@dataclass(config=STRICT)
class SimulateConfig(Scenario):
    """``pyramid simulate``: one scenario and how often to run it; seeds are seed, seed + 1, …

    ``ensemble`` is a set of behaviours, one a seed (``configuration.ensemble``).
    """

    ensemble: str = ""
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
    (``experiments.statistics.equivalence``).
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
    ensemble: str = ""
    study: StudyChoice = field(default_factory=StudyChoice)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 10
    seed: Seed = 0
    output: Output = Output.table
    results: str = "results"
    name: FolderName = ""
    language: Languages = "both"
    ledger: bool = False


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


ALONE: dict[str, Any] = {"policy": PolicyAlone, "stress": StressAlone, "behaviour": BehaviourAlone}
"""Schema of one option of a group, composed for itself."""

_SCHEMAS: dict[str, type | str] = {
    "simulate": SimulateConfig,
    "compare": CompareConfig,
    "patterns": PatternsConfig,
    "index": IndexConfig,
    "verify": VerifyConfig,
    "sweep": "experiments.studies.sweep.schema.SweepConfig",
    "sensitivity": "experiments.studies.sensitivity.schema.SensitivityConfig",
    "robustness": "experiments.studies.robustness.schema.RobustnessConfig",
    "counterfactual": "experiments.studies.counterfactual.schema.CounterfactualConfig",
    "optimise": "experiments.studies.optimise.schema.OptimiseConfig",
    "calibrate": "experiments.studies.calibrate.schema.CalibrateConfig",
    "whatif": "experiments.whatif.schema.WhatIfConfig",
    "policy_alone": PolicyAlone,
    "stress_alone": StressAlone,
    "behaviour_alone": BehaviourAlone,
}


class _Schemas(Mapping[str, type]):
    """A study brings its schema along in its own package, which is imported when it is asked for."""

    def __getitem__(self, name: str) -> type:
        found = _SCHEMAS[name]
        if isinstance(found, str):
            module, _, leaf = found.rpartition(".")
            found = _SCHEMAS[name] = cast(type, getattr(import_module(module), leaf))
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_SCHEMAS)

    def __len__(self) -> int:
        return len(_SCHEMAS)


SCHEMAS = _Schemas()
"""Schema of every primary config, by its name."""


@cache
def register_schema(name: str) -> None:
    """Puts the schema of one primary config into Hydra's ConfigStore, in a group of their own; once is enough."""
    from hydra.core.config_store import ConfigStore

    store = ConfigStore.instance()
    store.store(group=SCHEMA_GROUP, name=name, node=SCHEMAS[name], package="_global_", provider="pyramid")


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
