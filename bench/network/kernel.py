"""The network as an event-driven simulation compiled with Numba: what the other engines do, in arrays.

Arrivals and completions are events, taken one by one in the order of time from a list of what is pending; nothing uses
that the network flows one way, that services are exponential or that the queue is first come, first served. Every
server and every source has one place in that list, a tournament by fours over due times: a change plays four matches,
and the winner is the next event. Chance is the model's own: keyed Philox numbers (``sim/chance.py``), drawn in blocks.
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

LONGEST_QUEUE = 4096
BLOCK = 1024
"""Random numbers drawn at a time."""

NEVER = np.uint64(0x7FF0000000000000)
"""Key of a place where nothing is due: infinity."""

_PLACE = np.uint64(PLACES - 1)
_ONE, _TWO, _THREE = np.uint64(1), np.uint64(2), np.uint64(3)


class Stations(NamedTuple):
    """The network as arrays, one entry a station; ``onward`` is −1 where cases leave, ``gaps`` 0 where none arrive."""

    servers: NDArray[np.int64]
    means: NDArray[np.float64]
    success: NDArray[np.float64]
    onward: NDArray[np.int64]
    gaps: NDArray[np.float64]


class Stream(NamedTuple):
    """Random numbers in blocks: ``values`` of the present one; ``at``: numbers taken of it, blocks drawn."""

    values: NDArray[np.float64]
    at: NDArray[np.int64]


@compiled
def key_of(due, place):
    """A due time (not negative) whose last eight bits are its place: keys are ordered as times are, and differ."""
    return (np.float64(due).view(np.uint64) & ~_PLACE) | np.uint64(place)


@compiled
def due_of(key):
    """The due time of a key, exact to 44 bits."""
    return np.uint64(key & ~_PLACE).view(np.float64)


@compiled
def put(agenda, place, key):
    """Puts a key in its place and plays the matches up to the winner, ``agenda[1]``."""
    node = np.uint64(place) + np.uint64(PLACES)
    agenda[node] = key
    for _ in range(ROUNDS):
        others = min(agenda[node ^ _ONE], min(agenda[node ^ _TWO], agenda[node ^ _THREE]))
        key = min(key, others)
        node >>= _TWO
        agenda[node] = key


_MANTISSA, _EXPONENT_ONE = np.uint64(0x000FFFFFFFFFFFFF), np.uint64(0x3FF0000000000000)
_LOG_2, _ROOT_2 = float(np.log(2.0)), float(np.sqrt(2.0))


@compiled
def minus_log(u):
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
def draw_uniform(stream, seed, purpose):
    """The next block of uniform numbers in (0, 1)."""
    quarter = BLOCK // 4
    first = stream.at[1] * quarter
    for n in range(quarter):
        a, b, c, d = quad(seed, purpose, 0, first + n)
        stream.values[n] = a
        stream.values[quarter + n] = b
        stream.values[2 * quarter + n] = c
        stream.values[3 * quarter + n] = d
    stream.at[0] = 0
    stream.at[1] += 1


@compiled_once
def draw_exponential(stream, seed, purpose):
    """The next block of unit exponentials."""
    draw_uniform(stream, seed, purpose)
    for n in range(BLOCK):
        stream.values[n] = minus_log(stream.values[n])


@compiled
def exponential(stream, seed):
    """The next unit exponential."""
    if stream.at[0] == BLOCK:
        draw_exponential(stream, seed, Purpose.SERVICE)
    stream.at[0] += 1
    return stream.values[stream.at[0] - 1]


@compiled
def uniform(stream, seed):
    """The next uniform number."""
    if stream.at[0] == BLOCK:
        draw_uniform(stream, seed, Purpose.SETTLE)
    stream.at[0] += 1
    return stream.values[stream.at[0] - 1]


@compiled_once
def simulate(stations, until, warm_up, seed):
    """Runs the network from empty; gives services completed, and by station waits and services begun after warm-up.

    Services completed are −1 when a queue grew longer than ``LONGEST_QUEUE``.
    """
    number = len(stations.servers)
    times = Stream(np.empty(BLOCK), np.array([BLOCK, 0]))
    chances = Stream(np.empty(BLOCK), np.array([BLOCK, 0]))
    agenda = np.full(2 * PLACES, NEVER)
    station_of = np.zeros(PLACES, np.int64)
    idle = np.zeros((number, PLACES), np.int64)  # places of idle servers; the first ``free`` of each station count
    free = stations.servers.copy()
    joined = np.zeros((number, LONGEST_QUEUE))  # when those waiting joined, as a ring from ``first`` to ``last``
    first, last = np.zeros(number, np.int64), np.zeros(number, np.int64)
    waited, begun = np.zeros(number), np.zeros(number, np.int64)

    place = 0
    for station in range(number):
        for server in range(stations.servers[station]):
            station_of[place] = station
            idle[station, server] = place
            place += 1
    sources = place
    for station in range(number):
        if stations.gaps[station] > 0.0:
            station_of[place] = station
            put(agenda, place, key_of(stations.gaps[station] * exponential(times, seed), place))
            place += 1

    completed = 0
    while True:
        key = agenda[1]
        now = due_of(key)
        if now > until:
            return completed, waited, begun
        place = np.int64(key & _PLACE)
        station = station_of[place]
        if place >= sources:
            put(agenda, place, key_of(now + stations.gaps[station] * exponential(times, seed), place))
        else:
            completed += 1
            if first[station] < last[station]:
                if now >= warm_up:
                    waited[station] += now - joined[station, first[station] & (LONGEST_QUEUE - 1)]
                    begun[station] += 1
                first[station] += 1
                put(agenda, place, key_of(now + stations.means[station] * exponential(times, seed), place))
            else:
                put(agenda, place, NEVER)
                idle[station, free[station]] = place
                free[station] += 1
            if uniform(chances, seed) < stations.success[station] or stations.onward[station] < 0:
                continue
            station = stations.onward[station]
        if free[station] > 0:
            free[station] -= 1
            place = idle[station, free[station]]
            if now >= warm_up:
                begun[station] += 1
            put(agenda, place, key_of(now + stations.means[station] * exponential(times, seed), place))
        else:
            if last[station] - first[station] == LONGEST_QUEUE:
                return -1, waited, begun
            joined[station, last[station] & (LONGEST_QUEUE - 1)] = now
            last[station] += 1


def stations_of(network: OpenNetwork) -> Stations:
    """The arrays of a network.

    Raises:
        ValueError: with more servers and sources than there are places.
    """
    levels, last = network.levels, len(network.levels) - 1
    if sum(level.stations * level.servers for level in levels) + levels[0].stations > PLACES:
        raise ValueError(f"more than {PLACES} servers and sources")
    rows = [(n, level) for n, level in enumerate(levels) for _ in range(level.stations)]
    one_up = np.cumsum([level.stations for level in levels])
    return Stations(
        servers=np.array([level.servers for _, level in rows]),
        means=np.array([level.mean for _, level in rows]),
        success=np.array([network.success for _ in rows]),
        onward=np.array([-1 if n == last else one_up[n] for n, _ in rows]),
        gaps=np.array([network.gap if n == 0 else 0.0 for n, _ in rows]),
    )


def run(network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``.

    Raises:
        ValueError: when a queue grows without end, or the network has too many servers.
    """
    stations = stations_of(network)
    simulate(stations, 1.0, 0.0, seed)  # compiled by now
    started = time.perf_counter()
    completed, waited, begun = simulate(stations, until, warm_up, seed)
    seconds = time.perf_counter() - started
    if completed < 0:
        raise ValueError(f"a queue of more than {LONGEST_QUEUE} cases")
    ends = np.cumsum([level.stations for level in network.levels])[:-1]
    waits = [w.sum() / b.sum() for w, b in zip(np.split(waited, ends), np.split(begun, ends), strict=True)]
    return Outcome(int(completed), seconds, tuple(map(float, waits)), MODEL_VERSION)
