"""Uncertainties about the use of centres: who knows them, and what becomes of those who come.

Neutral: everybody knows a working centre and sees nothing in it beyond a department's windows.
"""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter

_BASS = "form: Bass 1969, with forgetting"


@dataclass(config=STRICT)
class CentreUse:
    """How working centres become known, and what people find there."""

    centre_appeal: Annotated[
        float, parameter("what speaks for a working centre to those who know it", "utility", 0, 5)
    ] = 0
    known_first: Annotated[float, parameter("residents who know a centre when it opens", "share", 0, 1)] = 0.3
    known_by_themselves: Annotated[
        float, parameter("residents who come to know a centre whatever others do", "1/year", 0, 0.2, "A", _BASS)
    ] = 0.03
    known_by_talk: Annotated[
        float,
        parameter("residents who come to know it by talk, where all others know it", "1/year", 0, 1, "A", _BASS),
    ] = 0.38
    known_forgotten: Annotated[
        float, parameter("those who know a centre and forget it", "1/year", 0, 0.2, "A", _BASS)
    ] = 0.05
    closed_door: Annotated[
        float, parameter("visitors to a centre that is a nameplate who find nobody there", "share", 0, 1)
    ] = 0.3
    offer_taken: Annotated[
        float, parameter("petitioners who take mediation that a centre offers them first", "share", 0, 1)
    ] = 0.3
    referred_up: Annotated[
        float,
        parameter("matters a township has failed to settle and refers to the county's centre", "share", 0, 1),
    ] = 0.2
    visits_per_matter: Annotated[
        float, parameter("visits to a working centre for each matter that it takes into work", "visits", 1, 9)
    ] = 4
    advice: Annotated[
        float, parameter("visits for advice and the like, of those who know a working centre", "1/1000/year", 0, 80)
    ] = 5
    advice_minutes: Annotated[float, parameter("a centre's time for a visit for advice", "minutes", 5, 120)] = 30
