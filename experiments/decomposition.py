"""Why registered petitions changed: the change split into parts that add up to it exactly.

From event totals alone (no dispute is followed), so the parts are an *accounting* of the change, not proof of
causes.

Let, over one window of one arm,

* ``G`` grievances raised,
* ``E`` first decisions (``first_*``), ``A`` all decisions (``chose_*``, doing nothing included),
* ``N`` tries: decisions for anything but nothing,
* ``S`` petitions presented (a try, or a review asked for), ``T`` the same with repeats, ``R`` all registered.

Then, as an identity of the counts,

    R = G · e · x / (1 − x f) · q · r · u

    e = E / G        grievances that come to a decision at all (the others were settled on the spot, are with
                     protection, or still wait)
    x = N / A        decisions to go on rather than to leave it
    f = (A − E) / N  further decisions per try: the try failed or its settlement broke, and the claimant is
    back q = S / N        petitions presented per try r = T / S        presentations per petition u = R / T
    share of presentations that were registered

since every decision is a first one or follows a try: ``A = E + f N`` and ``N = x A``. The parts, and what a
fall through each of them means (a rise means the opposite):

* *prevented* (``G``): fewer grievances arose.
* *resolved* (``e``, ``f``): grievances were settled before a decision, or tries held and nobody had to come
back.
  Slow work looks the same until its cases fail: read it beside open cases and durable resolution.
* *discouraged* (``x``): more claimants did nothing or gave up, at their first decision or after failures.
* *diverted* (``q``): tries went elsewhere, to talks, mediators, centres or court; also fewer reviews per try.
* *repeats* (``r``): fewer repeat presentations while a matter was in process.
* *unregistered* (``u``): less of what was presented was written down.

A part is the Shapley value of its factors: the mean effect of switching them from the reference's value to
the policy's, over all orders of switching the six. Hence no order is privileged and the parts sum to the
change exactly (Shorrocks 2013, "Decomposition procedures for distributional analysis", Journal of Economic
Inequality 11).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import combinations

from sim.ledger import CHANNELS, FORUMS, PETITION_LEVELS

PARTS = ("prevented", "resolved", "diverted", "discouraged", "repeats", "unregistered")
"""Parts of a change, in the order they are told in."""

FACTORS = {
    "prevented": ("G",),
    "resolved": ("e", "f"),
    "diverted": ("q",),
    "discouraged": ("x",),
    "repeats": ("r",),
    "unregistered": ("u",),
}


@dataclass(frozen=True)
class Reasons:
    """Parts of the change in registered petitions (policy minus reference; a negative part lowers the count).

    The parts sum to ``change``. They are NaN where an arm has too few events for its factors to exist.
    """

    prevented: float
    resolved: float
    diverted: float
    discouraged: float
    repeats: float
    unregistered: float
    change: float

    @property
    def parts(self) -> dict[str, float]:
        """The six parts by name, without their sum."""
        values = asdict(self)
        return {name: values[name] for name in PARTS}


def registered(totals: Mapping[str, float]) -> float:
    """Registered petitions of all levels and channels, repeats included."""
    return _sum(totals, "registered") + _sum(totals, "repeat_registered")


def why_petitions_fell(reference: Mapping[str, float], policy: Mapping[str, float]) -> Reasons:
    """Splits the change in registered petitions from ``reference`` to ``policy`` (formulas: see the module).

    Both map events (``sim.ledger.EVENTS``) to their totals over windows of equal length. The reference is
    another policy's run with the same seed, or the same run before the reform. Raises ``KeyError`` for a
    missing event.
    """
    change = float(registered(policy) - registered(reference))
    old, new = _factors(reference), _factors(policy)
    if old is None or new is None:
        return Reasons(**dict.fromkeys(PARTS, math.nan), change=change)
    shares = {name: _shapley(name, old, new) for name in PARTS}
    return Reasons(**shares, change=change)


def _sum(totals: Mapping[str, float], what: str) -> float:
    return sum(totals[f"{what}_{channel}_{level}"] for level in PETITION_LEVELS for channel in CHANNELS)


def _factors(totals: Mapping[str, float]) -> dict[str, float] | None:
    raised = totals["raised"]
    first = sum(totals[f"first_{forum}"] for forum in FORUMS)
    decisions = sum(totals[f"chose_{forum}"] for forum in FORUMS)
    tries = decisions - totals["chose_nothing"]
    presented = _sum(totals, "presented")
    presentations = presented + _sum(totals, "repeat_presented")
    if min(raised, first, decisions, tries, presented) <= 0:
        return None
    return {
        "G": raised,
        "e": first / raised,
        "x": tries / decisions,
        "f": (decisions - first) / tries,
        "q": presented / tries,
        "r": presentations / presented,
        "u": registered(totals) / presentations,
    }


def _count(values: Mapping[str, float]) -> float:
    """Registered petitions from the factors; NaN where a mixture would have claimants come back for ever."""
    left = 1 - values["x"] * values["f"]
    if left <= 0:
        return math.nan
    first = values["G"] * values["e"]
    return first * values["x"] / left * values["q"] * values["r"] * values["u"]


def _shapley(part: str, old: Mapping[str, float], new: Mapping[str, float]) -> float:
    others = [name for name in PARTS if name != part]
    effect = 0.0
    for size in range(len(others) + 1):
        weight = 1 / (len(PARTS) * math.comb(len(others), size))
        for switched in combinations(others, size):
            without = _mixed(old, new, switched)
            effect += weight * (_count(_mixed(old, new, (*switched, part))) - _count(without))
    return effect


def _mixed(old: Mapping[str, float], new: Mapping[str, float], switched: tuple[str, ...]) -> dict[str, float]:
    taken = {factor for part in switched for factor in FACTORS[part]}
    return {factor: new[factor] if factor in taken else old[factor] for factor in old}
