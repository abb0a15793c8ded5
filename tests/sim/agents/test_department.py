"""Departments: answers and the record of calls."""

import numpy as np
import pytest

from sim.agents.department import Department, leverage, response_probability


@pytest.mark.parametrize(
    ("base", "effort", "coordination", "expected"),
    [
        (0.35, 0.0, 0.0, 0.35),
        (0.35, 2.0, 0.0, 1 - 0.65 / np.e),  # effort closes part of what is missing
        (0.35, 0.0, 0.2, 1 - 0.65 * 0.8),  # coordination another part
        (0.35, 2.0, 0.2, 1 - 0.65 * 0.8 / np.e),
        (1.0, 0.0, 0.0, 1.0),
        (0.0, 0.0, 1.0, 1.0),
    ],
)
def test_response_probability(base: float, effort: float, coordination: float, expected: float) -> None:
    assert response_probability(base, effort, coordination) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("share", "levels", "expected"), [(0.0, 3, 0.0), (0.4, 0, 0.0), (0.4, 1, 0.4), (0.4, 2, 0.64), (0.5, 3, 0.875)]
)
def test_each_level_above_obtains_its_share_of_what_is_missing(share: float, levels: int, expected: float) -> None:
    assert leverage(share, levels) == pytest.approx(expected, abs=1e-12)


def test_a_department_keeps_its_record() -> None:
    department = Department(None, np.zeros(1, Department.record), 0)
    for _ in range(4):
        department.take_call()
    for is_answered in (True, False, True):
        department.close_call(is_answered)
    assert (department.open_whistles, department.called, department.answered) == (1, 4, 2)
