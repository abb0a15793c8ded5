"""What every uncertainty about kinds of dispute and about differences between counties must do.

The world's first county has half as much again of everything that the census counts as is usual, and luck of its own
above the usual; the second has half of the usual, and luck below it.
"""

from __future__ import annotations

from sim.ledger import DISPUTE_KINDS
from tests.sim.acting.case import Case
from tests.sim.acting.figures import apart, count, events, of_group, share

MANY = {"grievances": 90}
ONLINE = {"online_channel": 1, "constant_petition": -2}

SHARES = tuple(
    Case(f"kinds.share_{kind}", 2, count("raised", kinds=(kind,)), +1, "more of the kind") for kind in DISPUTE_KINDS
)

SEVERITIES = tuple(
    Case(
        f"kinds.severity_{kind}",
        high,
        share(count("first_nothing", kinds=(kind,)), count("raised", kinds=(kind,))),
        -1,
        "what is severe is not left",
        {**MANY, f"share_{kind}": 2},
    )
    for kind, high in {
        **dict.fromkeys(DISPUTE_KINDS, 0.6),
        "neighbour": 0.4,
        **dict.fromkeys(("labour", "injury", "medical", "environment", "land_taking"), 0.8),
    }.items()
)


def more(parameter: str, kind: str, sign: int = +1) -> Case:
    """A county with more of what a kind goes with has more of the kind."""
    return Case(f"counties.{parameter}", 1, apart("raised", kinds=(kind,)), sign, "there is more to dispute about")


DISPUTES = (
    more("labour_outside_farming", "labour", -1),
    more("labour_construction", "labour"),
    more("labour_movers", "labour"),
    more("land_agriculture", "land"),
    more("land_movers", "land"),
    more("housing_bought_flats", "housing"),
    more("housing_lifts", "housing"),
    more("family_married", "family"),
    more("family_divorced", "family"),
    more("debt_trade", "debt"),
    more("injury_cars", "injury"),
    more("injury_transport", "injury"),
    more("medical_aged", "medical"),
    more("medical_health", "medical"),
    more("environment_mining", "environment"),
    more("environment_manufacturing", "environment"),
)

BY_NET = tuple(f"presented_online_{level}" for level in ("county", "city", "province", "nation"))

PEOPLE_OF_COUNTIES = (
    Case("counties.migrant_movers", 1, of_group("migrant", "raised"), +1, "more migrants where more have moved"),
    Case("counties.online_schooling", 2, apart(*BY_NET), +1, "schooling leads online", ONLINE),
    Case("counties.online_aged", 1, apart(*BY_NET), -1, "age keeps from it", ONLINE),
    Case("counties.law_schooling", 1, apart("first_court"), +1, "who has been to school knows the law"),
    Case("counties.law_aged", 0.5, apart("first_court"), -1, "who is old knows less of it"),
    Case("counties.spread_grievances", 0.4, apart("raised"), +1, "its luck is more grievances"),
    Case(
        "counties.spread_mediation",
        0.6,
        apart("first_village", "first_township", "first_county"),
        +1,
        "its luck is a taste for mediators",
    ),
    Case(
        "counties.spread_registration",
        0.6,
        apart(*events("registered", "county")),
        +1,
        "its luck is a full register",
        {"constant_petition": -2},
    ),
)

PLACES = SHARES + SEVERITIES + DISPUTES + PEOPLE_OF_COUNTIES
