"""Uncertainties about how counties differ: by what the census says of their people, and by what nothing says.

An *elasticity* is the per cent that something rises where a covariate is one per cent above its province's mean; 0 is
the same everywhere. Which covariate acts on what: ``sim.county_profile``.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


def _elasticity(of: str, covariate: str, high: float = 1) -> Any:
    return parameter(f"elasticity of {of} in the share of {covariate}", "elasticity", 0, high)


@dataclass(config=STRICT)
class CountyDifferences:
    """How counties differ; every value is 0 where they do not.

    The defaults are assumed: between alike (0) and in proportion (1), less where settings of towns and villages carry
    part of the difference already, or where a covariate is very uneven. That migrants are the residents registered
    elsewhere is a definition. What nothing says of a county, its spreads, is 0.
    """

    labour_outside_farming: Annotated[float, _elasticity("labour disputes", "workers outside farming")] = 0.5
    labour_construction: Annotated[float, _elasticity("labour disputes", "workers in construction")] = 0.3
    labour_movers: Annotated[float, _elasticity("labour disputes", "residents registered elsewhere")] = 0.2
    land_agriculture: Annotated[float, _elasticity("disputes about land", "workers in farming")] = 0.4
    land_movers: Annotated[float, _elasticity("disputes about land", "residents registered elsewhere")] = 0
    housing_bought_flats: Annotated[float, _elasticity("housing disputes", "households in a bought flat")] = 0.4
    housing_lifts: Annotated[float, _elasticity("housing disputes", "households with a lift in the house")] = 0.2
    family_married: Annotated[float, _elasticity("family disputes", "the married")] = 0.5
    family_divorced: Annotated[float, _elasticity("family disputes", "the divorced")] = 0.3
    debt_trade: Annotated[float, _elasticity("disputes about debts and contracts", "workers in trade")] = 0.4
    injury_cars: Annotated[float, _elasticity("disputes about injuries and traffic", "households with a car")] = 0.4
    injury_transport: Annotated[float, _elasticity("disputes about injuries and traffic", "workers in transport")] = 0.3
    medical_aged: Annotated[float, _elasticity("medical disputes", "residents aged 65 and more")] = 0.4
    medical_health: Annotated[float, _elasticity("medical disputes", "workers in health and social work")] = 0.3
    environment_mining: Annotated[float, _elasticity("disputes about the environment", "workers in mining")] = 0.1
    environment_manufacturing: Annotated[
        float, _elasticity("disputes about the environment", "workers in manufacturing")
    ] = 0.3
    migrant_movers: Annotated[float, _elasticity("the share of migrants", "residents registered elsewhere")] = 1
    online_schooling: Annotated[
        float, parameter("elasticity of the share online in mean years of schooling", "elasticity", 0, 2)
    ] = 1
    online_aged: Annotated[
        float, parameter("fall of the share online with the share aged 65 and more", "elasticity", 0, 1)
    ] = 0.1
    law_schooling: Annotated[
        float, parameter("legal awareness added by e-fold mean years of schooling", "0–1", 0, 1)
    ] = 0.2
    law_aged: Annotated[float, parameter("legal awareness lost by an e-fold share aged 65 and more", "0–1", 0, 0.5)] = (
        0.05
    )
    spread_grievances: Annotated[
        float, parameter("spread of ln(grievances a resident) between counties, whatever the census says", "sd", 0, 0.4)
    ] = 0.2
    spread_mediation: Annotated[
        float, parameter("spread of the taste for mediation between counties", "utility", 0, 0.6)
    ] = 0.3
    spread_registration: Annotated[
        float, parameter("spread of ln(odds of being written down) between county registers", "sd", 0, 0.6)
    ] = 0.3
