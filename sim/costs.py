"""What a policy in force costs a month: staff, centres, grids, what villages have, halls and platforms, the police."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import COUNTY
from sim.agents.dispute_kind import MediationKind
from sim.agents.grid_worker import FULL_DAY
from sim.agents.service_hall import MINUTES_A_DAY
from sim.agents.village import FEATURES, FIRST_CONTACT, MORAL_BANK, PRAISE_MEETINGS, WOMENS_TEAM
from sim.behaviour import Behaviour, Prices
from sim.enactment import rows_of
from sim.ledger import MONTHLY_FIGURES, WORK_LEVELS, event
from sim.phases.arise import DAYS_A_YEAR
from sim.province import Province
from sim.staff import heads_of_counties, part_time_minutes
from sim.state import State


def monthly_cost(state: State, province: Province, city: int, behaviour: Behaviour) -> NDArray[np.float64]:
    """Yuan this month by county of a city, shape (counties of the city,); a city's staff is booked on its first.

    A part-time post of a centre costs its hours of a full-time one. What is paid once counts as an annuity. Some
    levers have no price and cost nothing here: ``sim.prices`` says which.
    """
    rows, prices = rows_of(province, city), behaviour.prices
    first, counties = rows.counties.start, rows.counties.stop - rows.counties.start
    yearly = np.zeros(counties)
    regimes = state.regimes[city]
    kept = float(regimes["staff_kept"][0])
    part_time = part_time_minutes(behaviour) / MINUTES_A_DAY
    for pools in rows.pools:
        part = state.pools[pools]
        if (part["level"] == _VILLAGE).all():
            pay = _pay_of_committees(part, kept * state.villages["informal_mediators"][rows.villages], prices)
        else:
            enterprises = _paid_by_enterprises(part, state.halls, regimes, kept)
            pay = _pay_of_kinds(part, enterprises, part_time, prices)
        short = part["mediators"] - part["full_time"]
        lessons = prices.cost_training * part["full_time"] + prices.cost_training_part_time * short
        pay = pay + regimes["training"][part["regime"]] * lessons
        yearly += np.bincount(part["county"] - first, pay, counties)
    local = state.villages[rows.villages]
    levers = {name: regimes[name][local["regime"]] for name in ("hours_per_day", "overtime")}
    worker = np.maximum(prices.cost_grid_worker_least, prices.cost_grid_worker * levers["hours_per_day"] / FULL_DAY)
    worker = worker + DAYS_A_YEAR * prices.cost_overtime * levers["overtime"]
    yearly += np.bincount(local["county"] - first, local["grid_workers"] * worker, counties)
    yearly += np.bincount(local["county"] - first, local["has"] @ _of_villages(prices), counties)
    halls = state.halls[rows.counties]
    yearly += halls["clerks"] * prices.cost_service_clerk
    of_counties = regimes[state.centres["regime"][rows.centres[COUNTY]]]
    further = of_counties["subsystems"] - 1.0  # the first is what there always was
    yearly += halls["population"] / 1e6 * further * prices.cost_subsystem
    for each, running in zip(rows.centres, _of_centres(prices), strict=True):
        part = state.centres[each]
        spent = part["is_working"] * running + part["has_commissar"] * float(prices.cost_commissar)
        spent = spent + part["has_judge"] * float(prices.cost_judge_contact_point)
        yearly += np.bincount(part["county"] - first, spent, counties)
    return yearly / 12


_VILLAGE = WORK_LEVELS.index("village")


def case_pay(state: State, province: Province, city: int) -> NDArray[np.float64]:
    """Yuan for a case that village mediators settle, by county of a city: a mean over them, of whom those who work full
    time get nothing."""
    rows = rows_of(province, city)
    first, counties = rows.counties.start, rows.counties.stop - rows.counties.start
    pools = state.pools[rows.pools[-1]]
    county, short = pools["county"] - first, pools["mediators"] - pools["full_time"]
    pay = np.bincount(county, short * state.regimes[city]["case_pay"][pools["regime"]], counties)
    return pay / np.maximum(1, np.bincount(county, pools["mediators"], counties))


def police_cost(counts: NDArray[np.integer], monthly: NDArray[np.float64], prices: Prices) -> NDArray[np.float64]:
    """Yuan by county and month for calls about quarrels of all kinds and for what is passed on, from true events
    (``Ledger.counts``, ``Ledger.monthly``)."""
    calls = counts[..., event("police_called")].sum(axis=2) + monthly[..., MONTHLY_FIGURES.index("police_background")]
    passed = counts[..., event("police_passed")].sum(axis=2)
    return prices.cost_police_call * calls + prices.cost_police_passed * passed


def _pay_of_committees(pools: NDArray, informal: NDArray, prices: Prices) -> NDArray[np.float64]:
    """Yuan a year for the mediators of villages, shape (villages,), of whom ``informal`` belong to no committee."""
    allowances = pools["mediators"] - pools["full_time"] - informal
    return (
        pools["full_time"] * float(prices.cost_contract_mediator)
        + allowances * float(prices.cost_village_mediator)
        + informal * float(prices.cost_informal_mediator)
    )


def _pay_of_kinds(pools: NDArray, enterprises: NDArray, part_time: float, prices: Prices) -> NDArray[np.float64]:
    """Yuan a year for the mediators of centres' pools, shape (pools,), of whom enterprises pay some themselves.

    A part-time post is the share ``part_time`` of a full-time one.
    """
    of_kinds = np.empty(len(MediationKind))
    of_kinds[[MediationKind.PEOPLE, MediationKind.PROFESSIONAL]] = prices.cost_contract_mediator
    of_kinds[[MediationKind.ADMINISTRATIVE, MediationKind.PETITION]] = prices.cost_official
    of_kinds[MediationKind.JUDICIAL] = prices.cost_judicial_mediator
    of_kinds[MediationKind.PRELITIGATION] = prices.cost_prelitigation
    full_days = pools["full_time"] + part_time * (pools["mediators"] - pools["full_time"])
    own = 1.0 - enterprises / np.maximum(1, pools["mediators"])
    return full_days * own * of_kinds[pools["kind"]] + enterprises * float(prices.cost_enterprise_mediator)


def _paid_by_enterprises(pools: NDArray, halls: NDArray, regimes: NDArray, kept: float) -> NDArray[np.float64]:
    """Mediators of each pool whom enterprises pay, shape (pools,): some of counties' professional ones."""
    is_shared = (pools["kind"] == MediationKind.PROFESSIONAL) & (pools["level"] == WORK_LEVELS.index("county"))
    heads = heads_of_counties(regimes["enterprise_mediators"][pools["regime"]], halls["population"][pools["county"]])
    return np.where(is_shared, np.minimum(kept * heads, pools["mediators"]), 0.0)


def _of_centres(prices: Prices) -> tuple[float, float, float]:
    """Yuan a year for a working centre of each level, what set it up included."""
    running = (prices.cost_centre_township, prices.cost_centre_county, prices.cost_centre_city)
    capital = (prices.capital_township, prices.capital_county, prices.capital_city)
    township, county, city = (r + prices.annuity * c for r, c in zip(running, capital, strict=True))
    return township, county, city


def _of_villages(prices: Prices) -> NDArray[np.float64]:
    """Yuan a year for each of the things that a village may have; watching it is the platform's cost."""
    each = np.zeros(len(FEATURES))
    each[WOMENS_TEAM] = prices.cost_womens_team
    each[MORAL_BANK] = prices.cost_moral_bank + prices.annuity * prices.capital_moral_bank
    each[PRAISE_MEETINGS] = prices.cost_praise_meetings
    each[FIRST_CONTACT] = prices.cost_first_contact
    return each
