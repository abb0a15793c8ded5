"""How well a village's mediators suit, and who refuses mediation."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.dispute import Forum, Opponent
from sim.agents.dispute_kind import KINDS, MediationKind
from sim.agents.village import FEATURES, WOMENS_TEAM
from sim.behaviour import Behaviour, Caseloads
from sim.ledger import DISPUTE_KINDS, WORK_FIGURES, WORK_LEVELS, event
from sim.phases.intake import favoured_kind, village_match
from sim.phases.work import begin_service, effort_at, mean_days, refusal_of, work_hours
from tests.sim.phases.worlds import first_day, open_disputes

FAMILY, LAND = DISPUTE_KINDS.index("family"), DISPUTE_KINDS.index("land")


@pytest.mark.parametrize(
    ("kind", "opponent", "informal", "team", "added"),
    [
        (LAND, Opponent.PEER, 0, 0, 0.0),
        (LAND, Opponent.PEER, 2, 0, 0.05),
        (LAND, Opponent.ORGANISATION, 2, 0, 0.0),  # they know neighbours, not firms
        (LAND, Opponent.PEER, 0, 1, 0.0),
        (FAMILY, Opponent.PEER, 0, 1, 0.15),
        (FAMILY, Opponent.PEER, 1, 1, 0.2),
    ],
)
def test_village_match(kind: int, opponent: Opponent, informal: int, team: int, added: float) -> None:
    behaviour = SimpleNamespace(informal_match=0.05, womens_match=0.15)
    has = np.zeros(len(FEATURES))
    has[WOMENS_TEAM] = team
    village = SimpleNamespace(informal_mediators=informal, has=has)
    kinds = [SimpleNamespace(fit=kind["fit"]) for kind in KINDS]
    world = SimpleNamespace(behaviour=[behaviour], kinds=kinds)
    fit = float(KINDS[kind]["fit"][MediationKind.PEOPLE])
    got = village_match.py_func(world, SimpleNamespace(kind=kind, opponent=opponent), village)
    assert got == pytest.approx(min(1.0, fit + added), abs=1e-12)


@pytest.mark.parametrize(
    ("mediators", "kind", "level", "opponent", "refusal"),
    [
        (0, MediationKind.PROFESSIONAL, "county", Opponent.ORGANISATION, 0.2),
        (3, MediationKind.PROFESSIONAL, "county", Opponent.ORGANISATION, 0.05),
        (3, MediationKind.PROFESSIONAL, "county", Opponent.PEER, 0.2),
        (3, MediationKind.PROFESSIONAL, "county", Opponent.COUNTY_AGENCY, 0.2),
        (3, MediationKind.PROFESSIONAL, "city", Opponent.ORGANISATION, 0.2),  # the pool is the county's
        (3, MediationKind.PEOPLE, "county", Opponent.ORGANISATION, 0.2),
    ],
)
def test_who_refuses_mediation(mediators, kind, level: str, opponent: Opponent, refusal: float) -> None:
    behaviour = SimpleNamespace(party_refuses=0.2, enterprise_consent=0.75)
    got = refusal_of.py_func(
        SimpleNamespace(opponent=opponent),
        SimpleNamespace(kind=kind, level=WORK_LEVELS.index(level)),
        SimpleNamespace(enterprise_mediators=mediators),
        behaviour,
    )
    assert got == pytest.approx(refusal, abs=1e-12)


@pytest.mark.parametrize(
    ("level", "effort"), [("village", 0.2), ("township", 0.2), ("county", 0.4), ("petition", 0.4), ("city", 0.7)]
)
def test_who_works_with_whose_effort(level: str, effort: float) -> None:
    """The second of two counties passes on half of its 0.4; the second of two cities has 0.7."""
    efforts = (9.0, 0.4, 8.0, 0.7, 7.0)
    world = SimpleNamespace(
        governments=[SimpleNamespace(effort=each) for each in efforts],
        regime=[SimpleNamespace(pass_through=0.5)],
        counties=2,
        city=1,
    )
    assert effort_at.py_func(world, SimpleNamespace(county=1, level=WORK_LEVELS.index(level))) == effort


def test_mean_service_times() -> None:
    behaviour = SimpleNamespace(petition_days=45.0, mediation_days_village=10.0, mediation_days=20.0)
    for forum, level, days in (
        (Forum.VILLAGE, "village", 10.0),
        (Forum.TOWNSHIP, "township", 20.0),
        (Forum.COURT, "prelitigation", 20.0),
        (Forum.PETITION_NATION, "petition", 45.0),
        (Forum.PETITION_CITY, "city", 45.0),
    ):
        assert mean_days.py_func(forum, WORK_LEVELS.index(level), behaviour) == days


def test_hours_that_cases_ask_for() -> None:
    behaviour = SimpleNamespace(work_hours_petition=25.0, work_hours_village=6.0, work_hours_centre=20.0)
    for forum, level, hours in (
        (Forum.VILLAGE, "village", 6.0),
        (Forum.TOWNSHIP, "township", 20.0),
        (Forum.COURT, "prelitigation", 20.0),
        (Forum.PETITION_PROVINCE, "petition", 25.0),
    ):
        assert work_hours.py_func(forum, WORK_LEVELS.index(level), behaviour) == hours


def begun(minutes: int, rush: float) -> tuple[int, float, int, int]:
    """Days, hurry, cases counted as rushed and minutes wanted of a case that a village's mediators take."""
    behaviour = Behaviour(party_refuses=0, mediation_days_village=50, caseloads=Caseloads(rush=rush))
    world = first_day(behaviour)
    pool = int(
        np.flatnonzero((world.pools["level"] == WORK_LEVELS.index("village")) & (world.pools["mediators"] > 0))[0]
    )
    open_disputes(world, 1, forum=Forum.VILLAGE, severity=0.5, complexity=1)
    world.mediators["minutes"] = minutes
    world.counts[:] = world.work[:] = 0
    begin_service(world, 0, pool, 10, 0)
    case = world.disputes[0]
    wanted = int(world.work[..., WORK_FIGURES.index("minutes_wanted")].sum())
    return case["due"] - 10, float(case["rushed"]), int(world.counts[..., event("rushed")].sum()), wanted


def test_a_shortage_of_hours_makes_work_longer_or_hurried() -> None:
    """36 minutes a day over 50 days are 30 hours, five times the 6 that a case asks for; 3 are 2.5, 1 / 2.4 of them."""
    days, rushed, counted, wanted = begun(36, 0.5)
    assert (rushed, counted) == (0.0, 0)
    assert wanted == pytest.approx(360 * days / 50, abs=360 * 0.5 / 50 + 0.5)
    assert begun(3, 1.0) == (days, pytest.approx(np.log(2.4)), 1, wanted)
    longer, rushed, counted, same = begun(3, 0.0)
    assert longer == pytest.approx(2.4 * days, abs=0.5 + 1.2)
    assert (rushed, counted, same) == (0.0, 0, wanted)
    longer, rushed, counted, same = begun(3, 0.5)
    assert longer == pytest.approx(2.4**0.5 * days, abs=0.5 + 0.8)
    assert (rushed, counted, same) == (pytest.approx(0.5 * np.log(2.4)), 1, wanted)


@pytest.mark.parametrize(
    ("mediators", "opponent", "kind"),
    [
        (3, Opponent.ORGANISATION, MediationKind.PROFESSIONAL),
        (0, Opponent.ORGANISATION, -1),
        (3, Opponent.PEER, -1),
        (3, Opponent.COUNTY_AGENCY, -1),
    ],
)
def test_enterprises_share_professionals_and_those_are_asked_first(mediators, opponent: Opponent, kind: int) -> None:
    regime = SimpleNamespace(enterprise_mediators=mediators)
    assert favoured_kind.py_func(SimpleNamespace(opponent=opponent), regime) == kind
