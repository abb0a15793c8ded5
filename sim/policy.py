"""Levers: what a planner decides. A *policy* is a full set of levers; the defaults are the status quo of 2018.

Tag F cites the People's Daily Online case on Gansu of 2020-06-11 ("the case") unless another source is named.
Staff is stated for a place of reference size and grows with the residents served (at least one per place):
1,400 residents a village, 18,000 a township, 290,000 a county, 1.8 million a city.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, choice, parameter


class Intake(Enum):
    """How a centre receives people."""

    windows = "windows"
    unified = "unified"


class Acceptance(Enum):
    """Whether offices keep to step-by-step acceptance (2005 Regulations, Art. 16)."""

    loose = "loose"
    strict = "strict"


@dataclass(config=STRICT)
class CentreLevers:
    """Governance centres of townships, counties and cities."""

    coverage_township: Annotated[float, parameter("townships that have a centre", "share", 0, 1)] = 0.30
    coverage_county: Annotated[float, parameter("counties that have a centre", "share", 0, 1)] = 0.20
    coverage_city: Annotated[float, parameter("cities that have a centre", "share", 0, 1)] = 0.10
    working_share: Annotated[
        float, parameter("built centres that really work; the others are a nameplate", "share", 0, 1)
    ] = 0.5
    intake: Annotated[Intake, choice("separate windows, or one register and one triage")] = Intake.windows
    colocation: Annotated[float, parameter("departments with staff stationed in the centre", "share", 0, 1)] = 0.1
    whistle_response: Annotated[
        float, parameter("departments that answer a centre's call within the deadline", "probability", 0, 1)
    ] = 0.35
    whistle_deadline: Annotated[float, parameter("deadline for a department to answer", "days", 1, 90)] = 30


@dataclass(config=STRICT)
class RollOutLevers:
    """When centres, staff, grid and platform of a policy arrive; petition rules and assessment apply at once."""

    batch_1_start: Annotated[
        float,
        parameter("start of the cities of batch 1 after the reform date", "months", 0, 48, "F", "the case"),
    ] = 0
    batch_2_start: Annotated[float, parameter("start of the cities of batch 2 or later", "months", 0, 48)] = 6
    ramp: Annotated[float, parameter("time over which a city builds up", "months", 0, 48)] = 12


@dataclass(config=STRICT)
class StaffLevers:
    """Mediators per place of reference size, and the staff of courts and petition offices."""

    mediators_village: Annotated[float, parameter("mediators of a village committee", "mediators", 0, 20)] = 3
    mediators_township: Annotated[float, parameter("mediators of a township centre", "mediators", 0, 60)] = 3
    mediators_county: Annotated[float, parameter("mediators of a county centre", "mediators", 0, 200)] = 8
    mediators_city: Annotated[float, parameter("mediators of a city centre", "mediators", 0, 400)] = 10
    department_clerks: Annotated[
        float, parameter("clerks of county departments who handle disputes, centre or not", "clerks", 0, 200)
    ] = 12
    petition_handlers: Annotated[float, parameter("petition-resolution mediators of a county", "mediators", 0, 400)] = (
        30
    )
    prelitigation_mediators: Annotated[
        float, parameter("pre-litigation mediators of a county court", "mediators", 0, 200)
    ] = 6


@dataclass(config=STRICT)
class GridLevers:
    """Grid workers: how many households each has and what else is asked of them."""

    households_per_grid: Annotated[
        float,
        parameter("households in a grid", "households", 50, 1000, "A", "sweep 50–500; 152 people in Zhangye"),
    ] = 300
    visits_per_day: Annotated[float, parameter("visits of a grid worker in a full day", "visits/day", 0, 40)] = 8
    settling_power: Annotated[
        float, parameter("largest severity a grid worker may settle on the spot", "severity", 0, 1)
    ] = 0.35
    reporting_minutes: Annotated[float, parameter("reporting per case noticed", "minutes", 0, 240)] = 30


@dataclass(config=STRICT)
class PlatformLevers:
    """The information platform."""

    information_sharing: Annotated[
        float, parameter("referrals that reach the mediator the same day", "share", 0, 1)
    ] = 0.1
    duplicate_detection: Annotated[float, parameter("duplicates found and merged", "share", 0, 1)] = 0.2
    triage_accuracy: Annotated[float, parameter("matters sent to the right window", "share", 0, 1)] = 0.65
    deadline_supervision: Annotated[
        float, parameter("petition deadlines that are watched, with reminders", "share", 0, 1)
    ] = 0.2


@dataclass(config=STRICT)
class ServiceLevers:
    """Convenience and government service: what is not met turns into grievances."""

    requests_met: Annotated[float, parameter("requests met in one visit or one call", "share", 0, 1)] = 0.5


@dataclass(config=STRICT)
class PetitionLevers:
    """Petition rules, the same in every city and in force on the reform date."""

    acceptance: Annotated[Acceptance, choice("keep to step-by-step acceptance", "F", "2005 Regulations, Art. 16")] = (
        Acceptance.loose
    )
    registration_county: Annotated[float, parameter("presented petitions that the county registers", "share", 0, 1)] = (
        0.60
    )
    registration_city: Annotated[float, parameter("presented petitions that the city registers", "share", 0, 1)] = 0.76
    registration_province: Annotated[
        float, parameter("presented petitions that the province registers", "share", 0, 1)
    ] = 0.90
    registration_nation: Annotated[float, parameter("presented petitions that the nation registers", "share", 0, 1)] = (
        0.95
    )


@dataclass(config=STRICT)
class AssessmentLevers:
    """What governments are judged by (weights in units of the cost of effort)."""

    weight_recorded: Annotated[float, parameter("weight on recorded petitions", "weight", 0, 2)] = 0.2
    weight_resolution: Annotated[float, parameter("weight on real resolution", "weight", 0, 2)] = 0.1
    audit_rate: Annotated[float, parameter("registers audited a year", "share", 0, 1)] = 0.1
    audit_penalty: Annotated[float, parameter("penalty of a concealed case found", "weight", 0, 5)] = 1.0
    pass_through: Annotated[
        float, parameter("share of the pressure handed on to the next lower level", "share", 0, 2)
    ] = 0.8


@dataclass(config=STRICT)
class Policy:
    """A full set of levers."""

    centre: CentreLevers = field(default_factory=CentreLevers)
    roll_out: RollOutLevers = field(default_factory=RollOutLevers)
    staff: StaffLevers = field(default_factory=StaffLevers)
    grid: GridLevers = field(default_factory=GridLevers)
    platform: PlatformLevers = field(default_factory=PlatformLevers)
    services: ServiceLevers = field(default_factory=ServiceLevers)
    petition: PetitionLevers = field(default_factory=PetitionLevers)
    assessment: AssessmentLevers = field(default_factory=AssessmentLevers)
