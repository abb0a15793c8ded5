"""Every engine simulates the same network, and the kernel's waits are those of queueing theory."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bench.network import kernel
from bench.network.engines import ENGINES
from bench.network.open_network import OpenNetwork, reduced
from experiments.verification.check import against, limit, mean_and_error
from experiments.verification.theory import wait_of_servers
from sim.chance import Purpose, quad
from sim.compilation import IS_PLAIN

compiled_only = pytest.mark.skipif(IS_PLAIN, reason="millions of events are for compiled code")

SEEDS = range(1, 9)
UNTIL, WARM_UP = 20_000.0, 2_000.0
"""A million and a half services begun after the warm-up."""


def outcomes(network: OpenNetwork) -> list:
    return [kernel.run(network, UNTIL, WARM_UP, seed) for seed in SEEDS]


def test_all_levels_are_equally_loaded():
    network = reduced(0.8)
    assert network.reached == pytest.approx((60.0, 18.0, 5.4))
    assert network.services == pytest.approx(83.4)
    for level, reached in zip(network.levels, network.reached, strict=True):
        assert reached * level.mean / (level.stations * level.servers) == pytest.approx(0.8)
    assert [(level.stations, level.servers) for level in network.levels] == [(15, 5), (1, 20), (1, 40)]


def test_expected_waits_are_those_of_a_textbook():
    """M/M/5 at load 0.8: Erlang's C is 0.554, and five servers less four busy are one."""
    assert reduced(0.8).waits[0] == pytest.approx(0.55411, abs=5e-6)
    assert reduced(0.8).waits[1] == pytest.approx(wait_of_servers(20, 16.0) * 8 / 9)


@compiled_only
def test_the_kernel_waits_as_theory_says_and_a_wrong_network_does_not():
    """The wrong one takes 5 % longer over every service; every level has to notice."""
    expected = reduced().waits
    right, wrong = outcomes(reduced()), outcomes(reduced(load=0.84))
    for level in range(3):
        found = against(
            "wait",
            "",
            "",
            expected[level],
            [each.waits[level] for each in right],
            [each.waits[level] for each in wrong],
        )
        assert found.passed, (level, found)


@compiled_only
def test_the_kernel_serves_as_many_as_arrive():
    """Services of a run from empty: reached · until, less what is still in the network (some two hundred)."""
    mean, error, number = mean_and_error([each.services / UNTIL for each in outcomes(reduced())])
    assert abs(mean - reduced().services) <= limit(number) * error + 250 / UNTIL
    assert error < 0.05


@compiled_only
def test_the_same_seed_gives_the_same_run():
    one, again, other = (kernel.run(reduced(), 500.0, 50.0, seed) for seed in (1, 1, 2))
    assert (one.services, one.waits) == (again.services, again.waits)
    assert one.waits != other.waits


@compiled_only
def test_a_queue_that_grows_without_end_is_an_error():
    with pytest.raises(ValueError, match="512 cases"):
        kernel.run(reduced(load=1.2), 5_000.0, 0.0, 1)


def test_too_many_servers_are_an_error():
    with pytest.raises(ValueError, match="256 servers"):
        kernel.stations_of(reduced(servers=(15, 20, 40)))


@compiled_only
def test_the_agenda_gives_places_in_the_order_of_time():
    random = np.random.default_rng(5)
    due = random.exponential(size=kernel.PLACES)
    agenda = np.full(2 * kernel.PLACES, kernel.NEVER)
    for place in random.permutation(kernel.PLACES):
        kernel.put(agenda, place, kernel.key_of(due[place], place))
    order = []
    while agenda[1] != kernel.NEVER:
        place = int(agenda[1]) % kernel.PLACES
        assert kernel.due_of(agenda[1]) == pytest.approx(due[place], rel=2.0**-43)
        order.append(place)
        kernel.put(agenda, place, kernel.NEVER)
    assert order == np.argsort(due).tolist()


@compiled_only
@pytest.mark.parametrize("u", [2.0**-33, 1e-3, 0.25, 0.5, 2.0**-0.5, 0.75, 1 - 2.0**-33])
def test_the_logarithm_is_exact_to_the_last_bits(u):
    assert kernel.minus_log(u) == pytest.approx(-math.log(u), rel=1e-14, abs=1e-16)


@compiled_only
def test_blocks_hold_the_numbers_of_the_models_chance():
    stream = kernel.Stream(np.empty(kernel.BLOCK), np.array([kernel.BLOCK, 0], np.uint64))
    kernel.draw_uniform(stream, 7, Purpose.SETTLE)
    kernel.draw_uniform(stream, 7, Purpose.SETTLE)
    quarter = kernel.BLOCK // 4
    assert stream.values[3::quarter].tolist() == list(quad(7, Purpose.SETTLE, 0, quarter + 3))
    assert stream.at.tolist() == [0, 2]
    kernel.draw_exponential(stream, 7, Purpose.SETTLE)
    expected = -np.log(quad(7, Purpose.SETTLE, 0, 2 * quarter))
    assert stream.values[::quarter] == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "kernel"])
def test_an_engine_simulates_the_same_network(name):
    """Services and the waits at townships and county; the city takes longer to settle than a test may."""
    engine = ENGINES[name]
    if not engine.is_installed():
        pytest.skip(f"needs {engine.needs}")
    until = 2_000.0 if name.startswith("cimba") else 60.0
    found = [engine.run(reduced(), until, until / 2, seed) for seed in SEEDS]
    mean, error, number = mean_and_error([each.services for each in found])
    assert abs(mean - reduced().services * until) <= limit(number) * error + 250
    for level in (0, 1):
        mean, error, number = mean_and_error([each.waits[level] for each in found])
        assert abs(mean - reduced().waits[level]) <= limit(number) * error, (level, mean, error)
