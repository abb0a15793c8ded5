"""History matching: implausibility by hand, emulators, small parts of a cube, and parameters that come back."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.studies.calibrate.emulator import train
from experiments.studies.calibrate.subset import part_of_cube
from experiments.studies.calibrate.targets import Scale, Target, implausibility, largest
from experiments.studies.calibrate.waves import match, on_scales, spread_out


def test_implausibility_by_hand():
    point = Target("a", 0.5, 0.5, observation=0.03, discrepancy=0.04)  # together 0.05
    between = Target("b", 2.0, 3.0, observation=0.0, discrepancy=0.5)
    at_most = Target("c", -np.inf, 1.0, observation=0.0, discrepancy=0.1)
    means = np.array([[0.6, 2.5, 0.2], [0.5, 4.0, 1.2], [np.nan, 1.0, 1.0]])
    found = implausibility([point, between, at_most], means, np.zeros((3, 3)))
    assert found[0].tolist() == pytest.approx([2, 0, 0])
    assert found[1].tolist() == pytest.approx([0, 2, 2])
    assert found[2].tolist() == [np.inf, 2, 0]
    wider = implausibility([point], np.array([[0.6]]), np.array([[0.12**2]]))
    assert wider[0, 0] == pytest.approx(0.1 / 0.13)
    assert largest(found[:2]).tolist() == pytest.approx([2, 2]) and largest(found[:2], 2).tolist() == pytest.approx(
        [0, 2]
    )


def test_errors_are_stretched_like_the_scale():
    share = Target("a", 0.02, 0.03, observation=0.003, discrepancy=0.004, scale=Scale.log)
    assert share.variance == pytest.approx((0.005 / 0.025) ** 2)
    assert share.ends == pytest.approx((np.log(0.02), np.log(0.03)))
    change = Target("b", -0.36, -0.36, observation=0.032, discrepancy=0, scale=Scale.log_change)
    assert change.variance == pytest.approx(0.05**2) and change.ends[0] == pytest.approx(np.log(0.64))
    assert Scale.log.of(0.0) == pytest.approx(np.log(1e-4))


def test_chance_is_told_from_the_spread_over_seeds():
    random = np.random.default_rng(1)
    figures = 5 + random.normal(0, 0.4, (400, 4, 1))
    means, chance = on_scales([Target("a", 0, 0, 1, 1)], figures)
    assert means.shape == (400, 1) and chance[0] == pytest.approx(0.16 * 0.79 / 4, rel=0.15)  # the median of χ²₃ / 3


def test_an_emulator_is_right_and_knows_how_right():
    random = np.random.default_rng(2)

    def figure(p):
        return np.sin(4 * p[:, 0]) + p[:, 1] ** 2 + 0.1 * p[:, 0] * p[:, 2]

    points, fresh = random.random((120, 4)), random.random((400, 4))
    emulator = train(points, figure(points), 0)
    mean, variance = emulator.predict(fresh)
    off = figure(fresh) - mean
    assert np.sqrt(np.mean(off**2)) < 0.06
    assert 0.6 < np.sqrt(np.mean(off**2 / variance)) < 1.7
    assert 0.7 < np.sqrt(np.mean(emulator.errors**2)) < 1.3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_small_part_of_the_cube_is_found_with_its_share(seed):
    # a ball of radius 0.1 in five dimensions has the volume 8 π² / 15 · 10⁻⁵ = 5.26 · 10⁻⁵
    def score(points):
        return np.sqrt(((points - 0.5) ** 2).sum(axis=1))

    part = part_of_cube(score, 5, 600, 0.1, seed)
    assert (score(part.points) <= 0.1).all() and part.threshold == 0.1
    assert part.share == pytest.approx(5.26e-5, rel=0.6)
    assert part.points.mean(axis=0) == pytest.approx([0.5] * 5, abs=0.015)
    radius = score(part.points) / 0.1
    assert radius.mean() == pytest.approx(5 / 6, abs=0.03)  # of a ball filled evenly


def test_points_are_spread_out():
    line = np.column_stack([np.linspace(0, 1, 101), np.zeros(101)])
    chosen = np.sort(spread_out(line, 5, 0)[:, 0])
    assert chosen[-1] - chosen[0] > 0.8 and np.diff(chosen).min() > 0.1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_known_parameters_come_back_and_what_the_data_cannot_tell_stays_wide(seed):
    def figures(p):
        x = 4 * p - 2
        return np.stack([x[:, 0] + 0.3 * x[:, 1] ** 2, np.exp(x[:, 1] + 0.2 * x[:, 2]), x[:, 2] * x[:, 0]], axis=1)

    true = np.random.default_rng(seed).uniform(0.3, 0.7, (1, 5))  # the last two have no part in anything
    reported = figures(true)[0]
    targets = [
        Target(name, value, value, 0.05, 0.05, scale)
        for name, value, scale in zip("abc", reported, (Scale.plain, Scale.log, Scale.plain), strict=True)
    ]

    def simulate(wave, points):
        noise = np.random.default_rng([seed, wave]).normal(0, 0.02, (len(points), 2, 3))
        return on_scales(targets, figures(points)[:, None] + noise)

    found = match(simulate, targets, 5, trials=60, waves=3, cut=3.0, seed=seed)
    assert found.threshold == 3 and found.share < 0.05
    assert found.waves[-1].plausible > 0.5 > found.waves[0].plausible
    low, high = np.quantile(found.left, [0.005, 0.995], axis=0)
    assert (low <= true[0] + 0.02).all() and (true[0] - 0.02 <= high).all()
    assert (high - low)[0] < 0.6
    assert (high - low)[3:].min() > 0.9


def test_the_same_seed_gives_the_same_set():
    targets = [Target("a", 0.4, 0.4, 0.02, 0.0)]
    runs = [match(lambda w, p: (p[:, :1], np.zeros(1)), targets, 2, 20, 2, 3.0, seed=7) for _ in range(2)]
    assert np.array_equal(runs[0].left, runs[1].left)
