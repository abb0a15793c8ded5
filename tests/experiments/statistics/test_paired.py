"""Paired effects, bootstrap, Holm, replicate counts and compositions against closed forms and simulation."""

import math

import numpy as np
import pytest
from scipy import stats

from experiments.statistics.paired import (
    aitchison_distance,
    bootstrap_interval,
    equivalence_to_target,
    holm,
    ilr,
    ilr_inverse,
    joint_region,
    paired_difference,
    replicates_needed,
)


def test_a_paired_difference_by_hand():
    effect = paired_difference([10, 20, 30, 40], [11, 23, 32, 46])
    # differences 1, 3, 2, 6: mean 3, variance 14/3, standard error √(7/6); t(.975, 3) = 3.182446
    assert effect.difference == 3
    assert effect.mean_reference == 25
    assert effect.mean_policy == 28
    assert effect.high - 3 == pytest.approx(3.182446 * math.sqrt(7 / 6), rel=1e-6)
    assert 3 - effect.low == pytest.approx(effect.high - 3)
    assert effect.p_value == pytest.approx(stats.ttest_rel([11, 23, 32, 46], [10, 20, 30, 40]).pvalue)
    unpaired = np.var([10, 20, 30, 40], ddof=1) + np.var([11, 23, 32, 46], ddof=1)
    assert effect.variance_reduction == pytest.approx(unpaired / (14 / 3))
    assert effect.n == 4


def test_the_relative_change_by_hand():
    effect = paired_difference([10, 20, 30, 40], [11, 23, 32, 46])
    assert effect.relative == pytest.approx(0.12)
    residuals = np.array([1 - 1.2, 3 - 2.4, 2 - 3.6, 6 - 4.8]) / 25
    half = 3.182446 * residuals.std(ddof=1) / 2
    assert effect.relative_high - 0.12 == pytest.approx(half, rel=1e-6)
    assert 0.12 - effect.relative_low == pytest.approx(half, rel=1e-6)


@pytest.mark.parametrize("reference", [[0.0, 0.0, 0.0], [-1.0, -2.0, -3.0], [1.0, 0.0, -1.0]])
def test_from_a_mean_that_is_not_above_zero_there_is_no_relative_change(reference):
    found = paired_difference(reference, [1.0, 2.0, 4.0])
    assert found.difference == pytest.approx(7 / 3 - np.mean(reference)) and found.n == 3
    assert math.isnan(found.relative) and math.isnan(found.relative_low) and math.isnan(found.relative_high)


def test_a_proportional_effect_has_no_relative_spread():
    effect = paired_difference([10, 20, 30], [8, 16, 24])
    assert (effect.relative_low, effect.relative_high) == pytest.approx((-0.2, -0.2))
    assert effect.low < -4 < effect.high


def test_a_placebo_has_exactly_no_effect():
    effect = paired_difference([3.3, 4.4, 5.5], [3.3, 4.4, 5.5])
    assert (effect.difference, effect.low, effect.high) == (0, 0, 0)
    assert (effect.relative, effect.relative_low, effect.relative_high) == (0, 0, 0)
    assert effect.p_value == 1
    assert effect.variance_reduction == math.inf


def test_one_constant_shift_is_certain():
    effect = paired_difference([1, 2, 3], [3, 4, 5])
    assert (effect.low, effect.high, effect.p_value) == (2, 2, 0)


def test_pairs_without_both_values_are_left_out():
    effect = paired_difference([1, 2, np.nan, 4], [2, np.nan, 9, 6])
    assert effect.n == 2
    assert effect.difference == 1.5


def test_one_pair_has_a_difference_and_no_interval():
    effect = paired_difference([5], [7])
    assert effect.difference == 2
    assert all(math.isnan(x) for x in (effect.low, effect.high, effect.p_value, effect.variance_reduction))
    assert paired_difference([np.nan], [1]).n == 0
    assert math.isnan(paired_difference([np.nan], [1]).difference)


def test_unpaired_lengths_are_refused():
    with pytest.raises(ValueError, match="not paired"):
        paired_difference([1, 2], [1, 2, 3])


def test_intervals_hold_what_they_promise():
    """Of 2,000 paired experiments with a true effect of 1 (10 %), 95 % cover it; z = 4 gives 1.95 % of room."""
    rng = np.random.default_rng(11)
    covers = covers_relative = 0
    for _ in range(2000):
        common = rng.normal(10, 2, 10)
        effect = paired_difference(common + rng.normal(0, 0.5, 10), common + 1 + rng.normal(0, 0.5, 10))
        covers += effect.low <= 1 <= effect.high
        covers_relative += effect.relative_low <= 0.1 <= effect.relative_high
    assert covers / 2000 == pytest.approx(0.95, abs=0.0195)
    assert covers_relative / 2000 == pytest.approx(0.95, abs=0.025)  # linearised: a little less exact


def test_the_bootstrap_of_a_mean_is_near_its_t_interval_and_repeats_itself():
    sample = np.random.default_rng(3).normal(100, 5, 60)
    value, low, high = bootstrap_interval(lambda x: float(x.mean()), sample)
    half = stats.t.ppf(0.975, 59) * sample.std(ddof=1) / math.sqrt(60)
    assert value == sample.mean()
    assert (low, high) == pytest.approx((value - half, value + half), abs=0.12 * half)
    assert bootstrap_interval(lambda x: float(x.mean()), sample) == (value, low, high)


def test_the_bootstrap_keeps_pairs_together():
    base = np.random.default_rng(4).normal(100, 20, 12)
    found = bootstrap_interval(lambda a, b: float(b.sum() / a.sum()), base, 0.8 * base)
    assert found == pytest.approx((0.8, 0.8, 0.8))


def test_the_bootstrap_without_variation_or_replicates():
    assert bootstrap_interval(lambda x: float(np.median(x)), [4, 4, 4]) == (4, 4, 4)
    value, low, high = bootstrap_interval(lambda x: float(x.mean()), [4])
    assert value == 4 and math.isnan(low) and math.isnan(high)
    with pytest.raises(ValueError, match="one length"):
        bootstrap_interval(lambda a, b: 0.0, [1, 2], [1])


def test_holm_by_hand():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.9]) == pytest.approx([1, 1])
    assert holm([]).shape == (0,)


def test_holm_does_not_count_what_is_unknown():
    adjusted = holm([0.01, np.nan, 0.04])
    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert math.isnan(adjusted[1])


def test_replicates_needed_is_the_first_number_that_suffices():
    differences = np.array([-1.0, 0.0, 1.0])  # spread 1
    n = replicates_needed(differences, 0.5)
    half = [stats.t.ppf(0.975, k - 1) / math.sqrt(k) for k in (n - 1, n)]
    assert half[0] > 0.5 >= half[1]
    assert n == 18
    assert replicates_needed([2.0, 2.0], 0.1) == 2
    with pytest.raises(ValueError, match="above 0"):
        replicates_needed(differences, 0)
    with pytest.raises(ValueError, match="at least 2"):
        replicates_needed([1.0], 1)


def test_coordinates_of_the_target_and_back():
    assert ilr([1, 2, 3]) == pytest.approx([-0.7315, -0.2867], abs=5e-5)
    assert ilr_inverse(ilr([1, 2, 3])) == pytest.approx([1 / 6, 2 / 6, 3 / 6])
    many = np.random.default_rng(0).uniform(1, 9, (4, 5, 3))
    assert ilr_inverse(ilr(many)) == pytest.approx(many / many.sum(axis=-1, keepdims=True))
    assert ilr_inverse(np.zeros(2)) == pytest.approx([1 / 3] * 3)


def test_the_aitchison_distance_is_that_of_centred_logs():
    p, q = np.array([2.0, 5.0, 7.0]), np.array([1.0, 2.0, 3.0])
    centred = [np.log(x) - np.log(x).mean() for x in (p, q)]
    assert aitchison_distance(p) == pytest.approx(np.linalg.norm(centred[0] - centred[1]))
    assert aitchison_distance(100 * q) == pytest.approx(0, abs=1e-12)


def test_compositions_are_checked():
    with pytest.raises(ValueError, match="3 parts"):
        ilr([1, 2])
    with pytest.raises(ValueError, match="negative"):
        ilr([1, 2, -3])
    assert np.isnan(ilr([0, 0, 0])).all()


def test_a_joint_region_by_hand():
    """Points on the axes with covariance 2/3·I: Hotelling's factor for n = 4 is 2·3/(4·2) · F(.95; 2, 2) = .75 · 19."""
    region = joint_region([[1, 0], [-1, 0], [0, 1], [0, -1]])
    radius = math.sqrt(0.75 * 19 * 2 / 3)
    assert np.hypot(*region.outline().T) == pytest.approx(radius, rel=1e-6)
    assert region.contains([radius - 1e-6, 0])
    assert not region.contains([radius + 1e-6, 0])
    assert region.outline(90).shape == (91, 2)
    assert (region.outline()[0] == region.outline()[-1]).all()


def test_the_outline_is_the_border_of_what_the_region_contains():
    region = joint_region(np.random.default_rng(8).normal(0, 1, (12, 2)) @ [[1, 0.8], [0, 0.3]] + [2, -1])
    for point in region.outline(36):
        assert region.contains(region.mean + 0.999 * (point - region.mean))
        assert not region.contains(region.mean + 1.001 * (point - region.mean))


def test_joint_regions_cover_the_mean_as_often_as_they_say():
    rng = np.random.default_rng(12)
    root = np.array([[0.05, 0.03], [0.0, 0.02]])
    covers = sum(joint_region(rng.normal(0, 1, (10, 2)) @ root).contains([0, 0]) for _ in range(2000))
    assert covers / 2000 == pytest.approx(0.95, abs=0.0195)


def test_a_flat_region_holds_its_own_line_only():
    region = joint_region([[0, 0], [1, 1], [2, 2], [3, 3]])
    assert region.contains([1.6, 1.6])
    assert not region.contains([1.6, 1.5])
    assert np.isfinite(region.outline()).all()


def test_too_few_replicates_have_no_region():
    with pytest.raises(ValueError, match="at least 3"):
        joint_region([[0, 0], [1, 1]])
    with pytest.raises(ValueError, match="finite points"):
        joint_region([[0, 0], [1, 1], [np.nan, 0]])


def test_replicates_at_the_target_are_equivalent_and_far_ones_are_not():
    target = ilr([1, 2, 3])
    spread = 0.01 * np.random.default_rng(2).normal(0, 1, (10, 2))
    near = equivalence_to_target(target + spread, margin=0.1)
    assert near.is_equivalent and near.p_value < 1e-6 and near.upper < 0.1
    assert near.share_within == 1 and near.share_low == pytest.approx(0.025 ** (1 / 10))
    far = equivalence_to_target(target + np.array([0.3, 0]) + spread, margin=0.1)
    assert not far.is_equivalent and far.p_value > 0.999
    assert far.distance == pytest.approx(0.3, abs=0.02)
    assert far.share_within == 0 and far.share_low == 0


def test_the_upper_end_and_the_p_value_agree():
    points = ilr([1, 2, 3]) + np.array([0.05, 0.02]) + 0.03 * np.random.default_rng(6).normal(0, 1, (12, 2))
    upper = equivalence_to_target(points, margin=0.1).upper
    assert equivalence_to_target(points, margin=upper).p_value == pytest.approx(0.05, abs=1e-3)
    assert equivalence_to_target(points, margin=1.001 * upper).is_equivalent
    assert not equivalence_to_target(points, margin=0.999 * upper).is_equivalent


@pytest.mark.long
def test_at_the_margin_equivalence_is_claimed_at_most_one_time_in_twenty():
    rng = np.random.default_rng(21)
    centre = ilr([1, 2, 3]) + 0.1 * np.array([math.cos(1), math.sin(1)])
    claims = sum(
        equivalence_to_target(centre + 0.02 * rng.normal(0, 1, (10, 2)), margin=0.1).is_equivalent for _ in range(500)
    )
    assert 0.015 < claims / 500 < 0.05 + 4 * math.sqrt(0.05 * 0.95 / 500)


def test_replicates_without_spread_are_judged_by_their_place():
    inside = equivalence_to_target(np.tile(ilr([1, 2, 3]) + np.array([0.05, 0]), (3, 1)), margin=0.1)
    assert inside.is_equivalent and inside.p_value == 0
    outside = equivalence_to_target(np.tile(ilr([1, 2, 3]) + np.array([0.2, 0]), (3, 1)), margin=0.1)
    assert not outside.is_equivalent and outside.p_value == 1
    with pytest.raises(ValueError, match="margin"):
        equivalence_to_target(np.zeros((3, 2)), margin=0)
