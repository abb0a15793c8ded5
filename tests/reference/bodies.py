"""What both implementations say of everything but disputes: people, villages, queues, offices, governments."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.agents.dispute import Forum
from sim.agents.dispute_kind import DEPARTMENTS
from sim.agents.village import NEAR_FORUMS
from sim.ledger import TRUST_LEVELS
from sim.model import GovernanceModel
from tests.reference.centre import Pool
from tests.reference.model import ReferenceModel
from tests.reference.phases.assess import GRADES
from tests.reference.views import place_of_pool
from tests.reference.village import NEAR, Village

Bodies = dict[tuple, Any]
"""By (what, whose code, …), in plain numbers."""


def bodies_of_kernel(model: GovernanceModel) -> Bodies:
    """Of the compiled model."""
    state, found = model.state, {}
    counties = model.province.counties["code"].tolist()
    cities = model.province.cities["code"].tolist()
    for village in state.villages:
        code = int(village["code"])
        found["village", code] = (
            village["reputation"][1:].tolist(),
            village["lesson"].item(),
            *(village[name].item() for name in ("candidates", "reported", "usual", "excess")),
            bool(village["is_alert"]),
            [bool(has) for has in village["has"]],
        )
        workers = state.grid_workers[village["first_grid_worker"] :][: village["grid_workers"]]
        found["grid workers", code] = workers[["rate", "since", "lost"]].tolist()
        first, population = int(village["first_resident"]), int(village["population"])
        learned = state.residents["learned"][first : first + population]
        found |= {("resident", code, int(row)): learned[row].tolist() for row in np.flatnonzero(learned.any(axis=1))}
    for row, pool in enumerate(state.pools):
        found["pool", *place_of_pool(model, row)] = _pool_of_kernel(model, pool)
    for row, code in enumerate(counties):
        court, hall = state.courts[row], state.halls[row]
        found["court", code] = court["backlog"].item(), court["suits"].item()
        found["hall", code] = tuple(hall[name].item() for name in ("clerks", "waiting", "again", "met", "lent"))
        found["government", code] = _government_of_kernel(state.governments[row])
        found["yuan conceded", code] = state.governments["conceded"][row].item()
        found["far news", code] = state.governments["reputation"][row, NEAR_FORUMS:].tolist()
        departments = state.departments[row * len(DEPARTMENTS) : (row + 1) * len(DEPARTMENTS)]
        for name in ("is_stationed", "open_whistles", "called", "answered"):
            found["departments", code, name] = departments[name].tolist()
        found["office", code, 0] = _office_of_kernel(state.offices[row])
    for row, code in enumerate(cities):
        found["government", code] = _government_of_kernel(state.governments[len(counties) + row])
        for level in (1, 2, 3):
            office = len(counties) + (level - 1) * len(cities) + row
            found["office", code, level] = _office_of_kernel(state.offices[office])
    for centre in state.centres:
        flags = (bool(centre[name]) for name in ("is_built", "is_working", "has_commissar", "has_judge"))
        found["centre", int(centre["code"])] = (*flags, centre["known"].item() * bool(centre["is_working"]))
    for cause in state.causes[state.causes["members"] > 0]:
        found["cause", int(state.villages["code"][cause["village"]]), int(cause["ordinal"])] = (
            int(cause["failed"]),
            int(cause["open"]),
            int(cause["matters"]) if cause["leader"] >= 0 else 1,
        )
    return found


def _pool_of_kernel(model: GovernanceModel, pool) -> tuple:
    state, queue = model.state, []
    if pool["head"] >= 0:
        city = int(model.province.counties["city"][pool["county"]])
        disputes = state.disputes[state.disputes_of(city)]
        row = int(pool["head"])
        while row >= 0:
            queue.append((int(disputes[row]["village"]), int(disputes[row]["ordinal"])))
            row = int(disputes[row]["next_in_queue"])
    first, number = int(pool["first_mediator"]), int(pool["mediators"])
    staff = state.mediators[first : first + number]
    return float(pool["wait"]), queue, staff[["caseload", "cases_done", "talent"]].tolist()


def _government_of_kernel(government) -> tuple:
    names = ("effort", "concealment", "score", "grade", "is_vetoed")
    return tuple(government[name].item() for name in names)


def _office_of_kernel(office) -> tuple:
    return tuple(office[name].item() for name in ("presented", "registered", "accepted", "in_process"))


def bodies_of_reference(model: ReferenceModel) -> Bodies:
    """Of the reference."""
    found: Bodies = {}
    for village in model.villages:
        found |= _village(village)
    for pool in model.pools:
        found["pool", pool.place.code, int(pool.kind)] = _pool(pool)
    for county in model.counties:
        hall = county.hall
        found["court", county.code] = county.court.backlog, county.court.suits
        found["hall", county.code] = hall.clerks, hall.waiting, hall.again, hall.met, hall.lent
        found["government", county.code] = _government(county.government)
        found["yuan conceded", county.code] = county.conceded
        found["far news", county.code] = [county.government.reputation[forum] for forum in Forum if forum > max(NEAR)]
        for name in ("is_stationed", "open_whistles", "called", "answered"):
            found["departments", county.code, name] = [int(getattr(each, name)) for each in county.departments]
        found["office", county.code, 0] = _office(county.office)
    for city in model.cities:
        found["government", city.code] = _government(city.government)
        for level, office in city.offices.items():
            found["office", city.code, level] = _office(office)
        for centre in city.centres:
            known = centre.known * centre.is_working
            posts = ("commissars" in centre.posts, "judge_contact_points" in centre.posts)
            found["centre", centre.place.code] = (centre.is_built, centre.is_working, *posts, known)
    for cause in {dispute.cause for dispute in model.disputes.values()} - {None}:
        still_open = sum(each.is_open for each in model.disputes.values() if each.cause is cause)
        found["cause", cause.village.code, cause.ordinal] = cause.failed, still_open, 1 + len(cause.carried)
    return found


def _village(village: Village) -> Bodies:
    found: Bodies = {
        ("village", village.code): (
            [village.reputation[forum] for forum in NEAR],
            village.lesson,
            village.candidates,
            village.reported,
            village.usual,
            village.excess,
            village.is_alert,
            list(village.has.values()),
        ),
        ("grid workers", village.code): [(worker.rate, worker.since, worker.lost) for worker in village.grid_workers],
    }
    for resident in village.residents:
        if any(resident.learned.values()):
            found["resident", village.code, resident.number] = [resident.learned[body] for body in TRUST_LEVELS]
    return found


def _pool(pool: Pool) -> tuple:
    staff = [(len(each.cases), each.cases_done, each.talent) for each in pool.employed]
    return pool.wait, [dispute.identity for dispute in pool.queue], staff


def _government(government) -> tuple:
    grade = GRADES.index(government.grade)
    return government.effort, government.concealment, government.score, grade, int(government.is_vetoed)


def _office(office) -> tuple:
    return office.presented, office.registered, office.accepted, office.in_process
