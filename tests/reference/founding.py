"""The province of the first day as agents (ODD section 5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sim.agents.dispute_kind import DEPARTMENTS
from sim.chance import Purpose
from sim.province import Province
from tests.reference.centre import Centre
from tests.reference.county_profile import profiles
from tests.reference.fixed import FIRST_POST, POSTS, VILLAGE_FEATURES
from tests.reference.government import Government
from tests.reference.numbers import single
from tests.reference.offices import Court, Department, PetitionOffice
from tests.reference.places import City, County, Place, Township
from tests.reference.service_hall import ServiceHall
from tests.reference.village import Village

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel


def ranks[T](things: Sequence[T], draw: Callable[[T], float]) -> list[tuple[T, float]]:
    """(rank + ½) / n of every thing by its draw."""
    return [(thing, (rank + 0.5) / len(things)) for rank, thing in enumerate(sorted(things, key=draw))]


def found(model: ReferenceModel, province: Province) -> list[City]:
    """Every city with all that is in it."""
    cities = [
        City(
            row,
            *code_and_people(each),
            province.region_types[each["region_type"]],
            int(each["pilot_batch"]),
            bool(each["city_tier"]),
            bool(each["county_tier"]),
        )
        for row, each in enumerate(province.cities)
    ]
    differences = profiles(model, province)
    counties = [
        County(row, *code_and_people(each), cities[each["city"]], differences[int(each["code"])])
        for row, each in enumerate(province.counties)
    ]
    townships = [
        Township(row, *code_and_people(each), counties[each["county"]]) for row, each in enumerate(province.townships)
    ]
    for county in counties:
        county.city.counties.append(county)
    for township in townships:
        township.county.townships.append(township)
    for row, each in enumerate(province.villages):
        township = townships[each["township"]]
        township.villages.append(Village(model, row, each, township))
    for township in townships:
        township.centre = Centre(model, township, "township", township.county)
    for county in counties:
        open_county(model, county)
    for city in cities:
        city.centre = Centre(model, city, "city", city.counties[0])
        city.government = Government(model, "city")
        city.offices = {level: PetitionOffice(model, level) for level in (1, 2, 3)}
    rank_places(model, townships, counties, cities)
    return cities


def code_and_people(record) -> tuple[int, int]:
    """Code and residents of a row of the province's tables."""
    return int(record["code"]), int(record["population"])


def open_county(model: ReferenceModel, county: County) -> None:
    """The bodies of a county."""
    county.centre = Centre(model, county, "county", county)
    county.government = Government(model, "county")
    county.court = Court(model, county)
    county.hall = ServiceHall(model, county)
    county.office = PetitionOffice(model, 0)

    def draw(subject: int) -> float:
        return model.luck.one(Purpose.STATIONED, county.code * 100 + subject, 0)

    ranked = dict(ranks(range(len(DEPARTMENTS)), draw))
    county.departments = [Department(model, subject, ranked[subject]) for subject in range(len(DEPARTMENTS))]


def rank_places(model: ReferenceModel, *levels: Sequence[Place]) -> None:
    """Which places have a centre first, which of them work, which villages and townships have what first."""

    def by(purpose: Purpose, number: int) -> Callable[[Place | Village], float]:
        return lambda place: model.luck.one(purpose, place.code, number)

    for level, places in enumerate(levels):
        places = [place for place in places if not isinstance(place, City) or place.has_city_tier]
        for place, rank in ranks(places, by(Purpose.COVERAGE, level)):
            place.centre.build_rank = rank
        for place, rank in ranks(places, by(Purpose.WORKING, level)):
            place.centre.work_rank = rank
    for city in levels[-1]:
        for number, lever in enumerate(VILLAGE_FEATURES):
            for village, rank in ranks(city.villages, by(Purpose.FEATURE, number)):
                village.ranks[lever] = single(rank)
        for number, lever in enumerate(POSTS, FIRST_POST):
            for township, rank in ranks(city.townships, by(Purpose.FEATURE, number)):
                township.centre.post_ranks[lever] = rank
