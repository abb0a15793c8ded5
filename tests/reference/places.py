"""Places: they are no agents, they say who belongs where."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.reference.centre import Centre
    from tests.reference.county_profile import Profile
    from tests.reference.government import Government
    from tests.reference.offices import Court, Department, PetitionOffice
    from tests.reference.service_hall import ServiceHall
    from tests.reference.village import Village


@dataclass(eq=False)
class Place:
    """A place of any level, with its row in the province's table and the policy in force there."""

    row: int
    code: int
    population: int
    regime: SimpleNamespace = field(default_factory=SimpleNamespace, init=False)


@dataclass(eq=False)
class City(Place):
    """A city and its bodies."""

    region: str
    pilot_batch: int
    has_city_tier: bool
    has_county_tier: bool
    counties: list[County] = field(default_factory=list)
    centre: Centre = field(init=False)
    government: Government = field(init=False)
    offices: dict[int, PetitionOffice] = field(default_factory=dict)
    """Registers of city, province and nation, by level 1 to 3."""

    @property
    def petition_levels(self) -> list[int]:
        """Levels on which there is a petition office for its people, 0 county to 3 nation."""
        has_office = (self.has_county_tier, self.has_city_tier, True, True)
        return [level for level, has in enumerate(has_office) if has]

    @property
    def townships(self) -> list[Township]:
        """Of all its counties."""
        return [township for county in self.counties for township in county.townships]

    @property
    def villages(self) -> list[Village]:
        """Of all its townships."""
        return [village for township in self.townships for village in township.villages]

    @property
    def places(self) -> list[Place]:
        """Its townships, its counties and itself."""
        return [*self.townships, *self.counties, self]

    @property
    def centres(self) -> list[Centre]:
        """Of its townships, its counties and its own."""
        return [place.centre for place in self.places]


@dataclass(eq=False)
class County(Place):
    """A county and its bodies."""

    city: City
    profile: Profile
    townships: list[Township] = field(default_factory=list)
    centre: Centre = field(init=False)
    government: Government = field(init=False)
    court: Court = field(init=False)
    hall: ServiceHall = field(init=False)
    office: PetitionOffice = field(init=False)
    departments: list[Department] = field(default_factory=list)
    conceded: float = 0.0
    """Yuan spent on concessions this year."""

    def office_at(self, level: int) -> PetitionOffice:
        """The register for petitions of this county at a level, 0 county to 3 nation."""
        return self.office if level == 0 else self.city.offices[level]


@dataclass(eq=False)
class Township(Place):
    """A township."""

    county: County
    villages: list[Village] = field(default_factory=list)
    centre: Centre = field(init=False)
    """Kinds of which there were enough last night to act together."""

    @property
    def city(self) -> City:
        """The city of its county."""
        return self.county.city
