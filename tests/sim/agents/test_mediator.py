"""A mediator's skill and speed."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.mediator import Mediator, service_factor


def mediator(talent: float, cases: int) -> Mediator:
    records = np.zeros(1, Mediator.record)
    records["talent"], records["cases_done"] = talent, cases
    return Mediator(None, records, 0)


@pytest.mark.parametrize(
    ("talent", "cases", "skill"),
    [(0.5, 0, 0.5), (0.5, 300, 0.75), (0.5, 600, 0.875), (0.25, 300, 0.625), (0.5, 150, 1 - 0.5 / 2**0.5), (1, 0, 1)],
)
def test_what_is_missing_halves(talent: float, cases: int, skill: float) -> None:
    assert mediator(talent, cases).skill(300.0, 0.0) == pytest.approx(skill, abs=1e-12)


@pytest.mark.parametrize(
    ("cases", "training", "skill"),
    [(0, 0.0, 0.5), (0, 0.5, 0.75), (300, 0.5, 0.875), (0, 1.0, 1.0), (300, 0.25, 1 - 0.75 * 0.25)],
)
def test_training_makes_up_for_a_share_of_what_is_missing(cases: int, training: float, skill: float) -> None:
    assert mediator(0.5, cases).skill(300.0, training) == pytest.approx(skill, abs=1e-12)


@pytest.mark.parametrize(
    ("minutes", "caseload", "days", "hours", "shortage"),
    [
        (480, 2, 10, 6, 0.0),  # 80 hours for 12
        (480, 6, 27, 20, 0.0),  # 216 for 120
        (480, 12, 45, 25, 0.0),  # 360 for 300
        (480, 10, 25, 20, 0.0),  # 200 for 200
        (480, 10, 26, 20, 0.0),
        (480, 10, 24, 20, np.log(200 / 192)),
        (480, 20, 25, 20, np.log(2)),
        (30, 2, 10, 6, np.log(12 / 5)),
        (120, 6, 27, 20, np.log(120 / 54)),
    ],
)
def test_what_a_case_lacks_of_the_hours_it_asks_for(minutes, caseload, days, hours, shortage: float) -> None:
    one = mediator(0.5, 0)
    one.minutes, one.caseload = minutes, caseload
    assert one.shortage(days, hours, 1) == pytest.approx(shortage, abs=1e-12)
    if shortage:  # half the time is left
        assert one.shortage(days, hours, 0.5) == pytest.approx(shortage + np.log(2), abs=1e-12)


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
