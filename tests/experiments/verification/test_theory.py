"""The theory that the model is judged by: the published answers, and whole days that come to them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from experiments.verification import theory


@pytest.mark.parametrize(
    ("servers", "load", "chance", "wait"),
    [
        (3, 2.0, 0.444444, 0.444444),
        (4, 2.0, 0.173913, 0.0869565),
        (5, 3.0, 0.236152, 0.118076),
        (10, 8.0, 0.409180, 0.204590),
        (20, 18.0, 0.550769, 0.275385),
        (1, 0.625, 0.625, 1.666667),
    ],
)
def test_erlang_c(servers: int, load: float, chance: float, wait: float) -> None:
    assert theory.erlang_c(servers, load) == pytest.approx(chance, abs=1e-6)
    assert theory.wait_of_servers(servers, load) == pytest.approx(wait, abs=1e-6)


def test_a_branching_process_has_a_mean_total_below_one_offspring_each() -> None:
    assert theory.branching_total(0.6) == pytest.approx(1 + 0.6 / (1 - 0.6)) == pytest.approx(2.5)
    assert theory.branching_total(0.0) == 1
    with pytest.raises(ValueError, match="mean offspring 1"):
        theory.branching_total(1.0)


def test_failures_left_out_of_a_printed_success() -> None:
    x = theory.failures_left_out(0.814, 0.9916)
    assert x == pytest.approx(0.963, abs=5e-4)
    assert 0.814 / (0.814 + (1 - x) * 0.186) == pytest.approx(0.9916)
    assert theory.failures_left_out(0.814, 0.814) == pytest.approx(0.0, abs=1e-12)


def test_erlang_b_and_a_long_wait() -> None:
    assert theory.erlang_b(5, 3.0) == pytest.approx(0.110054, abs=1e-6)
    assert theory.erlang_b(10, 7.0) == pytest.approx(0.078741, abs=1e-6)
    assert theory.wait_exceeds(3, 2.0, 1.0) == pytest.approx(0.163502, abs=1e-6)


@pytest.mark.parametrize(("variation", "wait"), [(0.0, 2.0), (0.5, 3.0), (1.0, 4.0), (4.0, 10.0)])
def test_pollaczek_and_khinchine(variation: float, wait: float) -> None:
    assert theory.wait_of_one(0.8, variation) == pytest.approx(wait)


def test_two_classes() -> None:
    assert theory.waits_of_classes(0.2, 0.6) == pytest.approx((1.0, 5.0))


def test_dispersion_of_causes() -> None:
    """E[N²] / E[N] by summing the law: a twentieth has two and a geometric number of mean 13 more."""
    further = np.arange(5_000)
    law = 0.05 * (13 / 14) ** further / 14
    square, mean = 0.95 + (law * (2 + further) ** 2).sum(), 0.95 + (law * (2 + further)).sum()
    assert mean == pytest.approx(1.7)
    assert theory.dispersion_of_causes(0.05, 15) == pytest.approx(square / mean) == pytest.approx(12.53, abs=5e-3)
    assert theory.dispersion_of_causes(0, 15) == 1


@pytest.mark.parametrize(("servers", "load"), [(1, 0.625), (3, 2.0), (5, 3.0)])
def test_whole_days_come_to_the_closed_form_as_service_gets_long(servers: int, load: float) -> None:
    """The error falls by at least ten when the service takes ten times as long."""
    errors = []
    for mean in (20.0, 200.0):
        days = theory.servers_in_days(load / mean, mean, servers)
        assert days.queue == pytest.approx(days.wait * load / mean)
        errors.append(abs(days.wait / mean - theory.wait_of_servers(servers, load)))
        assert days.all_busy == pytest.approx(theory.erlang_c(servers, load), rel=0.1 / mean + 1e-3)
        assert days.blocked == pytest.approx(theory.erlang_b(servers, load), rel=0.1 / mean + 2e-3)
    assert errors[1] < errors[0] / 10 < 1e-3


def test_one_server_in_days_is_the_chain_of_many() -> None:
    service = theory.whole_days(8.0)
    assert theory.wait_of_one_in_days(0.1, service) == pytest.approx(theory.servers_in_days(0.1, 8.0, 1).wait, rel=1e-6)


def test_moments_in_whole_days_by_hand() -> None:
    """An exponential service of 2 days: P(L > k) = exp(−(k + ½) / 2) for k ≥ 1, a geometric series."""
    step = math.exp(-0.5)
    tail = math.exp(-0.75) / (1 - step)
    assert theory.whole_days(2.0).mean == pytest.approx(1 + tail)
    # A fixed number of stages without end would be 8 days: the more stages, the nearer the square comes to 64.
    assert theory.whole_days(8.0, 6).square < theory.whole_days(8.0, 2).square < theory.whole_days(8.0).square


def test_complexity_has_mean_one_and_a_twelfth_of_variance() -> None:
    shares, values = np.array(theory.spread_of_complexity()).T
    assert shares.sum() == pytest.approx(1) and shares @ values == pytest.approx(1)
    assert shares @ values**2 == pytest.approx(13 / 12)


def test_classes_in_days_come_to_cobham_and_conserve_work() -> None:
    service = theory.whole_days(800.0)
    first, second = theory.waits_of_classes_in_days(0.8 / 800, 0.25, service)
    assert (first / 800, second / 800) == pytest.approx((1.0, 5.0), rel=2e-3)
    both = theory.wait_of_one_in_days(0.8 / 800, service)
    assert 0.25 * first + 0.75 * second == pytest.approx(both)


def test_a_court_in_days_by_simulation() -> None:
    """The recursion itself, with NumPy's generator: mean backlog of 200 courts over 20,000 days, z = 4."""
    rng, days, load = np.random.default_rng(5), 5, 0.8
    backlog, total = np.zeros(200), np.zeros(200)
    for day in range(22_000):
        backlog = np.maximum(0, backlog + days * rng.poisson(load / days, 200) - 1)
        total += backlog * (day >= 2_000)
    means = total / 20_000 / days
    assert abs(means.mean() - theory.backlog_in_days(load, days)) < 4 * means.std(ddof=1) / np.sqrt(200)


def test_a_queue_that_is_left_by_hand() -> None:
    """Erlang A's figures at ten servers, load 10 and a patience of two services; and its limits."""
    assert theory.erlang_a(10, 10.0, 2.0) == pytest.approx((0.6197, 0.1039, 2.0783), abs=5e-5)
    waits, _, queue = theory.erlang_a(10, 7.0, 1e9)  # nobody leaves: Erlang C
    assert (waits, queue / 7.0) == pytest.approx((theory.erlang_c(10, 7.0), theory.wait_of_servers(10, 7.0)), rel=1e-5)
    assert theory.erlang_a(10, 7.0, 1e-9)[1] == pytest.approx(theory.erlang_b(10, 7.0), rel=1e-5)  # all leave at once


def test_a_queue_that_is_left_in_days_comes_to_the_textbook() -> None:
    errors = []
    for mean in (50.0, 200.0):
        days = theory.servers_in_days(10.0 / mean, mean, 10, -math.expm1(-0.5 / mean))
        errors.append(abs(days.left / theory.erlang_a(10, 10.0, 2.0)[1] - 1.0))
        assert days.left * mean * 2.0 * 10.0 / mean == pytest.approx(days.queue, rel=0.02)
    assert errors[1] < errors[0] / 3 < 0.01
    nobody_overnight = theory.servers_in_days(7.0 / 200.0, 200.0, 10, 1.0)
    assert nobody_overnight.left == pytest.approx(theory.erlang_b(10, 7.0), rel=0.02)  # gone in the morning: Erlang B


def test_how_something_new_becomes_known() -> None:
    """Bass (1969) with p 0.03 and q 0.38; in steps of a month a little later, in small steps the same."""
    known = [theory.known_after(years, 0.03, 0.38) for years in (1, 2, 3, 5)]
    assert known == pytest.approx([0.0358, 0.0851, 0.1505, 0.3312], abs=5e-5)
    in_months = [theory.known_after_months(12 * years, 0.03, 0.38) for years in (1, 2, 3, 5)]
    assert in_months == pytest.approx([0.0352, 0.0836, 0.1478, 0.3258], abs=5e-5)
    assert theory.known_after_months(2, 0.6, 0.0) == pytest.approx(1 - 0.95**2)
    assert theory.known_after_months(12_000, 0.03 / 1000 * 12, 0.38 / 1000 * 12) == pytest.approx(
        theory.known_after(12, 0.03, 0.38), rel=1e-3
    )


def test_the_longest_of_several_geometric_times() -> None:
    """Of tosses of a coin until heads: 2; of two coins 8/3; of three 22/7. Of none longer than a day, a day."""
    assert [theory.longest_of(number, 2.0) for number in (1, 2, 3)] == pytest.approx([2, 8 / 3, 22 / 7], rel=1e-12)
    assert theory.longest_of(3, 1.0) == pytest.approx(1.0, rel=1e-12)


def test_what_there_is_of_a_rule_that_fades() -> None:
    """Month by month: 1 + 2^(-1/12) + … over a year of a rule with a half-life of a year; a rule that is kept lasts."""
    month_by_month = sum(0.25 + 0.75 * 0.5 ** (month / 12) for month in range(36))
    assert theory.rule_over_months(36, 0.25, 1.0) == pytest.approx(month_by_month)
    assert theory.rule_over_months(36, 1.0, 1.0) == 36


def test_tries_of_satisficers_by_hand() -> None:
    """Two forums worth 0 and 1, aspirations normal about 0: half take the first, and of the others those up to 1 the
    second; who has failed at the first, half of them, takes the second up to an aspiration of 1 before the failure
    that takes 2 off it, hence all of them; where failure adds 2 to it, those up to -1."""
    half, up_to_one, up_to_minus_one = 0.5, norm.cdf(1.0), norm.cdf(-1.0)
    found = theory.tries_of_satisficers([0.0, 1.0], [0.5, 0.5], 0.0, 1.0, -2.0)
    assert found == pytest.approx([half, up_to_one - half + half * 0.5])
    found = theory.tries_of_satisficers([0.0, 1.0], [0.5, 0.5], 0.0, 1.0, 2.0)
    assert found == pytest.approx([half, up_to_one - half + up_to_minus_one * 0.5])
    found = theory.tries_of_satisficers([0.0, 1.0], [0.5, 0.5], 3.0, 2.0, 0.0)  # everything half as far apart
    assert found == pytest.approx([norm.cdf(-1.5), norm.cdf(-1.0) - norm.cdf(-1.5) + 0.5 * norm.cdf(-1.5)])
