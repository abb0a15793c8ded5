"""Governments: effort and concealment that pay under an assessment (Holmström and Milgrom 1991)."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.government import Government
from sim.behaviour import Behaviour
from sim.parameters import record_type, to_record
from sim.policy import AssessmentLevers, Policy

BEHAVIOUR = to_record(Behaviour(effort_productivity=0.5, effort_cost=2.0, concealment_cost=4.0))[0]


def levers(**values) -> np.void:
    record = to_record(Policy(assessment=AssessmentLevers(**values)))
    assert set(values) <= set(record_type(Policy).names)
    return record[0]


def chosen(pressure: float, share: float, start: tuple[float, float] = (0.0, 0.0), **values) -> tuple[float, float]:
    governments = np.zeros(1, Government.record)
    governments["effort"], governments["concealment"] = start
    Government.choose(governments[0], pressure, levers(**values), BEHAVIOUR, share)
    return float(governments["effort"][0]), float(governments["concealment"][0])


def test_effort_and_concealment_by_hand():
    # e* = (.8·.5 + .4) / 2 = .4; g* = (.8 − .1·2) / 4 = .15
    assert chosen(
        1.0, 1.0, weight_recorded=0.8, weight_resolution=0.4, audit_rate=0.1, audit_penalty=2.0
    ) == pytest.approx((0.4, 0.15))


def test_pressure_that_reaches_a_level_scales_both_weights_but_not_the_audit():
    # e* = (.4·.5 + .2) / 2 = .2; g* = (.4 − .2) / 4 = .05
    assert chosen(
        0.5, 1.0, weight_recorded=0.8, weight_resolution=0.4, audit_rate=0.1, audit_penalty=2.0
    ) == pytest.approx((0.2, 0.05))


def test_audits_that_cost_more_than_concealment_pays_end_it():
    effort, concealment = chosen(
        1.0, 1.0, weight_recorded=0.8, weight_resolution=0.0, audit_rate=0.5, audit_penalty=2.0
    )
    assert (effort, concealment) == (pytest.approx(0.2), 0.0)


def test_a_government_moves_a_share_of_the_way():
    # from (1, .5) towards (.4, .15) by a quarter
    assert chosen(
        1.0, 0.25, (1.0, 0.5), weight_recorded=0.8, weight_resolution=0.4, audit_rate=0.1, audit_penalty=2.0
    ) == pytest.approx((0.85, 0.4125))


def test_weight_on_a_recorded_number_buys_work_and_concealment():
    """The multitasking result: both rise together; a weight on real resolution buys work alone."""
    less = chosen(1.0, 1.0, weight_recorded=0.4, weight_resolution=0.2, audit_rate=0.0)
    more = chosen(1.0, 1.0, weight_recorded=0.8, weight_resolution=0.2, audit_rate=0.0)
    real = chosen(1.0, 1.0, weight_recorded=0.4, weight_resolution=0.6, audit_rate=0.0)
    assert np.subtract(more, less) == pytest.approx([0.1, 0.1])
    assert np.subtract(real, less) == pytest.approx([0.2, 0.0])
