"""How well a village's mediators suit, and who refuses mediation."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.dispute import KINDS, Forum, MediationKind, Opponent
from sim.agents.village import FEATURES, WOMENS_TEAM
from sim.ledger import DISPUTE_KINDS, WORK_LEVELS
from sim.phases.intake import favoured_kind, village_match
from sim.phases.work import effort_at, mean_days, refusal_of

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
