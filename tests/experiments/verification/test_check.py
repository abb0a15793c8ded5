"""How a check judges: two-sided, with power, and the wrong model has to fail."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.verification.check import Check, against, carry_out_checks, exact, limit

NARROW = [9.9, 10.0, 10.1] * 12
"""Mean 10 with a standard error of 0.0138; of 36, Student's limit is 4.6 of them: 0.063."""


@pytest.mark.parametrize(
    ("expected", "passed"), [(10.0, True), (10.06, True), (9.94, True), (10.07, False), (9.93, False)]
)
def test_a_mean_is_judged_on_both_sides(expected: float, passed: bool) -> None:
    found = against("x", "", "", expected, NARROW)
    assert found.passed is passed and found.replicates == 36
    assert found.half_width == pytest.approx(limit(36) * np.std(NARROW, ddof=1) / 6)


def test_a_check_without_power_fails() -> None:
    """The wrong model is as near as the right one: nothing was seen."""
    assert not against("x", "", "", 10.0, NARROW, NARROW).passed
    assert against("x", "", "", 10.0, NARROW, [11.9, 12.0, 12.1] * 12).passed


def test_what_is_exact_has_no_tolerance() -> None:
    assert exact("x", "", "", 0, 0, 1).passed and not exact("x", "", "", 0, 1e-12, 1).passed


def test_results_come_in_the_order_of_pieces() -> None:
    checks = [
        Check(name, "s", tuple(lambda n=n: n for n in range(first, first + 3)), lambda results: list(results))
        for name, first in (("a", 0), ("b", 3))
    ]
    assert [each for _, each in carry_out_checks(checks, workers=4)] == [[0, 1, 2], [3, 4, 5]]


def test_few_replicates_need_more_standard_errors() -> None:
    """Student's t at the chance of four normal deviations: four without end, more the fewer there are."""
    assert limit(100_000) == pytest.approx(4.0, abs=1e-3)
    assert 4.0 < limit(96) < 4.3 < 6.0 < limit(12) < 6.7
