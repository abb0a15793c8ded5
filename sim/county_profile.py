"""What sets a county apart: its grievances by kind, its people and its register, from the census and by its key.

Everything is relative to the *whole* province, of which a run may hold a part, so that a county is the same in every
selection of places and the province's totals stay what they are where nothing differs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agents.dispute_kind import kinds_of
from sim.agents.service_hall import usually_refused
from sim.behaviour import Behaviour
from sim.behaviour.counties import CountyDifferences
from sim.chance import Purpose
from sim.compilation import compiled, compiled_once
from sim.ledger import DISPUTE_KINDS
from sim.province import Province, WholeProvince
from sim.records import Row

COUNTY_PROFILE = np.dtype(
    [
        ("rate", np.float64, (2,)),  # grievances of a rural and an urban resident, of the usual number
        ("cumulative", np.float64, (2, len(DISPUTE_KINDS))),  # shares of this and all earlier kinds: rural, urban
        ("unserved", np.float64),  # of the usual disputes with the administration: those that no refused request raises
        ("migrant_share", np.float64),
        ("online_share", np.float64),
        ("legal", np.float64),  # added to legal awareness
        ("mediation", np.float64),  # utility of mediators in the village and in centres, above the province's mean
        ("registration", np.float64),  # odds of being written down in its register, of the usual ones
    ],
    align=True,
)

LINKS = {
    "labour": {
        "labour_outside_farming": "outside_farming",
        "labour_construction": "construction",
        "labour_movers": "movers",
    },
    "land": {"land_agriculture": "agriculture", "land_movers": "movers"},
    "housing": {"housing_bought_flats": "bought_flats", "housing_lifts": "lifts"},
    "family": {"family_married": "married", "family_divorced": "divorced"},
    "debt": {"debt_trade": "trade"},
    "injury": {"injury_cars": "cars", "injury_transport": "transport"},
    "medical": {"medical_aged": "aged_65", "medical_health": "health"},
    "environment": {"environment_mining": "mining", "environment_manufacturing": "manufacturing"},
}
"""Kind of dispute → elasticity → what of the county it is an elasticity in (``ratios``)."""

ADMINISTRATION = DISPUTE_KINDS.index("administration")

FARTHEST = 10.0
"""Most times that a covariate counts as above or below its province's mean: mines stand in few counties, and a county
without one has an environment too."""


def ratios(whole: WholeProvince) -> dict[str, NDArray[np.float64]]:
    """Each covariate of each county over its mean among the province's residents; 1 where it is unknown.

    Besides ``COVARIATES`` there are ``movers``, all residents registered elsewhere, and ``outside_farming``.
    """
    known = dict(whole.covariates)
    known["movers"] = np.sum([values for name, values in known.items() if name.startswith("movers_")], axis=0)
    known["outside_farming"] = 1.0 - known["agriculture"]
    residents = (whole.rural + whole.urban).astype(np.float64)
    return {name: _ratio(values, residents) for name, values in known.items()}


def _ratio(values: NDArray[np.float64], residents: NDArray[np.float64]) -> NDArray[np.float64]:
    is_known = np.isfinite(values)
    total = (residents[is_known] * values[is_known]).sum()
    if total <= 0.0:
        return np.ones(len(values))
    ratio = np.where(is_known, values, 1.0) * (residents[is_known].sum() / total)
    return np.where(is_known, np.clip(ratio, 1.0 / FARTHEST, FARTHEST), 1.0)


def _power(of: Mapping[str, NDArray], elasticities: Mapping[str, float]) -> NDArray[np.float64]:
    """The product over covariates of their ratio to the power of an elasticity, shape (counties,)."""
    return _alike_anywhere(np.prod([of[name] ** elasticity for name, elasticity in elasticities.items()], axis=0))


def _alike_anywhere(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without the last digits, in which powers and exponentials differ between processors."""
    return np.round(values, 12)


def _levelled(factor: NDArray[np.float64], residents: NDArray[np.float64]) -> NDArray[np.float64]:
    """A factor by county over its mean among residents."""
    return factor * (residents.sum() / (residents * factor).sum())


def _centred(term: NDArray[np.float64], residents: NDArray[np.float64]) -> NDArray[np.float64]:
    """A term by county less its mean among residents."""
    return term - np.average(term, weights=residents)


@compiled_once
def _county_luck(codes: NDArray, seed: int, purpose: int) -> NDArray[np.float64]:
    """Three standard normals of every county, shape (3, counties)."""
    luck = np.empty((3, len(codes)))
    for n in range(len(codes)):
        a, b, c, d = chance.quad(seed, purpose, codes[n], 0)
        luck[0, n], luck[1, n] = chance.normals(a, b)
        luck[2, n] = chance.normal(c, d)
    return luck


def county_profiles(province: Province, behaviour: Behaviour, seed: int) -> NDArray:
    """What sets each county of a province apart in a run, one record a county of the selection."""
    whole, differences = province.whole, behaviour.counties
    of = ratios(whole)
    residents = (whole.rural + whole.urban).astype(np.float64)
    grievances, mediation, registration = _county_luck(whole.codes, seed, int(Purpose.COUNTY))
    profiles = np.zeros(len(whole.codes), COUNTY_PROFILE)
    luck = _alike_anywhere(np.exp(differences.spread_grievances * grievances - 0.5 * differences.spread_grievances**2))
    intensity = _intensity(of, differences) * luck[:, None]
    kinds = kinds_of(behaviour.kinds, behaviour.causes)
    profiles["rate"], profiles["cumulative"] = _mix(whole, kinds["share"], intensity, kinds["members"])
    profiles["unserved"] = _alike_anywhere(_unserved(whole, kinds["share"][ADMINISTRATION], behaviour))
    migrants = _levelled(_power(of, {"movers": differences.migrant_movers}), residents)
    profiles["migrant_share"] = np.minimum(1.0, behaviour.migrant_share * migrants)
    online = _power(of, {"schooling": differences.online_schooling, "aged_65": -differences.online_aged})
    profiles["online_share"] = np.minimum(1.0, behaviour.online_share * _levelled(online, residents))
    legal = differences.law_schooling * np.log(of["schooling"]) - differences.law_aged * np.log(of["aged_65"])
    profiles["legal"] = _centred(_alike_anywhere(legal), residents)
    profiles["mediation"] = _centred(differences.spread_mediation * mediation, residents)
    registers = np.exp(_centred(differences.spread_registration * registration, residents))
    profiles["registration"] = _alike_anywhere(registers)
    return profiles[np.searchsorted(whole.codes, province.counties["code"])]


def _intensity(of: Mapping[str, NDArray], differences: CountyDifferences) -> NDArray[np.float64]:
    """Grievances of each kind that a county's people have, of the usual number; shape (counties, kinds)."""
    intensity = np.ones((len(of["movers"]), len(DISPUTE_KINDS)))
    for kind, links in LINKS.items():
        elasticities = {covariate: getattr(differences, name) for name, covariate in links.items()}
        intensity[:, DISPUTE_KINDS.index(kind)] = _power(of, elasticities)
    return intensity


def _unserved(whole: WholeProvince, share: NDArray[np.float64], behaviour: Behaviour) -> NDArray[np.float64]:
    """The part of the province's usual disputes with the administration that do not arise from refused requests.

    So that there are as many grievances of every kind as parameters say while services are those of the status quo;
    0 where refused requests alone raise more.
    """
    usual = behaviour.grievances * np.average(share, weights=[whole.rural.sum(), whole.urban.sum()])
    by_service = behaviour.services.service_grievance * usually_refused(behaviour)
    return np.maximum(0.0, 1.0 - by_service / usual)


def _mix(
    whole: WholeProvince, share: NDArray[np.float64], intensity: NDArray[np.float64], members: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rates of causes and cumulated shares of their kinds by county and setting, such that the province has of each
    kind as many grievances as it would if counties were alike and a cause had one claimant and not ``members``."""
    usual = np.repeat(np.ascontiguousarray(share.T)[None], len(intensity), axis=0)  # counties, settings, kinds
    residents = np.stack([whole.rural, whole.urban], axis=1).astype(np.float64)[:, :, None]
    alike, apart = (residents * usual).sum((0, 1)), (residents * usual * intensity[:, None]).sum((0, 1))
    level = np.divide(alike, apart, out=np.ones(len(alike)), where=apart > 0.0)
    mixed = usual * (intensity * level)[:, None] / members
    rate = mixed.sum(2) / usual.sum(2)
    cumulative = np.cumsum(mixed / rate[:, :, None], axis=2)
    cumulative[:, :, -1] = 1.0
    return rate, cumulative


@compiled
def kind_of(profile: Row, urban: int, u: float) -> int:
    """The kind of dispute whose share of the unit interval holds ``u``, in a county's villages or communities."""
    for kind in range(len(DISPUTE_KINDS)):
        if u < profile.cumulative[urban, kind]:
            return kind
    return len(DISPUTE_KINDS) - 1
