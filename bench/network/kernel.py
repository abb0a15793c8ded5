"""The network as an event-driven simulation compiled with Numba: what the other engines do, in arrays.

Arrivals and completions are events, taken one by one in the order of time from a list of what is pending. No use is
made of the network's flowing one way or of services' being exponential: the same loop runs any routing and any law of
service. Every server and every source has one place in the list of events, a tournament by fours over due times: a
change plays four matches, and the winner is the next event. Chance is the model's own, keyed Philox numbers
(``sim/chance.py``), drawn in blocks.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.network.open_network import OpenNetwork, Outcome
from sim.chance import Purpose, quad
from sim.compilation import MODEL_VERSION, compiled, compiled_once

ROUNDS = 4
PLACES = 4**ROUNDS
"""Places in the tournament, for all servers and sources."""

LONGEST_QUEUE = 512
"""Cases, a power of two; far beyond what comes up at loads well below 1."""

ENDLESS = 2**62
BLOCK = 1024
"""Random numbers drawn at a time."""

NEVER = np.uint64(0x7FF0000000000000)
"""Key of a place where nothing is due: infinity."""

_PLACE = np.uint64(PLACES - 1)
_ONE, _TWO, _THREE = np.uint64(1), np.uint64(2), np.uint64(3)
# Indices are unsigned in the inner loop: for signed ones Numba also asks whether they count from the end (a tenth of
# the run time).


class Stations(NamedTuple):
    """The network as arrays, one entry a station or source; ``success`` is the chance that a case leaves from there."""

    servers: NDArray[np.int64]
    means: NDArray[np.float64]
    success: NDArray[np.float64]
    onward: NDArray[np.uint64]
    is_source: NDArray[np.bool_]


class Stream(NamedTuple):
    """Random numbers in blocks: ``values`` of the present one; ``at``: numbers taken of it, blocks drawn."""

    values: NDArray[np.float64]
    at: NDArray[np.uint64]


@compiled
def key_of(due: float, place: int) -> np.uint64:
    """A due time (not negative) whose last eight bits are its place: keys are ordered as times are, and differ."""
    return (np.float64(due).view(np.uint64) & ~_PLACE) | np.uint64(place)


@compiled
def due_of(key: np.uint64) -> np.float64:
    """The due time of a key, exact to 44 bits."""
    return np.uint64(np.uint64(key) & ~_PLACE).view(np.float64)


@compiled
def put(agenda: NDArray[np.uint64], place: int, key: np.uint64) -> np.uint64:
    """Puts a key in its place and plays the matches up to the winner; gives its key, which is ``agenda[1]`` too."""
    key = np.uint64(key)
    node = np.uint64(place) + np.uint64(PLACES)
    agenda[node] = key
    for _ in range(ROUNDS):
        others = min(agenda[node ^ _ONE], min(agenda[node ^ _TWO], agenda[node ^ _THREE]))
        key = min(key, others)
        node >>= _TWO
        agenda[node] = key
    return key


_MANTISSA, _EXPONENT_ONE = np.uint64(0x000FFFFFFFFFFFFF), np.uint64(0x3FF0000000000000)
_LOG_2, _ROOT_2 = float(np.log(2.0)), float(np.sqrt(2.0))


@compiled
def minus_log(u: float) -> float:
    """−log of a number in (0, 1), exact to 10⁻¹⁵: by its exponent and the series of artanh.

    Without branches or calls, so that a block of them becomes vector instructions: four times as fast as ``np.log``.
    """
    bits = np.float64(u).view(np.uint64)
    exponent = np.float64(np.int64(bits >> np.uint64(52)) - 1023)
    mantissa = np.uint64((bits & _MANTISSA) | _EXPONENT_ONE).view(np.float64)
    above = mantissa > _ROOT_2
    mantissa = 0.5 * mantissa if above else mantissa
    exponent = exponent + 1.0 if above else exponent
    s = (mantissa - 1.0) / (mantissa + 1.0)
    z = s * s
    series = z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z / 17))))
    series = z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + series)))
    return -(exponent * _LOG_2 + 2.0 * (s + s * series))


@compiled_once
def draw_uniform(stream: Stream, seed: int, purpose: int) -> None:
    """The next block of uniform numbers in (0, 1)."""
    quarter = BLOCK // 4
    first = np.int64(stream.at[1]) * quarter
    for n in range(quarter):
        a, b, c, d = quad(seed, purpose, 0, first + n)
        stream.values[n] = a
        stream.values[quarter + n] = b
        stream.values[2 * quarter + n] = c
        stream.values[3 * quarter + n] = d
    stream.at[0] = 0
    stream.at[1] += _ONE


@compiled_once
def draw_exponential(stream: Stream, seed: int, purpose: int) -> None:
    """The next block of unit exponentials."""
    draw_uniform(stream, seed, purpose)
    for n in range(BLOCK):
        stream.values[n] = minus_log(stream.values[n])


@compiled
def exponential(stream: Stream, seed: int) -> float:
    """The next unit exponential."""
    if stream.at[0] == np.uint64(BLOCK):
        draw_exponential(stream, seed, Purpose.SERVICE)
    at = stream.at[0]
    stream.at[0] = at + _ONE
    return stream.values[at]


@compiled
def uniform(stream: Stream, seed: int) -> float:
    """The next uniform number."""
    if stream.at[0] == np.uint64(BLOCK):
        draw_uniform(stream, seed, Purpose.SETTLE)
    at = stream.at[0]
    stream.at[0] = at + _ONE
    return stream.values[at]


@compiled_once
def simulate(
    stations: Stations, until: float, warm_up: float, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Runs the network from empty; gives, by station, services completed and, after the warm-up, begun and waited for.

    A source is a station of one server with an endless queue: what it completes arrives one station onward. So all
    events are completions.

    Returns:
        completed, begun, waited: one entry a station; ``completed`` is empty when a queue outgrew ``LONGEST_QUEUE``.
    """
    number = len(stations.servers)
    times = Stream(np.empty(BLOCK), np.array([BLOCK, 0], np.uint64))
    chances = Stream(np.empty(BLOCK), np.array([BLOCK, 0], np.uint64))
    agenda = np.full(2 * PLACES, NEVER)
    station_of = np.zeros(PLACES, np.uint64)
    mean_of = np.zeros(PLACES)
    idle = np.zeros((number, PLACES), np.uint64)  # places of idle servers; the first ``free`` of each station count
    free = np.zeros(number, np.uint64)
    joined = np.zeros((number, LONGEST_QUEUE))  # when those waiting joined, as a ring from ``first`` to ``last``
    first, last = np.zeros(number, np.int64), np.zeros(number, np.int64)
    completed, begun, waited = np.zeros(number, np.int64), np.zeros(number, np.int64), np.zeros(number)

    place = np.uint64(0)
    for n in range(number):
        station = np.uint64(n)
        for _ in range(stations.servers[station]):
            station_of[place] = station
            mean_of[place] = stations.means[station]
            if stations.is_source[station]:
                last[station] = ENDLESS
                put(agenda, place, key_of(mean_of[place] * exponential(times, seed), place))
            else:
                idle[station, free[station]] = place
                free[station] += _ONE
            place += _ONE

    next_key = agenda[1]
    for end in (warm_up, until):
        begun[:] = 0
        waited[:] = 0.0
        while True:
            now = due_of(next_key)
            if now > end:
                break
            place = next_key & _PLACE
            station = station_of[place]
            completed[station] += 1

            if first[station] < last[station]:
                next_key = put(agenda, place, key_of(now + mean_of[place] * exponential(times, seed), place))
                waited[station] += now - joined[station, first[station] & (LONGEST_QUEUE - 1)]
                begun[station] += 1
                first[station] += 1
            else:
                next_key = put(agenda, place, NEVER)
                idle[station, free[station]] = place
                free[station] += _ONE

            if uniform(chances, seed) < stations.success[station]:
                continue
            station = stations.onward[station]
            if free[station] > 0:
                free[station] -= _ONE
                place = idle[station, free[station]]
                begun[station] += 1
                next_key = put(agenda, place, key_of(now + mean_of[place] * exponential(times, seed), place))
            else:
                if last[station] - first[station] == LONGEST_QUEUE:
                    return completed[:0], begun, waited
                joined[station, last[station] & (LONGEST_QUEUE - 1)] = now
                last[station] += 1
    return completed, begun, waited


def stations_of(network: OpenNetwork) -> Stations:
    """The arrays of a network: a source a township, then the stations in the order of levels.

    Raises:
        ValueError: with more servers and sources than there are places.
    """
    levels = network.levels
    townships = levels[0].stations
    rows = [(n, level) for n, level in enumerate(levels) for _ in range(level.stations)]
    one_up = townships + np.cumsum([level.stations for level in levels])
    stations = Stations(
        servers=np.array([1] * townships + [level.servers for _, level in rows]),
        means=np.array([network.gap] * townships + [level.mean for _, level in rows]),
        success=np.array([0.0] * townships + [1.0 if n + 1 == len(levels) else network.success for n, _ in rows]),
        onward=np.array([townships + n for n in range(townships)] + [one_up[n] for n, _ in rows], dtype=np.uint64),
        is_source=np.array([True] * townships + [False] * len(rows)),
    )
    if stations.servers.sum() > PLACES:
        raise ValueError(f"more than {PLACES} servers and sources")
    return stations


def run(network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``.

    Raises:
        ValueError: when a queue grows without end, or the network has too many servers.
    """
    stations = stations_of(network)
    simulate(stations, 1.0, 0.0, seed)  # compiled by now
    started = time.process_time()
    completed, begun, waited = simulate(stations, until, warm_up, seed)
    seconds = time.process_time() - started
    if not len(completed):
        raise ValueError(f"a queue of more than {LONGEST_QUEUE} cases")
    levels = network.levels
    starts = levels[0].stations + np.cumsum([0] + [level.stations for level in levels[:-1]])
    waits = np.add.reduceat(waited, starts) / np.add.reduceat(begun, starts)
    services = int(completed[~stations.is_source].sum())
    return Outcome(services, seconds, tuple(map(float, waits)), MODEL_VERSION)
