"""Levers: what a planner decides. A *policy* is a full set of levers; the defaults are the status quo of 2018.

Tag F cites the People's Daily Online case on Gansu of 2020-06-11 ("the case") unless another source is named.
Staff is stated for a place of reference size and grows with the residents served (at least one per place):
1,400 residents a village, 18,000 a township, 290,000 a county, 1.8 million a city.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from enum import Enum
from typing import Annotated, Any

from pydantic.dataclasses import dataclass

from sim.errors import InputError
from sim.guidance import check_override, overridden, wider_places
from sim.parameters import STRICT, choice, parameter
from sim.places import PlacesFile


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
    whistle_escalation: Annotated[
        float, parameter("missed whistles taken to the level above, which calls once more", "share", 0, 1)
    ] = 0
    commissars: Annotated[
        float, parameter("townships whose political-legal commissar coordinates departments", "share", 0, 1)
    ] = 0
    petition_inside: Annotated[
        bool, choice("a working county centre has petition reception inside and first offers mediation there")
    ] = False
    judge_contact_points: Annotated[
        float, parameter("townships with a judge's contact point: legal advice, judicial confirmation", "share", 0, 1)
    ] = 0
    police_linkage: Annotated[
        float,
        parameter(
            "matters the police do not settle on the spot and pass on to a township centre that works",
            "share",
            0,
            1,
            "A",
            "a quarter of calls is passed on where that is practised",
        ),
    ] = 0


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
    ] = 15
    petition_handlers: Annotated[float, parameter("petition-resolution mediators of a county", "mediators", 0, 400)] = (
        30
    )
    prelitigation_mediators: Annotated[
        float, parameter("pre-litigation mediators of a county court", "mediators", 0, 200)
    ] = 6
    informal_mediators: Annotated[
        float, parameter("informal mediators of a village: councils and peacemakers", "mediators", 0, 10)
    ] = 0
    full_time_share_village: Annotated[
        float,
        parameter(
            "mediators of village committees who work full time",
            "share",
            0,
            1,
            "A",
            "village mediators are cadres with another post; of all people's mediators of the nation 0.13 in 2022",
        ),
    ] = 0
    full_time_share_centre: Annotated[
        float, parameter("mediators of centres, officials aside, who work full time", "share", 0, 1)
    ] = 1
    case_pay: Annotated[
        float,
        parameter(
            "pay of a part-time village mediator for each case on the books as settled",
            "yuan",
            0,
            300,
            "F",
            "a county of Zhangye, Gaotai, paid 106 in 2018",
        ),
    ] = 0
    womens_teams: Annotated[float, parameter("villages with a women's mediation team", "share", 0, 1)] = 0
    enterprise_mediators: Annotated[
        float, parameter("mediators of a county's pool that enterprises share", "mediators", 0, 100)
    ] = 0
    training: Annotated[float, parameter("missing skill that training makes up for", "share", 0, 1)] = 0
    mix_people: Annotated[float, parameter("people's mediators in centres, of the usual part", "ratio", 0, 5)] = 1
    mix_administrative: Annotated[
        float, parameter("administrative mediators in centres, of the usual part", "ratio", 0, 5)
    ] = 1
    mix_judicial: Annotated[float, parameter("judicial mediators in centres, of the usual part", "ratio", 0, 5)] = 1
    mix_professional: Annotated[
        float, parameter("professional mediators in centres, of the usual part", "ratio", 0, 5)
    ] = 1


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
    hours_per_day: Annotated[float, parameter("working day of a grid worker", "hours", 1, 12)] = 8
    overtime: Annotated[float, parameter("paid overtime of a grid worker, for the visits asked for", "hours", 0, 2)] = 0
    first_contact: Annotated[
        float, parameter("villages where property managers or group leaders are the first contact", "share", 0, 1)
    ] = 0


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
    early_warning: Annotated[
        float, parameter("villages whose monthly counts are watched for a rise", "share", 0, 1)
    ] = 0
    subsystems: Annotated[
        float, parameter("subsystems that ask for reports", "count", 1, 1000, "A", "the case counts over 400 in 2019")
    ] = 1


@dataclass(config=STRICT)
class ServiceLevers:
    """Convenience and government service in a county's hall: what is refused turns into grievances."""

    one_window: Annotated[float, parameter("requests in person that one window takes whole", "share", 0, 1)] = 0.2
    one_call: Annotated[float, parameter("requests that one call settles", "share", 0, 1)] = 0.1
    online_services: Annotated[
        float, parameter("requests of people with online access that are done online", "share", 0, 1)
    ] = 0.2
    service_clerks: Annotated[float, parameter("clerks of a county's service hall", "clerks", 0, 400)] = 20
    staff_sharing: Annotated[
        float, parameter("time of a county centre's mediators that the hall may draw on", "share", 0, 0.5)
    ] = 0.1


@dataclass(config=STRICT)
class NormLevers:
    """Norms by which villages keep neighbours and families from falling out, or from saying so."""

    moral_bank: Annotated[float, parameter("villages with a moral bank", "share", 0, 1)] = 0
    praise_meetings: Annotated[float, parameter("villages that hold in-law praise meetings", "share", 0, 1)] = 0


@dataclass(config=STRICT)
class PetitionLevers:
    """Petition rules, the same in every city and in force on the reform date."""

    acceptance: Annotated[Acceptance, choice("keep to step-by-step acceptance", "F", "2005 Regulations, Art. 16")] = (
        Acceptance.loose
    )
    campaign_share: Annotated[
        float,
        parameter("old matters that petition offices have failed which a campaign takes up and closes", "share", 0, 1),
    ] = 0
    campaign_months: Annotated[
        float, parameter("length of a campaign from the first month of the policy on, whole", "months", 1, 24)
    ] = 12
    online_channel: Annotated[
        float, parameter("people with online access whom the online channel reaches", "share", 0, 1)
    ] = 0.8
    registration_county: Annotated[float, parameter("presented petitions that the county registers", "share", 0, 1)] = (
        0.59
    )
    registration_city: Annotated[float, parameter("presented petitions that the city registers", "share", 0, 1)] = 0.71
    registration_province: Annotated[
        float, parameter("presented petitions that the province registers", "share", 0, 1)
    ] = 0.87
    registration_nation: Annotated[float, parameter("presented petitions that the nation registers", "share", 0, 1)] = (
        0.95
    )
    stability_fund: Annotated[
        float,
        parameter(
            "a county's money for concessions to who petitions above it",
            "yuan/resident/year",
            0,
            5,
            "A",
            "published funds of counties: 0.05 to 1.2",
        ),
    ] = 0.3


REWARD = (0.0, 1.0, 0.6, 0.2)
"""One-off rewards by grade (none, excellent, good, qualified), in shares of the highest (amounts are not public:
assumed)."""


@dataclass(config=STRICT)
class AssessmentLevers:
    """What governments are judged by (weights in units of the cost of effort); the same for the whole province."""

    weight_recorded: Annotated[float, parameter("weight on recorded petitions", "weight", 0, 2)] = 0.2
    weight_resolution: Annotated[float, parameter("weight on real resolution", "weight", 0, 2)] = 0.1
    weight_satisfaction: Annotated[float, parameter("weight on surveyed satisfaction", "weight", 0, 2)] = 0.05
    audit_rate: Annotated[float, parameter("registers audited a year", "share", 0, 1)] = 0.1
    audit_penalty: Annotated[float, parameter("penalty of a concealed case found", "weight", 0, 5)] = 1.0
    pass_through: Annotated[
        float, parameter("share of the pressure handed on to the next lower level", "share", 0, 2)
    ] = 0.8
    excellent_cities: Annotated[
        float, parameter("cities graded excellent", "share", 0, 1, "F", "the case: 6 of 14")
    ] = 6 / 14
    excellent_units: Annotated[
        float, parameter("units below the city graded excellent", "share", 0, 1, "F", "the case: 38 of 190")
    ] = 38 / 190
    qualified_units: Annotated[
        float, parameter("units below the city graded qualified only", "share", 0, 1, "F", "the case: 10 of 190")
    ] = 10 / 190
    veto: Annotated[bool, choice("a veto indicator keeps a unit out of the excellent grade", "F", "the case")] = False
    reward: Annotated[float, parameter("reward of the best grade, for which units compete", "weight", 0, 2)] = 0
    difficulty_adjustment: Annotated[
        bool, choice("petitions are judged beside those of places with people alike", "F", "the case")
    ] = True


@dataclass(config=STRICT)
class Policy:
    """A full set of levers."""

    centre: CentreLevers = field(default_factory=CentreLevers)
    roll_out: RollOutLevers = field(default_factory=RollOutLevers)
    staff: StaffLevers = field(default_factory=StaffLevers)
    grid: GridLevers = field(default_factory=GridLevers)
    platform: PlatformLevers = field(default_factory=PlatformLevers)
    services: ServiceLevers = field(default_factory=ServiceLevers)
    norms: NormLevers = field(default_factory=NormLevers)
    petition: PetitionLevers = field(default_factory=PetitionLevers)
    assessment: AssessmentLevers = field(default_factory=AssessmentLevers)
    places: Any = field(default_factory=dict)
    """Levers that differ in some places: ``{"6209": {"norms": {"moral_bank": 1}}}``, by code or region type.

    Given as the path of a file it is a ``PlacesFile`` until a scenario, which knows the province, has the policy.
    """

    def __post_init__(self) -> None:
        if isinstance(self.places, str):
            self.places = PlacesFile(self.places, type(self))
        elif isinstance(self.places, Mapping):
            self.places = {str(place): levers for place, levers in self.places.items()}
            for place, levers in self.places.items():
                check_override(place, levers, type(self))
        elif not isinstance(self.places, PlacesFile):
            raise InputError(f"places={self.places} is not allowed: it must be levers by place, or a file of them")

    def in_province(self, source: str) -> Policy:
        """The policy with the levers of its file, if it has one, by the codes of a province's places."""
        if not isinstance(self.places, PlacesFile):
            return self
        return replace(self, places=self.places.in_province(source))

    def in_place(self, code: int, region: str) -> Policy:
        """The policy as it applies to a city, county or township, of whose overrides the nearest goes before others."""
        levers = [self.places[place] for place in wider_places(code, region) if place in self.places]
        return overridden(self, levers) if levers else self
