"""Mediators: learning by doing, and what it does to the length of a case."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.mediator import SHORTEST_SERVICE, Mediator, service_factor
from sim.behaviour import Behaviour
from sim.parameters import to_record

BEHAVIOUR = to_record(Behaviour(skill_speed=0.4, effort_speed=0.2))[0]


@pytest.mark.parametrize(("cases", "skill"), [(0, 0.6), (100, 0.8), (200, 0.9), (300, 0.95)])
def test_every_hundred_cases_halve_what_is_missing(cases, skill):
    mediators = np.zeros(1, Mediator.record)
    mediators["talent"], mediators["cases_done"] = 0.6, cases
    assert Mediator.skill(mediators[0], 100.0) == pytest.approx(skill, abs=1e-7)


def test_service_is_shorter_with_skill_and_effort_and_longer_with_reporting():
    assert service_factor(0.5, 0.0, 0.0, BEHAVIOUR) == 1.0
    assert service_factor(1.0, 0.0, 0.0, BEHAVIOUR) == pytest.approx(0.8)
    assert service_factor(0.0, 0.0, 0.0, BEHAVIOUR) == pytest.approx(1.2)
    assert service_factor(0.5, 1.0, 0.0, BEHAVIOUR) == pytest.approx(0.8)
    assert service_factor(1.0, 1.0, 0.25, BEHAVIOUR) == pytest.approx(0.6 * 1.25)


def test_service_never_vanishes():
    assert service_factor(1.0, 20.0, 0.0, BEHAVIOUR) == SHORTEST_SERVICE
    assert service_factor(1.0, 20.0, 0.5, BEHAVIOUR) == pytest.approx(1.5 * SHORTEST_SERVICE)
