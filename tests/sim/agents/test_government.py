"""Effort and concealment that pay under an assessment."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.government import Government

COSTS = SimpleNamespace(effort_productivity=0.6, satisfaction_productivity=0.4, effort_cost=0.5, concealment_cost=1.25)


def levers_of(recorded: float, real: float, satisfaction: float, rate: float, penalty: float) -> SimpleNamespace:
    return SimpleNamespace(
        weight_recorded=recorded,
        weight_resolution=real,
        weight_satisfaction=satisfaction,
        audit_rate=rate,
        audit_penalty=penalty,
    )


@pytest.mark.parametrize(
    ("pressure", "weights", "audit", "effort", "concealment"),
    [
        # pressure 0.8: recorded 0.4, real 0.2; (0.4 · 0.6 + 0.2) / 0.5 and (0.4 - 0.2 · 1) / 1.25
        (0.8, (0.5, 0.25, 0.0), (0.2, 1.0), 0.88, 0.16),
        (1.0, (0.5, 0.25, 0.0), (0.2, 1.0), 1.10, 0.24),
        (1.0, (0.5, 0.25, 0.5), (0.2, 1.0), 1.50, 0.24),  # satisfaction adds 0.5 · 0.4 / 0.5, and hides nothing
        (0.8, (0.0, 0.0, 0.5), (0.2, 1.0), 0.32, 0.00),
        (1.0, (0.5, 0.0, 0.0), (0.0, 1.0), 0.60, 0.40),  # on records alone: less effort, more concealment
        (1.0, (0.0, 0.5, 0.0), (0.0, 1.0), 1.00, 0.00),  # on real resolution alone
        (1.0, (0.5, 0.25, 0.0), (0.5, 2.0), 1.10, 0.00),  # an audit that deters: never below zero
        (1.0, (2.0, 0.0, 0.0), (0.0, 1.0), 2.40, 1.00),  # never above one
        (0.0, (0.5, 0.25, 0.5), (0.0, 1.0), 0.00, 0.00),
    ],
)
def test_what_pays(pressure, weights, audit, effort: float, concealment: float) -> None:
    government = Government(None, np.zeros(1, Government.record), 0)
    government.choose(pressure, 0.0, 0.0, levers_of(*weights, *audit), COSTS, 1.0)
    assert government.effort == pytest.approx(effort, abs=1e-12)
    assert government.concealment == pytest.approx(concealment, abs=1e-12)


def test_competition_pays_work_and_hiding() -> None:
    """(0.3 + 0.25 + 0.1) / 0.5 and (0.5 + 0.05 − 0.2) / 1.25."""
    government = Government(None, np.zeros(1, Government.record), 0)
    government.choose(1.0, 0.1, 0.05, levers_of(0.5, 0.25, 0.0, 0.2, 1.0), COSTS, 1.0)
    assert government.effort == pytest.approx(1.3, abs=1e-12)
    assert government.concealment == pytest.approx(0.28, abs=1e-12)


def test_a_government_moves_a_share_of_the_way() -> None:
    government = Government(None, np.zeros(1, Government.record), 0)
    government.effort, government.concealment = 0.08, 0.96
    government.choose(0.8, 0.0, 0.0, levers_of(0.5, 0.25, 0.0, 0.2, 1.0), COSTS, 0.25)  # towards 0.88 and 0.16
    assert government.effort == pytest.approx(0.28, abs=1e-12)
    assert government.concealment == pytest.approx(0.76, abs=1e-12)
