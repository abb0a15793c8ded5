"""Why registered petitions changed: the change split into parts that add up to it exactly.

From event totals alone (no dispute is followed), so the parts are an *accounting* of the change, not proof of
causes.

Let, over one window of one arm,

* ``G`` grievances raised,
* ``E`` first decisions (``first_*``), ``A`` all decisions (``chose_*``, doing nothing included),
* ``N`` tries: decisions for anything but nothing; ``L = A − N`` decisions to leave it,
* ``V`` grievances taken up again after they were left (``reactivated``),
* ``S`` petitions presented (a try, or a review asked for), ``T`` the same with repeats,
* ``R`` all registered; ``O`` of them where they were presented, ``M = R − O`` elsewhere: at the county though
  presented above it (``pushed_down_*``), or once more at a level below (``recorded_twice_*``).

Then, as an identity of the counts,

    R = G · e · x / (1 − x f − (1 − x) v) · q · r · (u + m)

with

* ``e = E / G``: grievances that come to a decision at all (the others were settled on the spot by grid workers or
  the police, hidden by norms, are with protection, or still wait),
* ``x = N / A``: decisions to go on rather than to leave it,
* ``f = (A − E − V) / N``: further decisions per try: it failed or its settlement broke, and the claimant is back,
* ``v = V / L``: further decisions per decision to leave it: the grievance was taken up again,
* ``q = S / N``: petitions presented per try,
* ``r = T / S``: presentations per petition,
* ``u = O / T``: presentations registered where they were made,
* ``m = M / T``: records from elsewhere per presentation,

since every decision is a first one, follows a try or follows a reactivation: ``A = E + f N + v L``. The parts, and
what a fall through each of them means (a rise means the opposite):

* *prevented* (``G``): fewer grievances arose.
* *resolved* (``e``, ``f``): grievances were settled before a decision, or tries held and nobody had to come back.
  Slow work looks the same until its cases fail, and so does hiding: read it beside open cases and durable resolution.
* *discouraged* (``x``, ``v``): more claimants did nothing or gave up, at their first decision or after failures, or
  fewer of them took the matter up again.
* *diverted* (``q``): tries went elsewhere, to talks, mediators, centres or court; also fewer reviews per try.
* *repeats* (``r``): fewer repeat presentations while a matter was in process.
* *unregistered* (``u``): less of what was presented was written down where it was presented.
* *relabelled* (``m``): fewer records without a presentation at their level. A petition pushed down is one record less
  in ``u`` and one more in ``m``: the two parts cancel in the total and are seen in the figure.

A part is the Shapley value of its factors: the mean effect of switching them from the reference's value to the
policy's, over all orders of switching the parts. Hence no order is privileged and the parts sum to the change exactly
(Shorrocks 2013, "Decomposition procedures for distributional analysis", Journal of Economic Inequality 11).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import combinations

from sim.ledger import FORUMS, PETITION_LEVELS
from sim.measures.petitions import BASES, DEFAULT, CountingBasis

PARTS = ("prevented", "resolved", "diverted", "discouraged", "repeats", "unregistered", "relabelled")
"""Parts of a change, in the order they are told in."""

FACTORS = {
    "prevented": ("G",),
    "resolved": ("e", "f"),
    "diverted": ("q",),
    "discouraged": ("x", "v"),
    "repeats": ("r",),
    "unregistered": ("u",),
    "relabelled": ("m",),
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
    relabelled: float
    change: float

    @property
    def parts(self) -> dict[str, float]:
        """The parts by name, without their sum."""
        values = asdict(self)
        return {name: values[name] for name in PARTS}


def registered(totals: Mapping[str, float]) -> float:
    """Registered petitions of all levels and channels, repeats and records from elsewhere included."""
    return sum(totals[name] for level in PETITION_LEVELS for name in DEFAULT.recorded(level))


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


def _sum(totals: Mapping[str, float], what: str, basis: CountingBasis) -> float:
    return sum(totals[name] for level in PETITION_LEVELS for name in basis.events(what, level))


def _factors(totals: Mapping[str, float]) -> dict[str, float] | None:
    raised, again = totals["raised"], totals["reactivated"]
    first = sum(totals[f"first_{forum}"] for forum in FORUMS)
    decisions = sum(totals[f"chose_{forum}"] for forum in FORUMS)
    left = totals["chose_nothing"]
    tries = decisions - left
    presented = _sum(totals, "presented", BASES["first_time"])
    presentations = _sum(totals, "presented", DEFAULT)
    here = _sum(totals, "registered", DEFAULT)
    if min(raised, first, decisions, tries, presented) <= 0 or (again and not left):
        return None
    return {
        "G": raised,
        "e": first / raised,
        "x": tries / decisions,
        "f": (decisions - first - again) / tries,
        "v": again / left if left else 0.0,
        "q": presented / tries,
        "r": presentations / presented,
        "u": here / presentations,
        "m": (registered(totals) - here) / presentations,
    }


def _count(values: Mapping[str, float]) -> float:
    """Registered petitions from the factors; NaN where a mixture would have claimants come back for ever."""
    left = 1 - values["x"] * values["f"] - (1 - values["x"]) * values["v"]
    if left <= 0:
        return math.nan
    first = values["G"] * values["e"]
    return first * values["x"] / left * values["q"] * values["r"] * (values["u"] + values["m"])


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
