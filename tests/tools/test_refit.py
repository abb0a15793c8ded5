"""The knobs of the default behaviour's intercepts: what they move, and that their targets are what is reported."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.configuration.schema import ExecutorChoice
from petition_pyramid import scenario
from sim.behaviour import Behaviour
from tools import refit


def test_knobs_move_their_parameters_together_and_within_their_ranges() -> None:
    base = scenario("province=tiny")
    plain = Behaviour()
    moved = refit.moved(base, [0.1, -0.2, 100.0, 0.0]).behaviour
    assert moved.constant_bilateral == pytest.approx(plain.constant_bilateral + 0.1)
    assert moved.constant_village == pytest.approx(plain.constant_village - 0.2)
    assert moved.constant_township == pytest.approx(plain.constant_township - 0.2)
    assert moved.constant_court == 2.0  # the highest allowed
    assert moved.constant_petition == plain.constant_petition


def test_scales_by_hand() -> None:
    assert refit.logit(0.75) == pytest.approx(math.log(3))
    assert refit.log(1.0) == 0.0


def test_one_step_finds_knobs_of_a_linear_world(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures that are linear in the knobs are met after one step of Newton's method."""
    base = scenario("province=tiny")
    targets = np.array([knob.scale(knob.target) for knob in refit.KNOBS])
    mixing = np.array([[1.0, 0.2, 0.0, 0.0], [0.0, 2.0, 0.1, 0.0], [0.1, 0.0, 1.0, 0.0], [0.0, 0.0, 0.3, 0.5]])
    away = np.array([0.1, -0.1, 0.2, 0.05])

    def figures(scenarios: list) -> np.ndarray:
        names = [knob.parameters[0] for knob in refit.KNOBS]
        shifts = [
            [getattr(each.behaviour, name) - getattr(base.behaviour, name) for name in names] for each in scenarios
        ]
        return targets + (np.array(shifts) - away) @ mixing.T

    monkeypatch.setattr(refit, "figures", figures)
    assert refit.main(["province=tiny"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "misses +0.000 +0.000 +0.000 +0.000" in lines[1].replace("-0.000", "+0.000")
    found = dict(line.split("  ")[0].split(" = ") for line in lines[2:])
    assert float(found["constant_bilateral"]) == pytest.approx(Behaviour().constant_bilateral + 0.1, abs=0.006)
    assert float(found["constant_township"]) == pytest.approx(Behaviour().constant_township - 0.1, abs=0.006)
    assert ExecutorChoice().workers == 0
