"""What every stress must do: what it moves, how the record may look better for it, and that the truth does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sim.acting.case import Case
from tests.sim.acting.figures import (
    CHANNELS,
    MEDIATION,
    PETITIONS,
    Figure,
    chosen,
    count,
    durable_per_grievance,
    events,
    per_thousand,
    registered_share,
    share,
    trust,
    unresolved_per_grievance,
    work,
)


def recorded(*levels: str) -> Figure:
    """Petitions in the registers of levels, however they came there: first ones and repeats."""
    kept = [
        f"{repeat}{what}"
        for repeat in ("", "repeat_")
        for what in (*events("registered", *levels), *_sent("recorded_twice", *levels), *_sent("pushed_down", *levels))
    ]
    return count(*kept)


def _sent(what: str, *levels: str) -> list[str]:
    """Events that levels record of petitions presented elsewhere; not every level does."""
    known = {"recorded_twice": ("county", "city", "province"), "pushed_down": ("county",)}[what]
    return [f"{what}_{channel}_{level}" for level in levels for channel in CHANNELS if level in known]


PYRAMID = share(recorded("province"), recorded("county"))
"""Province over county in the registers: upside down above one."""

ALL_RECORDED = recorded("county", "city", "province", "nation")

RECORDED_SUCCESS = share(
    count(*(f"{outcome}_{forum}" for outcome in ("durable", "nominal") for forum in MEDIATION)),
    count(*(f"{outcome}_{forum}" for outcome in ("durable", "nominal", "failed") for forum in MEDIATION)),
)

FIRST_QUARTER = ("2018-07", "2018-09")

STRESSES = (
    Case(
        "non_registration",
        0.8,
        registered_share("province"),
        -1,
        "a fifth of 90 %",
        {"registration_province": 0.9},
        0.18,
    ),
    Case("discouragement", 3, chosen(*PETITIONS[1:]), -1, "a cost on petitions above the county"),
    Case("provincial_door_closed", 1, recorded("province"), -1, "nobody gets in", equals=0),
    Case("city_door_closed", 1, recorded("city"), -1, "nobody gets in", equals=0),
    Case("push_down", 1, count(*_sent("pushed_down", "county")), +1, "written down at the county instead"),
    Case("double_counting", 1, count(*_sent("recorded_twice", "county", "city", "province")), +1, "written down again"),
    Case("lockdown", 1, chosen("township", "county", "court", *PETITIONS), -1, "nobody goes out"),
    Case(
        "lockdown_start",
        6,
        lambda ledger: count("noticed")(ledger.window(*FIRST_QUARTER)),
        +1,
        "no lockdown yet in the first quarter",
        {"lockdown": 1},
    ),
    Case(
        "demand_shock", 0.5, per_thousand(count("raised")), +1, "half as many again as 60", {"service_grievance": 0}, 90
    ),
    Case("staff_lost", 1, work("busy_days", "village", "township", "county", "city", "petition"), -1, "nobody works"),
)


@dataclass(frozen=True)
class Harm:
    """What a configuration of stresses does to the record and to the truth.

    ``looks_better``: figures of the record with the direction in which they flatter; empty where nothing does.
    ``is_worse``: true figures that get worse, of ``TRUE_FIGURES``. ``is_learned`` is false where people have less
    contact with the bodies they would lose their trust in, so that trust says nothing.
    """

    name: str
    stress: Mapping[str, Any]
    looks_better: tuple[tuple[str, Figure, int], ...] = ()
    is_worse: tuple[str, ...] = ("unresolved",)
    is_learned: bool = True
    given: Mapping[str, Any] = field(default_factory=dict)


TRUE_FIGURES: dict[str, tuple[Figure, int]] = {
    "durable": (durable_per_grievance, +1),
    "unresolved": (unresolved_per_grievance, -1),
    "trust": (trust("local", "middle", "higher", "court"), +1),
}
"""What is true, and which direction is the better one."""

HARMS = (
    Harm(
        "non_registration",
        {"non_registration": 0.8},
        (("petitions recorded", ALL_RECORDED, -1),),
        ("unresolved", "trust"),
    ),
    Harm(
        "discouragement",
        {"discouragement": 5},
        (("petitions recorded", ALL_RECORDED, -1), ("province over county", PYRAMID, -1)),
        is_learned=False,
    ),
    Harm(
        "closed_doors",
        {"provincial_door_closed": 1, "city_door_closed": 1},
        (("petitions recorded", ALL_RECORDED, -1), ("province over county", PYRAMID, -1)),
        ("unresolved", "trust"),
    ),
    Harm(
        "push_down",
        {"push_down": 1},
        (("petitions at the province", recorded("province"), -1), ("province over county", PYRAMID, -1)),
        ("trust",),
    ),
    Harm("double_counting", {"double_counting": 1}, (("province over county", PYRAMID, -1),), ()),
    Harm(
        "lockdown",
        {"lockdown": 1},
        (("petitions recorded", ALL_RECORDED, -1),),
        ("durable", "unresolved"),
        is_learned=False,
    ),
    Harm("demand_shock", {"demand_shock": 0.5}, (), ("durable", "unresolved", "trust")),
    Harm("staff_lost", {"staff_lost": 0.9}, (), ("durable", "unresolved", "trust")),
    Harm(
        "nobody_left",
        {"staff_lost": 1},
        (),
        ("durable", "unresolved", "trust"),
    ),
)
