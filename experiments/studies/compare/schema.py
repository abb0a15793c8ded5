"""What the configuration of a comparison must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import MARGIN, Count, ExecutorChoice, FolderName, Languages, Name, Output, Seed
from experiments.report.compare.tables import Aim
from sim.behaviour import Behaviour
from sim.parameters import STRICT
from sim.policy import Policy
from sim.scenario import Calendar, ProvinceChoice
from sim.stress import Stress


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
    (``experiments.statistics.equivalence``), ``aim`` what the answer looks for. With ``attribution`` the difference of
    the policy that settles most is shared out among groups of levers.
    """

    name: Name = "comparison"
    question: dict[str, str] = field(default_factory=dict)
    policies: list[str] = field(default_factory=list)
    worlds: dict[str, WorldChoice] = field(default_factory=dict)
    reference: str = "status_quo"
    measures: list[str] = field(default_factory=list)
    target: list[float] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(ge=0.01, le=2)] = MARGIN
    aim: Aim = Aim.settlement
    attribution: bool = True


@dataclass(config=STRICT)
class CompareConfig:
    """``pyramid compare``: a study of several worlds that share everything before the reform.

    ``stress`` is that of the worlds without one of their own.

    ``kind`` is what a file of a study names itself. ``name`` is the folder of the results (when empty, made from the
    study's content), ``results`` its parent; ``map`` is a GeoJSON file whose lines maps of the report have.
    """

    kind: str = ""
    province: ProvinceChoice = field(default_factory=ProvinceChoice)
    calendar: Calendar = field(default_factory=Calendar)
    before: Policy = field(default_factory=Policy)
    behaviour: Behaviour = field(default_factory=Behaviour)
    stress: Stress = field(default_factory=Stress)
    ensemble: str = ""
    study: StudyChoice = field(default_factory=StudyChoice)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Count = 40
    seed: Seed = 0
    output: Output = Output.answer
    measures: list[str] = field(default_factory=list)
    results: str = "results"
    name: FolderName = ""
    language: Languages = "both"
    report: bool = True
    map: str = ""
    ledger: bool = False
