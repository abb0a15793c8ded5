"""One post more: the levers of a place that add exactly one to a pool, and leave every other pool as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import CITY, COUNTY, STAFF_MIX, TOWNSHIP
from sim.agents.dispute_kind import MediationKind
from sim.guidance import why_not
from sim.ledger import WORK_LEVELS
from sim.parameters import declarations
from sim.policy import Policy, StaffLevers
from sim.province import Province
from sim.staff import MIXED, REFERENCE_SIZE, REFERENCE_VILLAGE, staff_of_pools

ROUNDED = 0.5 + 1e-9
"""What is above a whole number of posts when the next one comes: they are rounded to whole ones."""

MOST = next(float(each.high or 0) for each in declarations(StaffLevers) if each.name == "mix_people")
"""Of a kind in a mix, its range."""

AT_ONCE = {"batch_1_start": 0, "batch_2_start": 0, "ramp": 0}
"""The roll-out of a post: it is there on the reform date."""


@dataclass(frozen=True)
class Pool:
    """A kind of pool that a post is put into.

    Attributes:
        name: of the pool.
        level: of the centre, or of the county for those who work there with or without one.
        work: where its cases are counted, one of ``WORK_LEVELS``.
        lever: of ``StaffLevers``, by which its staff grows.
        kind: of mediation; ``None`` for villages, whose committees mediate alone.
        slots: the parameter of how many cases one has in hand.
        is_mixed: whether the lever adds posts of several kinds, so that the mix must say which.
    """

    name: str
    level: int
    work: str
    lever: str
    kind: MediationKind | None
    slots: str = "slots_centre"
    is_mixed: bool = True

    @property
    def is_of_city(self) -> bool:
        """Whether a city has one, not a county."""
        return self.level == CITY

    @property
    def column(self) -> int:
        """Its row among the levels of ``Ledger.work``."""
        return WORK_LEVELS.index(self.work)


def _centres() -> Iterator[Pool]:
    kinds = (MediationKind.PEOPLE, MediationKind.ADMINISTRATIVE, MediationKind.JUDICIAL, MediationKind.PROFESSIONAL)
    for level, name, mixed in (
        (TOWNSHIP, "township", kinds[:2]),
        (COUNTY, "county", (kinds[0], *kinds[2:])),  # its administrative mediators are one pool with the clerks
        (CITY, "city", kinds),
    ):
        for kind in mixed:
            yield Pool(f"{name}_{kind.name.lower()}", level, name, f"mediators_{name}", kind)


_CLERKS = Pool("department_clerks", COUNTY, "county", "department_clerks", MediationKind.ADMINISTRATIVE, is_mixed=False)
_HANDLERS = Pool(
    "petition_handlers", COUNTY, "petition", "petition_handlers", MediationKind.PETITION, "slots_petition", False
)
_COURT = Pool(
    "prelitigation_mediators", COUNTY, "prelitigation", "prelitigation_mediators", MediationKind.PRELITIGATION,
    is_mixed=False,
)  # fmt: skip
VILLAGES = Pool("village_committees", TOWNSHIP, "village", "mediators_village", None, "slots_village", False)

POOLS = {pool.name: pool for pool in (VILLAGES, *_centres(), _CLERKS, _HANDLERS, _COURT)}
"""All kinds of pools by name, from the village up."""


def with_posts(base: Policy, province: Province, pool: Pool, places: Iterable[int]) -> Policy:
    """A policy with one post more in a pool of each of some places, and nothing else.

    ``places`` are rows of ``province.cities`` for a city's pool, else of ``province.counties``: every township of such
    a county has a post more, in its centre or in one of its village committees. A place for which no value of the
    levers adds just that stays as it is.
    """
    changed = {place: {name: dict(levers) for name, levers in groups.items()} for place, groups in base.places.items()}
    for table, row in _bodies(province, pool, places):
        code, region = int(table["code"][row]), _region_of(province, table, row)
        levers = post(pool, _populations(province, pool, table, row), base.in_place(code, region).staff)
        if not levers:
            continue
        _set(changed, code, {"staff": levers, "roll_out": AT_ONCE})
        for child in _below(province, pool, row) if pool.is_mixed else ():
            kept = base.in_place(child, region).staff
            _set(changed, child, {"staff": {name: getattr(kept, name) for name in MIXED.values()}})
    return replace(base, places=changed)


def post(pool: Pool, population: NDArray[np.int64], own: StaffLevers) -> dict[str, float]:
    """Levers that add one post to a pool of a place, given how many people its pools of that kind serve, shape (n,).

    Where the pools are villages' the post goes to the one that is next to have one. Empty where there is none that do.
    """
    now = posts_of(pool, population, own)
    heads, reference = (now, REFERENCE_VILLAGE) if pool.kind is None else (now.sum(axis=1), REFERENCE_SIZE[pool.level])
    levers = {pool.lever: float(((heads + ROUNDED) * reference / population).min())}
    if pool.kind is not None and pool.is_mixed:
        wanted = now[0].copy()
        wanted[pool.kind] += 1
        levers |= _mix(pool, wanted)
    if any(why_not(f"staff.{name}", value, Policy) for name, value in levers.items()):
        return {}
    then = posts_of(pool, population, replace(own, **levers))
    more = then - now
    is_one = more.sum() == np.abs(more).sum() == 1 and (pool.kind is None or more[0, pool.kind] == 1)
    return levers if is_one else {}


def posts_of(pool: Pool, population: NDArray[np.int64], levers: StaffLevers) -> NDArray[np.int64]:
    """Posts that the pool's lever gives to places of so many: by village, or of a centre by kind, shape (1, 6)."""
    alone = {name: value if name == pool.lever or name in MIXED.values() else 0 for name, value in vars(levers).items()}
    served = np.zeros(len(population), [("level", np.int64), ("population", np.int64)])
    served["level"], served["population"] = pool.level, population
    nobody = served[:0]
    if pool.kind is None:
        return staff_of_pools(nobody, served, SimpleNamespace(**alone), np.ones(0, bool))
    found = staff_of_pools(served, nobody, SimpleNamespace(**alone), np.ones(len(served), bool))
    return found.reshape(len(served), len(MediationKind))


def _mix(pool: Pool, wanted: NDArray[np.int64]) -> dict[str, float]:
    """The mix that splits a centre's posts just so, as far as levers reach: some kinds have none."""
    usual = STAFF_MIX[pool.level]
    ratio = np.divide(wanted, usual, out=np.zeros(len(usual)), where=usual > 0)
    fixed = [kind for kind in MediationKind if usual[kind] > 0 and kind not in MIXED]
    scale = float(ratio.max())
    if fixed:  # a kind without a lever: in its proportion to the others, or as little of it as can be
        scale = float(ratio[fixed[0]]) or scale / MOST
    return {name: float(min(ratio[kind] / scale, MOST)) for kind, name in MIXED.items()}


def _bodies(province: Province, pool: Pool, places: Iterable[int]) -> Iterator[tuple[NDArray, int]]:
    """What has the levers of a post: tables of the province and rows there."""
    for place in places:
        if pool.level == CITY:
            yield province.cities, place
        elif pool.level == COUNTY:
            yield province.counties, place
        else:
            first, many = (int(province.counties[name][place]) for name in ("first_township", "townships"))
            for row in range(first, first + many):
                yield province.townships, row


def _populations(province: Province, pool: Pool, table: NDArray, row: int) -> NDArray[np.int64]:
    if pool.kind is not None:
        return table["population"][row : row + 1]
    first, many = (int(table[name][row]) for name in ("first_village", "villages"))
    return province.villages["population"][first : first + many]


def _below(province: Province, pool: Pool, row: int) -> list[int]:
    """Codes of what lies below a place that sets a mix, and keeps its own."""
    if pool.level == TOWNSHIP:
        return []
    above, below, name = (
        (province.cities, province.counties, "counties")
        if pool.level == CITY
        else (province.counties, province.townships, "townships")
    )
    first = int(above[{"counties": "first_county", "townships": "first_township"}[name]][row])
    return below["code"][first : first + int(above[name][row])].tolist()


def _region_of(province: Province, table: NDArray, row: int) -> str:
    city = row if table is province.cities else int(table["city"][row])
    return province.region_types[int(province.cities["region_type"][city])]


def _set(places: dict[str, dict[str, dict[str, Any]]], code: int, levers: Mapping[str, Mapping[str, Any]]) -> None:
    """Sets levers of a place beside those that it sets already."""
    mine = places.setdefault(str(code), {})
    for group, values in levers.items():
        mine[group] = {**mine.get(group, {}), **values}
