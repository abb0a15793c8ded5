"""What sets a county apart, by its census and by its key (ODD 7.24)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim import chance
from sim.agents.dispute_kind import _KINDS
from sim.chance import Purpose
from sim.ledger import DISPUTE_KINDS
from sim.policy import ServiceLevers
from sim.province import Province
from tests.reference.cause import mean_claimants
from tests.reference.fixed import FARTHEST
from tests.reference.numbers import within

if TYPE_CHECKING:
    from tests.reference.model import ReferenceModel

ELASTIC = {
    "labour": ("labour_outside_farming", "labour_construction", "labour_movers"),
    "land": ("land_agriculture", "land_movers"),
    "housing": ("housing_bought_flats", "housing_lifts"),
    "family": ("family_married", "family_divorced"),
    "debt": ("debt_trade",),
    "injury": ("injury_cars", "injury_transport"),
    "medical": ("medical_aged", "medical_health"),
    "environment": ("environment_mining", "environment_manufacturing"),
}
"""Elasticities of each kind of dispute; what they are elasticities in follows the name of the kind."""

COLUMNS = {"aged": "aged_65"}
"""Columns of the census that are called otherwise."""


class Profile(NamedTuple):
    """What sets a county apart; pairs are of its villages and of its communities."""

    rate: tuple[float, float]
    kinds: tuple[list[float], list[float]]
    """Cumulated shares."""
    unserved: float
    """Of the usual disputes with the administration, those that no refused request raises."""
    migrant_share: float
    online_share: float
    legal: float
    mediation: float
    registration: float
    """Odds of being written down, of the usual ones."""


def profiles(model: ReferenceModel, province: Province) -> dict[int, Profile]:
    """By code of the county, of the whole province."""
    behaviour, differences, whole = model.behaviour, model.behaviour.counties, province.whole
    rows = range(len(whole.codes))
    rural, urban = whole.rural.tolist(), whole.urban.tolist()
    people = [rural[row] + urban[row] for row in rows]

    def column(name: str) -> list[float]:
        if name == "outside_farming":
            return [1 - share for share in column("agriculture")]
        if name == "movers":
            names = [name for name in whole.covariates if name.startswith("movers_")]
            return [sum(cells) for cells in zip(*map(column, names), strict=True)]
        return whole.covariates[COLUMNS.get(name, name)].tolist()

    def mean(values: list[float]) -> float:
        known = [row for row in rows if not math.isnan(values[row])]
        weight = sum(people[row] for row in known)
        return sum(people[row] * values[row] for row in known) / weight if weight else 0.0

    def ratios(name: str) -> list[float]:
        values = column(name)
        usual = mean(values)
        if usual == 0:
            return [1.0] * len(values)
        return [1.0 if math.isnan(v) else within(v / usual, 1 / FARTHEST, FARTHEST) for v in values]

    def levelled(factor: Callable[[int], float]) -> list[float]:
        values = [factor(row) for row in rows]
        usual = mean(values)
        return [value / usual for value in values]

    luck = [county_luck(model, int(code)) for code in whole.codes]
    elasticities = {
        kind: [(getattr(differences, name), ratios(name.removeprefix(f"{kind}_"))) for name in names]
        for kind, names in ELASTIC.items()
    }
    own = [lognormal(each[0], differences.spread_grievances) for each in luck]

    def intensity(kind: str, row: int) -> float:
        return own[row] * math.prod(ratio[row] ** power for power, ratio in elasticities.get(kind, ()))

    usual = usual_shares(behaviour)
    level = {}
    for place, kind in enumerate(DISPUTE_KINDS):
        alike = [rural[row] * usual[0][place] + urban[row] * usual[1][place] for row in rows]
        level[kind] = sum(alike) / sum(alike[row] * intensity(kind, row) for row in rows)

    def mix(row: int, setting: int) -> tuple[float, list[float]]:
        parts = [
            usual[setting][n] * intensity(kind, row) * level[kind] / mean_claimants(behaviour, kind)
            for n, kind in enumerate(DISPUTE_KINDS)
        ]
        cumulated = [sum(parts[: n + 1]) / sum(parts) for n in range(len(parts))]
        return sum(parts), [*cumulated[:-1], 1.0]

    movers, schooling, aged = ratios("movers"), ratios("schooling"), ratios("aged")
    migrants = levelled(lambda row: movers[row] ** differences.migrant_movers)
    online = levelled(lambda row: schooling[row] ** differences.online_schooling / aged[row] ** differences.online_aged)
    law = [
        differences.law_schooling * math.log(schooling[row]) - differences.law_aged * math.log(aged[row])
        for row in rows
    ]
    taste = [differences.spread_mediation * each[1] for each in luck]
    registers = [differences.spread_registration * each[2] for each in luck]
    found = {}
    for row, code in enumerate(whole.codes.tolist()):
        (of_villages, kinds_of_villages), (of_communities, kinds_of_communities) = mix(row, 0), mix(row, 1)
        found[code] = Profile(
            rate=(of_villages, of_communities),
            kinds=(kinds_of_villages, kinds_of_communities),
            unserved=unserved(behaviour, sum(rural), sum(urban)),
            migrant_share=min(1.0, behaviour.migrant_share * migrants[row]),
            online_share=min(1.0, behaviour.online_share * online[row]),
            legal=law[row] - mean(law),
            mediation=taste[row] - mean(taste),
            registration=math.exp(registers[row] - mean(registers)),
        )
    return found


def unserved(behaviour, rural: int, urban: int) -> float:
    """As many of the province's disputes with the administration as refused requests raise in 2018 are theirs."""
    levers, outcomes, kind = ServiceLevers(), behaviour.services, DISPUTE_KINDS.index("administration")
    of_villages, of_communities = (shares[kind] for shares in usual_shares(behaviour))
    usual = behaviour.grievances * (rural * of_villages + urban * of_communities) / (rural + urban)
    online = behaviour.online_share * levers.online_services
    by_call = (1 - online) * levers.one_call
    windows = 1 + (1 - levers.one_window) * (behaviour.doors_windows - 1)
    unmet = online * (1 - outcomes.online_success) + by_call * (1 - outcomes.call_success)
    unmet += (1 - online - by_call) * (1 - outcomes.door_success**windows)
    first = behaviour.service_rate * math.exp(behaviour.induced_demand * (0.5 - unmet))
    tries = first / (1 - outcomes.service_retry * unmet)
    refused = tries * unmet * (1 - outcomes.service_retry)
    return max(0.0, 1 - outcomes.service_grievance * refused / usual)


def county_luck(model: ReferenceModel, code: int) -> tuple[float, float, float]:
    """Three standard normals: for grievances, for mediation, for the register."""
    a, b, c, d = model.luck.four(Purpose.COUNTY, code, 0)
    return (*chance.normals(a, b), chance.normals(c, d)[0])


def lognormal(z: float, spread: float) -> float:
    """Of mean one."""
    return math.exp(spread * z - spread**2 / 2)


def usual_shares(behaviour) -> tuple[list[float], list[float]]:
    """Shares of the kinds in villages and in communities where counties do not differ."""
    frequent = [getattr(behaviour.kinds, f"share_{kind}") for kind in DISPUTE_KINDS]
    shares = []
    for setting in ("rural", "urban"):
        parts = [often * getattr(_KINDS[kind], setting) for often, kind in zip(frequent, DISPUTE_KINDS, strict=True)]
        shares.append([part / sum(parts) for part in parts])
    return shares[0], shares[1]
