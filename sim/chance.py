"""Keyed random draws: Philox4x32-10, a counter-based generator.

Every draw is a pure function of (seed, what for, whose, how many-eth): no draw depends on order, on the number of
threads or on what happens to anybody else.

Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11. The known answers of the
authors' library Random123 are in the tests.
"""

from __future__ import annotations

from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from sim.compilation import compiled
from sim.numerics import logarithm_of, sine_and_cosine_of_turn


class Purpose(IntEnum):
    """What a draw is for. Append only: the number is part of the key, so reordering changes every result."""

    COVERAGE = auto()  # which places are built first
    WORKING = auto()  # which centres work
    STATIONED = auto()  # which departments are stationed first
    GAP = auto()  # time between two candidate disputes of a village
    ARISE = auto()  # whether a candidate is real; kind, opponent, claimant
    SEVERITY = auto()
    NATURE = auto()  # complexity, department, violence, agency
    TRAITS = auto()  # patience, trust, centralised, legal awareness, learning of rules
    NOTICE = auto()
    SPOT = auto()
    REFERRAL = auto()
    CHOOSE = auto()
    TALK = auto()
    WINDOW = auto()
    ANSWER = auto()
    SERVICE = auto()
    SETTLE = auto()
    FADE = auto()
    OFFENCE = auto()
    PRESENT = auto()
    REPEAT = auto()
    SUIT = auto()
    BACKGROUND = auto()
    SKILL = auto()
    REFUSE = auto()
    REMIND = auto()
    ROUTE = auto()
    CIRCUMSTANCES = auto()  # assertiveness, migration, income, online access
    FEATURE = auto()  # which villages and townships have teams, banks, posts first
    PUSH_DOWN = auto()
    COUNT_TWICE = auto()
    JOINT_ACTION = auto()
    REQUEST = auto()  # service requests of a county and day
    ESCALATE = auto()
    REACTIVATE = auto()
    SURVEY = auto()
    COUNTY = auto()  # what sets a county apart: grievances, taste for mediation, register
    LEAVE = auto()  # how long one bears to wait in a queue
    WAITING = auto()  # petitions while one waits
    AGREEMENT = auto()  # whether what was agreed in talk holds
    RETURN = auto()  # whether a late relapse brings a matter back
    LEVERAGE = auto()  # whether a higher level obtains a department's answer
    CAUSE = auto()  # whether several claimants share a cause, and how many
    SOURCE = auto()  # whether the cause behind an alert is found
    JOIN = auto()  # who joins a claimant of the same cause; whether representatives are sent
    PAST = auto()  # what there is on the first day: how much, how old, until when
    CLOSED_DOOR = auto()  # whether a visitor to a nameplate finds nobody
    OFFER = auto()  # whether a petitioner takes mediation that is offered first
    REFER_UP = auto()  # whether a township refers what it failed to settle, and when
    VISITS = auto()  # of a matter at a centre
    ADVICE = auto()  # visits for advice of a centre and month
    FURTHER = auto()  # departments that a matter concerns further
    OTHER_ANSWER = auto()  # their answers
    REFUSED = auto()  # grievances that refused requests of a county and day raise, and whose they are
    FULL_TIME = auto()  # which posts of a pool are full time first
    # Months and days
    CAMPAIGN = auto()  # which old matters a campaign takes up in a month, and whether they stay closed
    CONCEDE = auto()  # whether a county gives in to who petitions above it
    # The police
    POLICE = auto()  # whether a claimant calls them on a day, and what comes of it
    OTHER_CALLS = auto()  # calls of a county and month about quarrels that are no grievance
    ASPIRATION = auto()  # what is good enough for a resident


_MASK = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MULTIPLY_0 = np.uint64(0xD2511F53)
_MULTIPLY_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_BITS_53 = np.uint64(11)
_UNIT_53 = 2.0**-53
_UNIT_32 = 2.0**-32


@compiled
def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Philox4x32-10 of a counter of four and a key of two 32-bit words, all held in uint64; gives four words."""
    for _ in range(10):
        high = _MULTIPLY_0 * c0
        low = _MULTIPLY_1 * c2
        c0, c1, c2, c3 = (low >> _HALF) ^ c1 ^ k0, low & _MASK, (high >> _HALF) ^ c3 ^ k1, high & _MASK
        k0 = (k0 + _WEYL_0) & _MASK
        k1 = (k1 + _WEYL_1) & _MASK
    return c0, c1, c2, c3


@compiled
def words(seed: int, purpose: int, who: int, nth: int) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """The four 32-bit words drawn for the ``nth`` time for ``purpose`` and ``who`` (a non-negative int64 key)."""
    key = np.uint64(seed)
    name = np.uint64(who)
    return philox(
        np.uint64(nth) & _MASK,
        np.uint64(purpose),
        name & _MASK,
        name >> _HALF,
        key & _MASK,
        key >> _HALF,
    )


@compiled
def uniform(seed: int, purpose: int, who: int, nth: int) -> float:
    """A uniform number in [0, 1) with 53 bits."""
    a, b, _, _ = words(seed, purpose, who, nth)
    return np.float64(((a << _HALF) | b) >> _BITS_53) * _UNIT_53


@compiled
def quad(seed: int, purpose: int, who: int, nth: int) -> tuple[float, float, float, float]:
    """Four independent uniform numbers in (0, 1) with 32 bits each, for the price of one."""
    a, b, c, d = words(seed, purpose, who, nth)
    return (
        (np.float64(a) + 0.5) * _UNIT_32,
        (np.float64(b) + 0.5) * _UNIT_32,
        (np.float64(c) + 0.5) * _UNIT_32,
        (np.float64(d) + 0.5) * _UNIT_32,
    )


@compiled
def whole_lanes(number: int) -> int:
    """``number`` rounded up to what a processor computes side by side; what is beyond ``number`` means nothing."""
    return (number + 7) // 8 * 8


@compiled
def uniforms(
    draws: NDArray, row: int, seed: int, purpose: int, keys: NDArray, whose: int, which: int, number: int
) -> None:
    """``uniform`` of every one of ``keys[whose, :number]`` into ``draws[row]``; ``keys[which]`` has the ordinals.

    Drawn side by side they take a tenth of the time that they take one by one; so do ``quads``. Arrays have room for
    ``whole_lanes`` of the number.
    """
    for n in range(whole_lanes(number)):
        draws[row, n] = uniform(seed, purpose, keys[whose, n], keys[which, n])


@compiled
def quads(draws: NDArray, row: int, seed: int, purpose: int, nth: int, keys: NDArray, whose: int, number: int) -> None:
    """``quad`` of every one of ``keys[whose, :number]`` into ``draws[row]`` and the three rows that follow."""
    for n in range(whole_lanes(number)):
        a, b, c, d = quad(seed, purpose, keys[whose, n], nth)
        draws[row, n] = a
        draws[row + 1, n] = b
        draws[row + 2, n] = c
        draws[row + 3, n] = d


@compiled
def four(draws: NDArray, row: int, n: int) -> tuple[float, float, float, float]:
    """The four numbers that ``quads`` has drawn for the ``n``-th key."""
    return draws[row, n], draws[row + 1, n], draws[row + 2, n], draws[row + 3, n]


@compiled
def exponential(u: float) -> float:
    """A unit exponential from a uniform number in [0, 1)."""
    return -logarithm_of(1.0 - u)


@compiled
def exponentials(draws: NDArray, row: int, number: int) -> None:
    """Turns a row of uniform numbers into unit exponentials, side by side."""
    for n in range(whole_lanes(number)):
        draws[row, n] = exponential(draws[row, n])


@compiled
def normals(u: float, v: float) -> tuple[float, float]:
    """Two independent standard normals from two uniform numbers in (0, 1) (Box and Muller)."""
    root = np.sqrt(-2.0 * logarithm_of(u))
    sine, cosine = sine_and_cosine_of_turn(v)
    return root * cosine, root * sine


@compiled
def pairs_of_normals(draws: NDArray, row: int, number: int) -> None:
    """Turns two rows of uniform numbers, ``row`` and the next, into standard normals, side by side."""
    for n in range(whole_lanes(number)):
        draws[row, n], draws[row + 1, n] = normals(draws[row, n], draws[row + 1, n])


@compiled
def normal(u: float, v: float) -> float:
    """A standard normal from two uniform numbers in (0, 1), the first of ``normals``."""
    return normals(u, v)[0]


@compiled
def erlang(seed: int, purpose: int, who: int, nth: int, shape: int) -> float:
    """An Erlang number of mean 1 and whole ``shape`` (1 to 8): the gamma distribution of that shape."""
    product = 1.0
    for draw in range((shape + 3) // 4):
        a, b, c, d = quad(seed, purpose, who, 2 * nth + draw)
        left = shape - 4 * draw
        product *= a
        if left > 1:
            product *= b
        if left > 2:
            product *= c
        if left > 3:
            product *= d
    return -np.log(product) / shape


@compiled
def poisson(mean: float, u: float) -> int:
    """A Poisson number of the given mean by inversion of the uniform ``u`` in [0, 1); for means up to about 500."""
    term = np.exp(-mean)
    total = term
    count = 0
    while u > total and count < 2000:
        count += 1
        term *= mean / count
        total += term
    return count


MOST_BY_INVERSION = 60.0
"""Mean up to which a Poisson number is found by inversion; above, it is a rounded normal number."""


@compiled
def poisson_of_any_mean(mean: float, u: float, v: float) -> int:
    """A Poisson number by inversion, or above a mean of 60 its rounded normal approximation (relative error of the
    variance below 0.2 %); from two uniform numbers in (0, 1)."""
    if mean <= MOST_BY_INVERSION:
        return poisson(mean, u)
    return int(max(0.0, np.floor(mean + np.sqrt(mean) * normal(u, v) + 0.5)))


@compiled
def days(mean: float, u: float) -> int:
    """A whole waiting time of at least one day: the geometric clock of a constant daily chance, given its mean."""
    if mean <= 1.0:
        return 1
    return 1 + int(np.log(1.0 - u) / np.log(1.0 - 1.0 / mean))
