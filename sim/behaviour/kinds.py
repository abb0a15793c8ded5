"""Uncertainties about the kinds of dispute: how frequent each is, and how severe."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


def _share(kind: str) -> Any:
    meaning = f"share of {kind} among grievances, of the usual one; all shares are then made to sum to one"
    return parameter(meaning, "ratio", 0.5, 2)


def _severity(kind: str, low: float, high: float) -> Any:
    return parameter(f"mean severity of {kind}", "0–1", low, high)


@dataclass(config=STRICT)
class DisputeKinds:
    """How frequent and how severe each kind of dispute is; the usual shares are in ``sim.agents.dispute_kind``."""

    share_neighbour: Annotated[float, _share("disputes between neighbours")] = 1
    share_family: Annotated[float, _share("family disputes")] = 1
    share_land: Annotated[float, _share("disputes about land and boundaries")] = 1
    share_housing: Annotated[float, _share("disputes about housing and property management")] = 1
    share_labour: Annotated[float, _share("labour disputes")] = 1
    share_debt: Annotated[float, _share("disputes about debts and contracts")] = 1
    share_injury: Annotated[float, _share("disputes about injuries and traffic")] = 1
    share_medical: Annotated[float, _share("medical disputes")] = 1
    share_environment: Annotated[float, _share("disputes about the environment")] = 1
    share_land_taking: Annotated[float, _share("disputes about land taking and demolition")] = 1
    share_administration: Annotated[float, _share("disputes with the administration")] = 1
    share_other: Annotated[float, _share("other disputes")] = 1
    severity_neighbour: Annotated[float, _severity("disputes between neighbours", 0.2, 0.4)] = 0.2
    severity_family: Annotated[float, _severity("family disputes", 0.2, 0.6)] = 0.4
    severity_land: Annotated[float, _severity("disputes about land and boundaries", 0.2, 0.6)] = 0.4
    severity_housing: Annotated[float, _severity("disputes about housing and property management", 0.2, 0.6)] = 0.4
    severity_labour: Annotated[float, _severity("labour disputes", 0.4, 0.8)] = 0.6
    severity_debt: Annotated[float, _severity("disputes about debts and contracts", 0.2, 0.6)] = 0.4
    severity_injury: Annotated[float, _severity("disputes about injuries and traffic", 0.4, 0.8)] = 0.6
    severity_medical: Annotated[float, _severity("medical disputes", 0.4, 0.8)] = 0.6
    severity_environment: Annotated[float, _severity("disputes about the environment", 0.4, 0.8)] = 0.6
    severity_land_taking: Annotated[float, _severity("disputes about land taking and demolition", 0.4, 0.8)] = 0.6
    severity_administration: Annotated[float, _severity("disputes with the administration", 0.2, 0.6)] = 0.4
    severity_other: Annotated[float, _severity("other disputes", 0.2, 0.6)] = 0.4
