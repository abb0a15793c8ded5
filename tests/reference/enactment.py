"""On the first of a month a policy comes into force in a city (ODD section 3, 7.3 to 7.5, 7.8)."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sim import chance
from sim.agents.dispute import Stage
from sim.agents.dispute_kind import MediationKind
from sim.chance import Purpose
from sim.regime import REGIME, in_force
from tests.reference.centre import Centre, Pool
from tests.reference.costs import cost_of
from tests.reference.fixed import (
    ADMINISTRATIVE,
    GOLDEN,
    JUDICIAL,
    MOST_ADVISED,
    PEOPLE,
    PETITION,
    POSTS,
    PRELITIGATION,
    PROFESSIONAL,
    REFERENCE_SIZE,
    STAFF_MIX,
    VILLAGE_FEATURES,
)
from tests.reference.heads import heads, heads_of_county, heads_of_village
from tests.reference.numbers import single
from tests.reference.phases.police import count_other_calls

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel
    from tests.reference.places import City, County, Place

OF_GRIDS = ("households_per_grid", "visits_per_day", "hours_per_day", "overtime", "lockdown")


def begin_month(model: ReferenceModel, city: City) -> None:
    """First the early warning, then the policy of this month, then the month's costs."""
    alerts_change = model.month > 0 and any([village.watch() for village in city.villages])
    for centre in city.centres:
        if centre.is_working:
            centre.spread_word()
    are_new = [change_policy(model, city, place) for place in city.places]
    open_centres(city)
    equip_villages(city)
    employ(city)
    if any(are_new) or alerts_change:
        divide_grids(model, city)
    for county in city.counties:
        alerts = sum(village.is_alert for township in county.townships for village in township.villages)
        model.ledger.note_month(county, "alerts", alerts)
        for level, centres in centres_of(county).items():
            for centre in centres:
                centre.advised = 0.0
            book_use(model, county, level, [centre for centre in centres if centre.is_working])
        note_grids(model, county)
        model.ledger.cost[county.row, model.month] = cost_of(model, county) / 12
        count_other_calls(model, county)
        model.ledger.note_month(county, "case_pay", case_pay(county))
        if model.date.month == 1:
            county.conceded = 0.0


def case_pay(county: County) -> float:
    """Yuan for a case, of a village mediator of the county on average."""
    pools = [village.pool for township in county.townships for village in township.villages]
    pay = sum((len(pool.employed) - pool.full_time) * pool.place.regime.case_pay for pool in pools)
    return pay / max(1, sum(len(pool.employed) for pool in pools))


def change_policy(model: ReferenceModel, city: City, place: Place) -> bool:
    """The policy of this month comes into force in a place; true when its grids are another matter now."""
    old, place.regime = place.regime, regime_of(model, city, place)
    return model.today == 0 or any(getattr(old, lever) != getattr(place.regime, lever) for lever in OF_GRIDS)


def regime_of(model: ReferenceModel, city: City, place: Place) -> SimpleNamespace:
    """The policy as in force in a place this month: levers, and what follows from them and from the stresses."""
    scenario = model.world_scenario.in_place(place.code, city.region)
    since_reform = model.month - model.month_of(model.reform_day)
    record = in_force(
        scenario, city.pilot_batch, city.has_city_tier, city.has_county_tier, since_reform, model.reform_day
    )[0]
    return SimpleNamespace(
        **{name: record[name].tolist() for name in REGIME.names or ()},
        is_unified=bool(record["intake"]),
    )


def open_centres(city: City) -> None:
    """Places have a centre, a working one, posts and stationed departments by their ranks."""
    for place in city.places:
        centre, regime = place.centre, place.regime
        centre.is_built = centre.build_rank < getattr(regime, f"coverage_{centre.level}")
        was_working = centre.is_working
        centre.is_working = centre.is_built and centre.work_rank < regime.working_share
        if centre.is_working and not was_working:
            centre.known = centre.model.behaviour.centres.known_first
    for township in city.townships:
        ranks = township.centre.post_ranks
        township.centre.posts = {post for post in POSTS if ranks[post] < getattr(township.regime, post)}
    for county in city.counties:
        for department in county.departments:
            department.is_stationed = department.rank < county.regime.colocation


def centres_of(county: County) -> dict[str, list[Centre]]:
    """Centres booked on a county, by level; its city's on the first one."""
    at_city = [county.city.centre] if county is county.city.counties[0] else []
    return {"township": [each.centre for each in county.townships], "county": [county.centre], "city": at_city}


def book_use(model: ReferenceModel, county: County, level: str, centres: list[Centre]) -> None:
    """Residents whom working centres serve this month, and who of them comes for advice."""
    use, came = model.behaviour.centres, 0
    for centre in centres:
        a, b, *_ = model.luck.four(Purpose.ADVICE, centre.place.code, model.month)
        mean = use.advice / 1000 / 12 * centre.known * centre.place.population
        visits = chance.poisson_of_any_mean(mean, a, b)
        there = sum(m.minutes for pool in centre.pools.values() if pool.work_level == level for m in pool.employed)
        centre.advised = min(MOST_ADVISED, visits * use.advice_minutes / (max(1, there) * 365 / 12))
        came += visits
    model.ledger.note_month(county, f"served_{level}", sum(centre.place.population for centre in centres))
    model.ledger.note_month(county, f"received_{level}", came)
    model.ledger.note_month(county, f"advice_minutes_{level}", came * use.advice_minutes)


def equip_villages(city: City) -> None:
    """What a share of villages has, and informal mediators."""
    for village in city.villages:
        village.has = {lever: village.ranks[lever] < getattr(village.regime, lever) for lever in VILLAGE_FEATURES}
        village.informal_mediators = heads_of_village(village, village.regime.informal_mediators)


def split(number: int, mix: dict[MediationKind, float]) -> dict[MediationKind, int]:
    """Heads by shares that sum to one: whole parts, then the largest remainders."""
    whole = {kind: math.floor(number * share) for kind, share in mix.items()}
    remainders = sorted(mix, key=lambda kind: whole[kind] - number * mix[kind])
    for kind in remainders[: number - sum(whole.values())]:
        whole[kind] += 1
    return whole


def staff_of_centre(centre: Centre) -> dict[MediationKind, int]:
    """Mediators of a centre by kind; in a county also who works there with or without one."""
    regime = centre.place.regime
    weights = {
        PEOPLE: regime.mix_people,
        ADMINISTRATIVE: regime.mix_administrative,
        JUDICIAL: regime.mix_judicial,
        PROFESSIONAL: regime.mix_professional,
    }
    usual = {kind: STAFF_MIX[centre.level].get(kind, 0.0) for kind in MediationKind}
    mix = {kind: share * weights.get(kind, 1.0) for kind, share in usual.items()}
    total = sum(mix.values())
    mix = {kind: share / total for kind, share in mix.items()} if total else usual
    number = heads(getattr(regime, f"mediators_{centre.level}"), centre.place.population, REFERENCE_SIZE[centre.level])
    staff = split(number * centre.is_built, mix)
    if centre.level == "county":
        staff[ADMINISTRATIVE] += heads_of_county(centre.place, regime.department_clerks)
        staff[PETITION] += heads_of_county(centre.place, regime.petition_handlers)
        staff[PRELITIGATION] += heads_of_county(centre.place, regime.prelitigation_mediators)
        staff[PROFESSIONAL] += heads_of_county(centre.place, regime.enterprise_mediators)
    return staff


def employ(city: City) -> None:
    """Gives every pool its mediators, one level of the city after the other, and the halls their clerks."""
    for places in (city.townships, city.counties, [city]):
        employ_level(
            city,
            [
                (place.centre.pools[kind], number, 0)
                for place in places
                for kind, number in staff_of_centre(place.centre).items()
            ],
        )
    committees = [
        (village.pool, heads_of_village(village, village.regime.mediators_village), village.informal_mediators)
        for village in city.villages
    ]
    employ_level(city, committees)
    for county in city.counties:
        county.hall.clerks = heads_of_county(county, county.regime.service_clerks)


def employ_level(city: City, staff: list[tuple[Pool, int, int]]) -> None:
    """Posts of every pool, and informal mediators beside them.

    What a stress takes is spread evenly over the pools of a level: half of many single mediators is half of them.
    """
    for position, (pool, posts, informal) in enumerate(staff):
        pool.formal = posts
        pool.employ(math.floor((posts + informal) * city.regime.staff_kept + position * GOLDEN % 1.0))


def divide_grids(model: ReferenceModel, city: City) -> None:
    """New grids for all villages; latent disputes keep what their clock has still to run."""
    latent = [d for d in model.disputes.values() if d.stage == Stage.LATENT and d.city is city]
    for dispute in latent:
        worker = dispute.village.grid_worker_of(dispute.claimant)
        dispute.noticed_at = single(dispute.noticed_at - worker.hazard(nights=0))
    for village in city.villages:
        village.divide_grids()


def note_grids(model: ReferenceModel, county: County) -> None:
    """Grid workers and what a day of theirs holds, and villages' mediators."""
    villages = [village for township in county.townships for village in township.villages]
    workers = [len(village.grid_workers) * (1 - village.regime.lockdown) for village in villages]
    visits = [number * village.visits_a_day[0] for number, village in zip(workers, villages, strict=True)]
    minutes = [number * village.minutes_a_day for number, village in zip(workers, villages, strict=True)]
    model.ledger.note_month(county, "grid_workers", sum(len(village.grid_workers) for village in villages))
    model.ledger.note_month(county, "visits", sum(visits))
    model.ledger.note_month(county, "visit_minutes", sum(minutes))
    model.ledger.note_month(county, "village_mediators", sum(len(village.pool.employed) for village in villages))
