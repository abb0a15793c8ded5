"""Petitions by level: presented, registered, accepted; their ratio and its distance to 1 : 2 : 3.

Where no government stands on one of the levels (``Ledger.missing_levels``) a ratio with it is no number, and neither
are log-ratios and the distance, which need all three.

How petitions are counted is a setting (:class:`CountingBasis`), for a ratio may hold on one basis and not on another.
A level's register also holds what was never presented there (``ELSEWHERE``): every basis counts it as the records do,
and what is *presented* never includes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from sim.ledger import CHANNELS, PETITION_LEVELS, TIERS, Ledger
from sim.measures.composition import TARGET, coordinates_of, ilr
from sim.measures.measure import Measure, per_1000_a_year, share, total
from sim.measures.summing import once

GROUP = "petitions"
PYRAMID = ("province", "city", "county")
"""Levels of the ratio, from the top."""

ELSEWHERE = {"pushed_down": ("county",), "recorded_twice": PYRAMID}
"""Records without a presentation at their level, and the levels whose registers have them: petitions to province or
nation that were sent back to the county's register, and second records of petitions to a level above."""


@dataclass(frozen=True)
class CountingBasis:
    """What counts as a petition.

    ``channels`` is ``"all"`` or ``"visit"``; ``repeats`` counts presentations of a matter that is still in process;
    ``hand_downs`` counts an accepted matter once more at the level it is handed down to; ``persons`` counts all who
    come with a visit instead of one batch (letters and online petitions have one writer each); ``receptions`` counts
    every visit to a working centre of the county or the city, for whatever reason, as a petition to that level.
    """

    channels: str = "all"
    repeats: bool = True
    hand_downs: bool = False
    persons: bool = False
    receptions: bool = False

    def __post_init__(self) -> None:
        if self.channels not in ("all", "visit"):
            raise ValueError(f"channels={self.channels!r} is not 'all' or 'visit'")

    def events(self, what: str, level: str) -> tuple[str, ...]:
        """Events of one sort at a level: ``"presented"``, ``"registered"`` (of these) or one of ``ELSEWHERE``."""
        return _events(self, what, level)

    def recorded(self, level: str) -> tuple[str, ...]:
        """Events that count as registered at a level, presented there or not."""
        return _recorded(self, level)


@cache
def _events(basis: CountingBasis, what: str, level: str) -> tuple[str, ...]:
    channels = CHANNELS if basis.channels == "all" else (basis.channels,)
    counted = ["persons" if basis.persons and channel == "visit" else channel for channel in channels]
    names = [f"{what}_{each}_{level}" for each in counted]
    if basis.repeats:
        names += [f"repeat_{what}_{each}_{level}" for each in counted]
    return tuple(names)


@cache
def _recorded(basis: CountingBasis, level: str) -> tuple[str, ...]:
    names = list(basis.events("registered", level))
    for what, levels in ELSEWHERE.items():
        if level in levels:
            names += basis.events(what, level)
    if basis.hand_downs and level != "nation":  # nothing is handed down to the nation
        names.append(f"handed_down_to_{level}")
    return tuple(names)


DEFAULT = CountingBasis()
"""All channels, with repeats; batches, neither hand-downs nor receptions counted."""

BASES = {
    "petitions": DEFAULT,
    "visits": CountingBasis(channels="visit"),
    "persons": CountingBasis(persons=True),
    "visitors": CountingBasis(channels="visit", persons=True),
    "first_time": CountingBasis(repeats=False),
    "with_hand_downs": CountingBasis(hand_downs=True),
    "with_receptions": CountingBasis(receptions=True),
}
"""The bases that every run is measured on, by the prefix of their measures."""

_ROWS = {basis: row for row, basis in enumerate(BASES.values())}


def counts_on(prefix: str, level: str) -> tuple[str, str]:
    """Names of two measures on a basis of ``BASES``: what is registered at a level or in total, what is presented.

    Hand-downs are never presented, so that the latter is the same as on the default basis.
    """
    own = "" if prefix in ("petitions", "with_hand_downs") else f"{prefix}_"
    return f"{prefix}_{level}", f"presented_{own}{level}"


def distance_on(prefix: str) -> str:
    """Name of the measure of the distance to 1 : 2 : 3 on a basis of ``BASES``."""
    return f"{_start(prefix)}distance_to_target"


def _start(prefix: str) -> str:
    return "" if BASES[prefix] == DEFAULT else f"{prefix}_"


def _levels(level: str) -> tuple[str, ...]:
    return PETITION_LEVELS if level == "total" else (level,)


@once
def petitions(ledger: Ledger, level: str, basis: CountingBasis = DEFAULT) -> int:
    """Registered petitions at a level (``county``, ``city``, ``province``, ``nation``) or at all (``total``)."""
    if level == "total":
        return sum(petitions(ledger, at, basis) for at in PETITION_LEVELS)
    return total(ledger, basis.recorded(level)) + receptions(ledger, level, basis)


@once
def presented(ledger: Ledger, level: str, basis: CountingBasis = DEFAULT) -> int:
    """Petitions presented at a level or at all, registered or not; hand-downs are never presented."""
    if level == "total":
        return sum(presented(ledger, at, basis) for at in PETITION_LEVELS)
    return total(ledger, basis.events("presented", level)) + receptions(ledger, level, basis)


def receptions(ledger: Ledger, level: str, basis: CountingBasis) -> int:
    """Visits to working centres of a level that a basis counts as petitions; both as they were and as written down."""
    return int(ledger.monthly_total(f"received_{level}")) if basis.receptions and level in TIERS else 0


@once
def pyramid(ledger: Ledger, basis: CountingBasis = DEFAULT) -> tuple[int, int, int]:
    """Registered petitions at province, city, county."""
    province, city, county = (petitions(ledger, level, basis) for level in PYRAMID)
    return province, city, county


def ratio_to_province(ledger: Ledger, level: str, basis: CountingBasis = DEFAULT) -> float:
    """Petitions at city or county for one at the province; NaN where there are none or the level is missing."""
    if level in ledger.missing_levels:
        return math.nan
    return share(petitions(ledger, level, basis), petitions(ledger, PYRAMID[0], basis))


@once
def _coordinates(ledger: Ledger, bases: tuple[CountingBasis, ...]) -> NDArray[np.float64]:
    """Log-ratios on some bases, shape (bases, 2)."""
    if ledger.missing_levels:
        return np.full((len(bases), 2), np.nan)
    return ilr([pyramid(ledger, basis) for basis in bases])


def _coordinates_of(ledger: Ledger, basis: CountingBasis) -> NDArray[np.float64]:
    """Those of one basis; of the bases that every run is measured on, all are computed at once."""
    if basis in _ROWS:
        return _coordinates(ledger, tuple(_ROWS))[_ROWS[basis]]
    return _coordinates(ledger, (basis,))[0]


def ilr_coordinate(ledger: Ledger, which: int, basis: CountingBasis = DEFAULT) -> float:
    """First (``which`` = 0) or second isometric log-ratio of province, city, county, with ½ added where one is zero."""
    return float(_coordinates_of(ledger, basis)[which])


def distance_to_target(
    ledger: Ledger, basis: CountingBasis = DEFAULT, target: tuple[float, float, float] = TARGET
) -> float:
    """Aitchison distance of province : city : county to a target ratio, with ½ added where one is zero."""
    one, two = (_coordinates_of(ledger, basis) - coordinates_of(target)).tolist()
    return math.sqrt(one * one + two * two)


def registered_share(ledger: Ledger, level: str) -> float:
    """Registered among the petitions presented at a level: what its register has from elsewhere is left out."""
    registered = total(ledger, (name for at in _levels(level) for name in DEFAULT.events("registered", at)))
    return share(registered, presented(ledger, level))


def elsewhere_share(ledger: Ledger, what: str) -> float:
    """Records of a kind of ``ELSEWHERE`` among all registered petitions."""
    records = total(ledger, (name for level in ELSEWHERE[what] for name in DEFAULT.events(what, level)))
    return share(records, petitions(ledger, "total"))


def skip_level_share(ledger: Ledger) -> float:
    """Petitions presented where they were not eligible, among petitions presented, repeats left out."""
    skipping = total(ledger, (f"skip_level_{level}" for level in PETITION_LEVELS))
    return share(skipping, presented(ledger, "total", BASES["first_time"]))


def repeat_share(ledger: Ledger) -> float:
    """Repeats among registered petitions."""
    everything = petitions(ledger, "total")
    return share(everything - petitions(ledger, "total", BASES["first_time"]), everything)


def acceptance_share(ledger: Ledger, level: str) -> float:
    """Accepted petitions among those presented for the first time or on review."""
    accepted = ledger.total(f"accepted_{level}")
    return share(accepted, accepted + ledger.total(f"not_accepted_{level}"))


def petitions_per_1000(ledger: Ledger) -> float:
    """Registered petitions of all levels per 1,000 residents a year."""
    return per_1000_a_year(petitions(ledger, "total"), ledger)


def _tier(level: str) -> tuple[str, ...]:
    """``Measure.levels`` of what is told of one level."""
    return (level,) if level in TIERS else ()


_LEVEL_NAMES = {
    "county": "at the county",
    "city": "at the city",
    "province": "at the province",
    "nation": "in the national capital",
    "total": "at all levels",
}
_BASIS_NAMES = {
    "petitions": "petitions, all channels and repeats",
    "visits": "visits in person, with repeats",
    "persons": "petitioners through all channels, as often as they petition",
    "visitors": "petitioners in person, as often as they come",
    "first_time": "petitions without repeats",
    "with_hand_downs": "petitions and matters handed down to the level",
    "with_receptions": "petitions, all channels and repeats, and visits to working centres of the level",
}


def _on_basis(prefix: str, basis: CountingBasis) -> Iterable[Measure]:
    english, unit = f"registered {_BASIS_NAMES[prefix]}", "persons/year" if basis.persons else "petitions/year"
    for level, where in _LEVEL_NAMES.items():
        yield Measure(
            counts_on(prefix, level)[0],
            partial(petitions, level=level, basis=basis),
            unit,
            "none",
            f"{english}, {where}",
            GROUP,
            is_total=True,
            levels=_tier(level),
        )
    for level in PYRAMID[1:]:
        yield Measure(
            f"{_start(prefix)}ratio_{level}_to_province",
            partial(ratio_to_province, level=level, basis=basis),
            "ratio",
            "none",
            f"{english}: {level} for one at the province",
            GROUP,
            levels=(level,),
        )
    yield Measure(
        distance_on(prefix),
        partial(distance_to_target, basis=basis),
        "Aitchison distance",
        "none",
        f"{english}: distance of province : city : county to 1 : 2 : 3; nearness is no gain in itself",
        GROUP,
        levels=TIERS,
    )
    for level, where in _LEVEL_NAMES.items():
        name = counts_on(prefix, level)[1]
        if name == counts_on("petitions", level)[1]:  # told below
            continue
        yield Measure(
            name,
            partial(presented, level=level, basis=basis),
            unit,
            "none",
            f"{_BASIS_NAMES[prefix]}, registered or not, {where}",
            GROUP,
            is_total=True,
            levels=_tier(level),
        )


def _by_level() -> Iterable[Measure]:
    for level, where in _LEVEL_NAMES.items():
        yield Measure(
            f"presented_{level}",
            partial(presented, level=level),
            "petitions/year",
            "none",
            f"petitions presented {where}, registered or not, with repeats",
            GROUP,
            is_total=True,
            levels=_tier(level),
        )
        yield Measure(
            f"registered_share_{level}",
            partial(registered_share, level=level),
            "share",
            "up",
            f"registered there among petitions presented {where}",
            GROUP,
            levels=_tier(level),
        )
    for level in PETITION_LEVELS:
        where = _LEVEL_NAMES[level]
        yield Measure(
            f"accepted_{level}",
            partial(Ledger.total, name=f"accepted_{level}"),
            "petitions/year",
            "none",
            f"petitions accepted {where}",
            GROUP,
            is_total=True,
            levels=_tier(level),
        )
        yield Measure(
            f"not_accepted_{level}",
            partial(Ledger.total, name=f"not_accepted_{level}"),
            "petitions/year",
            "none",
            f"petitions turned away {where}: not registered, or registered and not accepted",
            GROUP,
            is_total=True,
            levels=_tier(level),
        )
        yield Measure(
            f"acceptance_share_{level}",
            partial(acceptance_share, level=level),
            "share",
            "none",
            f"accepted among petitions presented {where}, repeats aside",
            GROUP,
            levels=_tier(level),
        )


MEASURES: tuple[Measure, ...] = (
    *(measure for prefix, basis in BASES.items() for measure in _on_basis(prefix, basis)),
    *_by_level(),
    Measure(
        "ilr_1",
        partial(ilr_coordinate, which=0),
        "log-ratio",
        "none",
        "√⅔ ln(province / √(city · county)) of registered petitions",
        GROUP,
        levels=TIERS,
    ),
    Measure(
        "ilr_2",
        partial(ilr_coordinate, which=1),
        "log-ratio",
        "none",
        "√½ ln(city / county) of registered petitions",
        GROUP,
        levels=TIERS,
    ),
    Measure(
        "petitions_per_1000",
        petitions_per_1000,
        "1/1000/year",
        "none",
        "registered petitions of all levels per 1,000 residents a year",
        GROUP,
    ),
    Measure(
        "repeat_share",
        repeat_share,
        "share",
        "none",
        "repeats among registered petitions",
        GROUP,
    ),
    Measure(
        "skip_level_share",
        skip_level_share,
        "share",
        "none",
        "presented at a level where they were not eligible, among petitions presented, repeats aside",
        GROUP,
    ),
    Measure(
        "pushed_down_share",
        partial(elsewhere_share, what="pushed_down"),
        "share",
        "down",
        "registered at the county though presented above it, nothing done, among registered petitions",
        GROUP,
    ),
    Measure(
        "recorded_twice_share",
        partial(elsewhere_share, what="recorded_twice"),
        "share",
        "down",
        "second records of one petition at lower levels, among registered petitions",
        GROUP,
    ),
)
