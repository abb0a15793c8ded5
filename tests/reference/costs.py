"""What a county's staff, centres, grids, villages, hall and platform cost a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.dispute_kind import MediationKind
from tests.reference.fixed import MINUTES_A_DAY
from tests.reference.heads import heads_of_county
from tests.reference.numbers import rounded

if TYPE_CHECKING:
    from sim.behaviour import Prices
    from tests.reference.centre import Pool
    from tests.reference.model import ReferenceModel
    from tests.reference.places import County
    from tests.reference.village import Village


def cost_of(model: ReferenceModel, county: County) -> float:
    """Yuan a year; the city's staff is booked on its first county."""
    prices, city = model.behaviour.prices, county.city
    villages = [village for township in county.townships for village in township.villages]
    by_level = {"township": [each.centre for each in county.townships], "county": [county.centre], "city": []}
    if county is city.counties[0]:
        by_level["city"] = [city.centre]
    centres = [centre for here in by_level.values() for centre in here]
    pools = [pool for centre in centres for pool in centre.pools.values()]
    in_centres = sum(pay_of(model, pool) for pool in pools)
    in_villages = sum(pay_of_village(village, prices) for village in villages)
    trained = sum(
        pool.place.regime.training
        * (
            pool.full_time * prices.cost_training
            + (len(pool.employed) - pool.full_time) * prices.cost_training_part_time
        )
        for pool in [*pools, *(village.pool for village in villages)]
    )
    built = sum(
        centre.is_working
        * (getattr(prices, f"cost_centre_{level}") + once(getattr(prices, f"capital_{level}"), prices))
        for level, here in by_level.items()
        for centre in here
    )
    posts = [post for centre in centres for post in centre.posts]
    return (
        in_centres
        + in_villages
        + trained
        + sum(pay_of_grids(village, prices) for village in villages)
        + county.hall.clerks * prices.cost_service_clerk
        + built
        + posts.count("commissars") * prices.cost_commissar
        + posts.count("judge_contact_points") * prices.cost_judge_contact_point
        + sum(spent_on(village, prices) for village in villages)
        + county.population / 1e6 * (county.regime.subsystems - 1) * prices.cost_subsystem
    )


def once(yuan: float, prices: Prices) -> float:
    """A year's part of what is paid once."""
    interest = prices.discount_rate
    return yuan / prices.life if interest == 0 else yuan * interest / (1 - (1 + interest) ** -prices.life)


def pay_of(model: ReferenceModel, pool: Pool) -> float:
    """Of a centre's mediators of one kind; enterprises pay some of a county's professional ones themselves."""
    prices = model.behaviour.prices
    short = rounded(60 * model.behaviour.caseloads.part_time_hours) / MINUTES_A_DAY
    full_days = pool.full_time + (len(pool.employed) - pool.full_time) * short
    price = {
        MediationKind.PEOPLE: prices.cost_contract_mediator,
        MediationKind.PROFESSIONAL: prices.cost_contract_mediator,
        MediationKind.ADMINISTRATIVE: prices.cost_official,
        MediationKind.PETITION: prices.cost_official,
        MediationKind.JUDICIAL: prices.cost_judicial_mediator,
        MediationKind.PRELITIGATION: prices.cost_prelitigation,
    }[pool.kind]
    theirs = min(enterprises(model, pool), len(pool.employed))
    if not theirs:
        return full_days * price
    return full_days * (1 - theirs / len(pool.employed)) * price + theirs * prices.cost_enterprise_mediator


def enterprises(model: ReferenceModel, pool: Pool) -> float:
    """Mediators of a pool whom enterprises share."""
    if pool.kind != MediationKind.PROFESSIONAL or pool.work_level != "county":
        return 0
    regime = pool.county.regime
    return heads_of_county(pool.county, regime.enterprise_mediators) * regime.staff_kept


def pay_of_village(village: Village, prices: Prices) -> float:
    """Of the committee, and of informal mediators."""
    informal = village.informal_mediators * village.regime.staff_kept
    full = village.pool.full_time
    part = len(village.pool.employed) - full - informal
    return (
        full * prices.cost_contract_mediator
        + part * prices.cost_village_mediator
        + informal * prices.cost_informal_mediator
    )


def pay_of_grids(village: Village, prices: Prices) -> float:
    """Of its grid workers, by the hours of their day."""
    regime = village.regime
    usual = max(prices.cost_grid_worker_least, prices.cost_grid_worker * regime.hours_per_day / 8)
    return len(village.grid_workers) * (usual + 365 * prices.cost_overtime * regime.overtime)


def spent_on(village: Village, prices: Prices) -> float:
    """What a village has beside staff."""
    return (
        village.has["womens_teams"] * prices.cost_womens_team
        + village.has["moral_bank"] * (prices.cost_moral_bank + once(prices.capital_moral_bank, prices))
        + village.has["praise_meetings"] * prices.cost_praise_meetings
        + village.has["first_contact"] * prices.cost_first_contact
    )
