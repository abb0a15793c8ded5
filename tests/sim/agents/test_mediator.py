"""A mediator's skill and speed."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.mediator import Mediator, service_factor


@pytest.mark.parametrize(
    ("talent", "cases", "skill"),
    [(0.5, 0, 0.5), (0.5, 300, 0.75), (0.5, 600, 0.875), (0.25, 300, 0.625), (0.5, 150, 1 - 0.5 / 2**0.5), (1, 0, 1)],
)
def test_what_is_missing_halves(talent: float, cases: int, skill: float) -> None:
    records = np.zeros(1, Mediator.record)
    records["talent"], records["cases_done"] = talent, cases
    assert Mediator(None, records, 0).skill(300.0) == pytest.approx(skill, abs=1e-12)


@pytest.mark.parametrize(
    ("skill", "effort", "reporting", "factor"),
    [
        (0.5, 0.0, 0.0, 1.0),
        (1.0, 0.0, 0.0, 0.8),
        (0.0, 0.0, 0.0, 1.2),
        (0.5, 0.5, 0.0, 0.9),
        (1.0, 0.5, 0.1, 0.77),
        (0.5, 0.0, 0.1, 1.1),
        (1.0, 9.0, 0.0, 0.2),  # the shortest
        (1.0, 9.0, 0.5, 0.3),
    ],
)
def test_service_factor(skill: float, effort: float, reporting: float, factor: float) -> None:
    speeds = SimpleNamespace(skill_speed=0.4, effort_speed=0.2)
    assert service_factor.py_func(skill, effort, reporting, speeds) == pytest.approx(factor, abs=1e-12)
