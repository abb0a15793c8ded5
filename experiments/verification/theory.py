"""Queueing theory: closed forms in continuous time, and the same systems counted in the model's whole days.

In the model a day's arrivals join the queue together and a service lasts ``max(1, ⌊x + ½⌋)`` days. With slow rates that
hardly matters; what it does matter is computed here exactly, and used as the expectation.

Sources of the closed forms: Erlang (1917), Pollaczek (1930) and Khinchine (1932), Cobham (1954), Jackson (1957); all in
Gross, Shortle, Thompson and Harris (2008), *Fundamentals of Queueing Theory*, 4th edition.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve
from scipy.special import gammaincc
from scipy.stats import binom, norm, poisson


def erlang_b(servers: int, load: float) -> float:
    """Chance that all servers are busy when nobody may wait; ``load`` in servers."""
    blocked = 1.0
    for server in range(1, servers + 1):
        blocked = load * blocked / (server + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Chance of having to wait in M/M/c; ``load`` in servers, below their number."""
    blocked = erlang_b(servers, load)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def erlang_a(servers: int, load: float, patience: float) -> tuple[float, float, float]:
    """M/M/c + M: chance to wait, share that leaves the queue, mean queue; ``patience`` in mean service times.

    Palm (1957); the balance of the birth and death chain, summed to where nothing is left of it.
    """
    present = np.arange(1, 40 * servers)
    down = np.minimum(present, servers) + np.maximum(0, present - servers) / patience
    law = np.concatenate([[1.0], np.cumprod(load / down)])
    law /= law.sum()
    queue = float((np.maximum(0, np.arange(len(law)) - servers) * law).sum())
    return float(law[servers:].sum()), queue / patience / load, queue


def wait_of_servers(servers: int, load: float) -> float:
    """Mean wait in M/M/c, in mean service times."""
    return erlang_c(servers, load) / (servers - load)


def wait_exceeds(servers: int, load: float, time: float) -> float:
    """Chance of a wait above ``time`` (in mean service times) in M/M/c."""
    return erlang_c(servers, load) * math.exp(-(servers - load) * time)


def wait_of_one(load: float, squared_variation: float) -> float:
    """Mean wait in M/G/1, in mean service times (Pollaczek and Khinchine)."""
    return load * (1.0 + squared_variation) / (2.0 * (1.0 - load))


def waits_of_classes(first: float, second: float) -> tuple[float, float]:
    """Mean waits of two classes of exponential service at one server that serves the first class first, without
    interrupting, in mean service times; ``first`` and ``second`` are their loads (Cobham)."""
    residual = first + second
    return residual / (1.0 - first), residual / ((1.0 - first) * (1.0 - first - second))


def dispersion_of_causes(shared: float, size: float) -> float:
    """Variance over mean of the claimants of causes that come as a Poisson stream: E[N²] / E[N]. The share ``shared``
    of causes has two claimants and a geometric number more, of mean ``size`` in all; the others have one."""
    mean = 1.0 + shared * (size - 1.0)
    return (1.0 - shared + shared * (size**2 + (size - 2.0) * (size - 1.0))) / mean


@dataclass(frozen=True)
class Moments:
    """First two moments of a service in whole days."""

    mean: float
    square: float


EQUAL = ((1.0, 1.0),)
"""Cases of equal complexity: (share, complexity)."""


def spread_of_complexity(points: int = 64) -> tuple[tuple[float, float], ...]:
    """The model's own complexity, uniform on ½ to 1½, as shares and values (Gauss and Legendre)."""
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return tuple((float(weight) / 2.0, 1.0 + 0.5 * float(node)) for node, weight in zip(nodes, weights, strict=True))


def whole_days(mean: float, shape: int = 1, complexity: Sequence[tuple[float, float]] = EQUAL) -> Moments:
    """Moments of ``max(1, ⌊x + ½⌋)`` for an Erlang service of ``mean`` days times a complexity of some law."""
    days = np.arange(1, int(mean * max(value for _, value in complexity) * 60) + 10)
    longer = sum(share * gammaincc(shape, shape * (days + 0.5) / (mean * value)) for share, value in complexity)
    return Moments(1.0 + float(longer.sum()), 1.0 + float(((2 * days + 1) * longer).sum()))


def wait_of_one_in_days(arrivals: float, service: Moments) -> float:
    """Mean wait in days at one server: a day's batch adds exactly what counting in whole days takes away."""
    return arrivals * service.square / (2.0 * (1.0 - arrivals * service.mean))


def waits_of_classes_in_days(arrivals: float, share: float, service: Moments) -> tuple[float, float]:
    """Mean waits in days of two classes at one server, the first (``share`` of arrivals) served first.

    The first meets what is left of the service in hand in whole days, and those of its class who came the same day; the
    second follows from the conservation law: the load-weighted mean wait is that of one class.
    """
    load, first = arrivals * service.mean, share * arrivals
    ahead = arrivals * (service.square - service.mean) / 2.0 + first * service.mean / 2.0
    wait = ahead / (1.0 - share * load)
    return wait, (wait_of_one_in_days(arrivals, service) - share * wait) / (1.0 - share)


@dataclass(frozen=True)
class InDays:
    """M/M/c in whole days at the end of a day: mean wait (days), share of cases that leave the queue, mean queue,
    chance that all are busy, mean busy, and the chance that all are busy given that nobody waits."""

    wait: float
    left: float
    queue: float
    all_busy: float
    busy: float
    blocked: float


MOST_WAITING = 80
"""Cases waiting beyond which a queue that is left is not followed."""


def servers_in_days(arrivals: float, mean: float, servers: int, leaving: float = 0.0) -> InDays:
    """M/M/c counted in whole days, exactly: the chain of (cases in the system, of them begun today) from day to day.

    ``arrivals`` a day, Poisson; exponential service of ``mean`` days, rounded as the model rounds it. A case begun
    today ends tomorrow with chance 1 − exp(−1.5 / mean), an older one with 1 − exp(−1 / mean). Every case that waited
    overnight leaves in the morning with chance ``leaving`` (Erlang A; with 1 nearly Erlang B). Truncated where less
    than one in 10¹⁰ is.
    """
    load = arrivals * mean / servers
    most = servers + (MOST_WAITING if leaving > 0.0 else int(math.log(1e-10) / math.log(load)) + 10)
    begun = min(servers, int(poisson.isf(1e-12, max(arrivals, servers / mean))) + 2)
    came = poisson.pmf(np.arange(int(poisson.isf(1e-13, arrivals)) + 2), arrivals)
    young, old = -math.expm1(-1.5 / mean), -math.expm1(-1.0 / mean)
    width = begun + 1
    rows, columns, chances = [], [], []
    for present in range(most + 1):
        serving = min(present, servers)
        away = binom.pmf(np.arange(present - serving + 1), present - serving, leaving)
        for new in range(min(begun, serving) + 1):
            ended = np.convolve(
                binom.pmf(np.arange(new + 1), new, young), binom.pmf(np.arange(serving - new + 1), serving - new, old)
            )
            for gone, chance in enumerate(ended):
                if chance < 1e-13:
                    continue
                change = np.convolve(away[::-1], came)  # of the queue: from all leave to most come
                for step, likely in enumerate(change):
                    if likely < 1e-13:
                        continue
                    now = min(most, serving - gone + step)
                    started = min(begun, min(servers, now) - (serving - gone))
                    rows.append(present * width + new)
                    columns.append(now * width + started)
                    chances.append(chance * likely)
    shares = _stationary(np.array(rows), np.array(columns), np.array(chances), (most + 1) * width)
    law = shares.reshape(most + 1, width).sum(axis=1)
    number = np.arange(most + 1)
    queue = float((np.maximum(0, number - servers) * law).sum())
    return InDays(
        wait=queue / arrivals,
        left=leaving * queue / arrivals,
        queue=queue,
        all_busy=float(law[servers:].sum()),
        busy=float((np.minimum(number, servers) * law).sum()),
        blocked=float(law[servers] / law[: servers + 1].sum()),
    )


def _stationary(
    rows: NDArray[np.int64], columns: NDArray[np.int64], chances: NDArray[np.float64], size: int
) -> NDArray[np.float64]:
    """Stationary law of a chain given by its entries; states that are never entered have none."""
    visited = np.unique(np.concatenate([columns, [0]]))
    number = np.full(size, -1)
    number[visited] = np.arange(len(visited))
    kept = number[rows] >= 0
    matrix = sparse.csr_matrix(
        (chances[kept], (number[rows[kept]], number[columns[kept]])), shape=(len(visited), len(visited))
    )
    system = sparse.lil_matrix(sparse.identity(len(visited)) - matrix.T)
    system[0, :] = 1.0
    right = np.zeros(len(visited))
    right[0] = 1.0
    law = np.zeros(size)
    law[visited] = spsolve(system.tocsc(), right)
    return law / law.sum()


def backlog_in_days(load: float, days: int) -> float:
    """Mean backlog at the end of a day, in suits, of M/D/1 whose service takes a whole number of ``days``.

    B ← max(0, B + days · arrivals − 1) in days of work, for a Poisson number of arrivals of mean load / days:
    E[B] = (days · load + load² − load) / (2 (1 − load)).
    """
    return (days * load + load**2 - load) / (2.0 * (1.0 - load)) / days


def branching_total(offspring: float) -> float:
    """Mean of all individuals, the first included, of a branching process whose mean offspring is below 1."""
    if not 0.0 <= offspring < 1.0:
        raise ValueError(f"a branching process of mean offspring {offspring} has no mean total")
    return 1.0 / (1.0 - offspring)


def failures_left_out(own: float, printed: float) -> float:
    """Part x of failures left out of a printed success S / (S + (1 - x) F), where ``own`` is S of S and F together."""
    return 1.0 - own * (1.0 / printed - 1.0) / (1.0 - own)


def known_after(years: float, alone: float, talk: float) -> float:
    """Share that has come to know something new, of Bass (1969): ``alone`` and ``talk`` are his p and q a year."""
    unaware = math.exp(-(alone + talk) * years)
    return (1.0 - unaware) / (1.0 + talk / alone * unaware)


def known_after_months(months: int, alone: float, talk: float) -> float:
    """The same in the model's steps of a month, a binomial chance of learning in each."""
    unaware = 1.0
    for _ in range(months):
        unaware *= 1.0 - (alone + talk * (1.0 - unaware)) / 12.0
    return 1.0 - unaware


def longest_of(number: int, mean: float) -> float:
    """Mean of the longest of so many independent geometric times, each of at least a day and of this mean."""
    return sum(
        (-1) ** (each + 1) * math.comb(number, each) / (1.0 - (1.0 - 1.0 / mean) ** each)
        for each in range(1, number + 1)
    )


def rule_over_months(months: int, kept: float, half_life: float) -> float:
    """What there is, over so many months, of a rule of which a share lasts and the rest fades (half-life in years)."""
    month = 2.0 ** (-1.0 / (12.0 * half_life))
    return months * kept + (1.0 - kept) * (1.0 - month**months) / (1.0 - month)


def tries_of_satisficers(
    worths: Sequence[float], failing: Sequence[float], aspiration: float, spread: float, failed: float
) -> list[float]:
    """Tries for each matter at forums of which people take the nearest that is worth more than they aspire to.

    ``worths`` and chances of ``failing`` from the nearest forum on; aspirations are normal, and each failure adds
    ``failed`` to them before the forums beyond are looked at. Between two aspirations at which anything changes all
    people do the same.
    """
    changes = sorted(
        (worth - number * failed - aspiration) / spread for worth in worths for number in range(len(worths))
    )
    tries = [0.0] * len(worths)
    for low, high in pairwise([changes[0] - 40.0, *changes, changes[-1] + 40.0]):
        people, aspires = float(norm.cdf(high) - norm.cdf(low)), aspiration + spread * (low + high) / 2.0
        for forum, worth in enumerate(worths):
            if worth > aspires:
                tries[forum] += people
                people *= failing[forum]
                aspires += failed
    return tries
