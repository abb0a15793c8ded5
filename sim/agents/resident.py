"""A resident: a person living in a village, who may fall into dispute and decides where to take it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agents.dispute import FORUM_COUNT, Forum, Opponent, key_of
from sim.chance import Purpose
from sim.compilation import compiled, rule
from sim.numerics import exponential_of, logarithm_of
from sim.records import RecordAgent, Row

LOCAL, MIDDLE, HIGHER, COURT = range(4)
"""Whom trust is in: village and township; county and city; province and nation; the court."""

TRUST_OF_FORUM = np.array([LOCAL, -1, LOCAL, LOCAL, MIDDLE, COURT, MIDDLE, MIDDLE, HIGHER, HIGHER], np.int64)
"""Which trust a forum rests on, -1 for none; at no forum, that of the police."""

NEST_OF_FORUM = np.array([0, 0, 1, 1, 1, 2, 3, 3, 3, 3], np.int64)
"""Nests of the choice: {nothing, bilateral} {village, township, county} {court} {petitions}."""

NESTS = 4
SMALLEST = 2.0**-1022
"""The smallest normal number."""

HUNDREDTH = 0.01


@compiled
def within(value: float, low: float, high: float) -> float:
    """``value`` held between ``low`` and ``high``."""
    return min(max(value, low), high)


PATIENCE, TRUST, LEGAL, SLOW = 0, 1, 5, 6
"""Where traits stand among those of ``traits_of``; trust in a level at ``TRUST + level``."""


@compiled
def traits_of(seed: int, key: int, behaviour: Row, profile: Row) -> tuple[float, ...]:
    """What never changes about a resident, drawn by key and not stored with the resident."""
    a, b, c, d = chance.quad(seed, Purpose.TRAITS, key, 0)
    e, f, g, h = chance.quad(seed, Purpose.TRAITS, key, 1)
    return traits_from((*chance.normals(a, b), c, d), (e, chance.exponential(f), g, h), behaviour, profile)


@compiled
def traits_from(
    one: tuple[float, float, float, float],
    other: tuple[float, float, float, float],
    behaviour: Row,
    profile: Row,
) -> tuple[float, ...]:
    """Traits from two times four numbers: two normals and two uniform; uniform, exponential, and two uniform.

    ``profile`` is that of the resident's county. Gives ln(patience factor), baseline trust in local, middle and higher
    bodies and in the court, legal awareness (0–1), the share of ``rule_spread`` after which a changed rule reaches
    this resident, and the share of residents who hear of something new before this one.
    """
    patient, trusting, c, d = one
    e, knows, g, hears = other
    base = within(behaviour.trust_mean + behaviour.trust_spread * trusting, 0.02, 0.98)
    gap = behaviour.centralised_gap if c < behaviour.centralised_share else 0.0
    legal = within(0.5 * (d + e) + profile.legal, 0.0, 1.0)
    return (
        behaviour.patience_spread * patient,
        within(base - 0.5 * gap, 0.0, 1.0),
        within(base - 0.2 * gap, 0.0, 1.0),
        within(base + 0.5 * gap, 0.0, 1.0),
        within(0.5 * (base + g), 0.0, 1.0),
        legal,
        knows,
        hears,
    )


@compiled
def hears_of(seed: int, key: int) -> float:
    """The share of residents who hear of something new before a resident does, the last of ``traits_of``."""
    _, _, _, hears = chance.quad(seed, Purpose.TRAITS, key, 1)
    return hears


INCOME_LOW, INCOME_MIDDLE, INCOME_HIGH = range(3)
"""Thirds of income."""


@compiled
def circumstances_of(seed: int, key: int, behaviour: Row, profile: Row) -> tuple[float, bool, int, float]:
    """What a resident lives in, drawn by key and not stored with the resident."""
    return circumstances_from(chance.quad(seed, Purpose.CIRCUMSTANCES, key, 0), behaviour, profile)


@compiled
def circumstances_from(
    four: tuple[float, float, float, float], behaviour: Row, profile: Row
) -> tuple[float, bool, int, float]:
    """Circumstances from four uniform numbers, in a county with a ``profile``.

    Gives assertiveness (utility, mean 0, uniform within ± √3 spreads), whether a migrant, the income third, and where
    the resident stands among people with online access (0–1; above 1 there is no access).
    """
    a, b, c, d = four
    online = d / profile.online_share if profile.online_share > 0.0 else 2.0
    return (
        behaviour.assertiveness * 3.4641016151377544 * (a - 0.5),
        b < profile.migrant_share,
        int(3.0 * c),
        online,
    )


UTILITY, WEIGHT, INSIDE, NEST_WEIGHT, TOTAL, REACHED, CHOICE_ROWS = 0, 10, 20, 24, 28, 29, 30
"""Rows of a choice: utilities and weights of forums, sums and weights of nests, their sum, and how far one has come."""

NOT_OPEN = -np.inf
"""Utility of a forum that is not open."""


@compiled
def choose(choice: NDArray, nest_scale: float, u: NDArray, chosen: NDArray, number: int) -> None:
    """The forums that a number of claimants choose by a nested logit, by inversion of one uniform number each.

    McFadden (1978): within a nest exp(V / s), between nests (sum of them)^s; the court, alone in its nest, reduces
    to exp(V).

    Args:
        choice: float64, shape (30, claimants): in the first ten rows the utilities of forums (``NOT_OPEN`` for one
            that is not open), then working memory.
        u, chosen: uniform numbers; int64, takes the forums. Shape (claimants,), as all arrays with room for
            ``whole_lanes`` of their number.
    """
    number = chance.whole_lanes(number)
    for forum in range(FORUM_COUNT):
        for n in range(number):
            choice[WEIGHT + forum, n] = exponential_of(choice[UTILITY + forum, n] / nest_scale)
    for nest in range(NESTS):
        for n in range(number):
            choice[INSIDE + nest, n] = 0.0
    for forum in range(FORUM_COUNT):
        nest = INSIDE + NEST_OF_FORUM[forum]
        for n in range(number):
            choice[nest, n] += choice[WEIGHT + forum, n]
    for n in range(number):
        choice[TOTAL, n] = 0.0
        choice[REACHED, n] = 0.0
        chosen[n] = 0
    for nest in range(NESTS):
        for n in range(number):
            inside = max(choice[INSIDE + nest, n], SMALLEST)  # an empty nest weighs nothing beside the others
            weight = exponential_of(nest_scale * logarithm_of(inside))
            choice[TOTAL, n] += weight
            choice[NEST_WEIGHT + nest, n] = weight / inside
    for forum in range(FORUM_COUNT):
        nest = NEST_WEIGHT + NEST_OF_FORUM[forum]
        for n in range(number):
            is_before = choice[REACHED, n] <= u[n] * choice[TOTAL, n]
            choice[REACHED, n] += choice[nest, n] * choice[WEIGHT + forum, n]
            chosen[n] = forum if is_before and choice[WEIGHT + forum, n] > 0.0 else chosen[n]


class Resident(RecordAgent):
    """A person living in a village, who may fall into dispute and decides where to take it.

    Only what is *learned* is stored, in hundredths and a byte each; everything else about 25 million people is a
    function of their key (``traits_of``).
    """

    record = np.dtype(
        [
            ("learned", np.int8, (4,)),  # learned change in trust, hundredths: local, middle, higher, court
        ],
        align=True,
    )

    @property
    def village(self) -> int:
        """Row of the village this resident lives in."""
        first = self.model.villages.records["first_resident"]
        return int(np.searchsorted(first, self.unique_id, side="right") - 1)

    @property
    def key(self) -> int:
        """The resident's key for chance."""
        village = self.model.villages.records[self.village]
        return int(key_of.py_func(int(village["code"]), self.unique_id - int(village["first_resident"])))

    @property
    def _profile(self) -> np.void:
        """What sets the resident's county apart."""
        return self.model.state.profiles[self.model.villages.records["county"][self.village]]

    @property
    def traits(self) -> dict[str, Any]:
        """Patience (factor on the median), baseline trusts, legal awareness, slowness to learn of rules, and how many
        hear of something new before."""
        names = (
            "patience",
            "trust_local",
            "trust_middle",
            "trust_higher",
            "trust_court",
            "legal_awareness",
            "slow",
            "hears",
        )
        values = traits_of(self.model.seed, self.key, self.model.behaviour_record[0], self._profile)
        traits = dict(zip(names, (float(value) for value in values), strict=True))
        traits["patience"] = float(np.exp(traits["patience"]))
        return traits

    @property
    def circumstances(self) -> dict[str, Any]:
        """Assertiveness, whether a migrant, income third and standing in online access."""
        values = circumstances_of(self.model.seed, self.key, self.model.behaviour_record[0], self._profile)
        return dict(zip(("assertiveness", "is_migrant", "income", "online"), values, strict=True))

    @property
    def household(self) -> int:
        """The resident's household within the village: neighbours in number share one."""
        village = self.model.villages.records[self.village]
        ordinal = self.unique_id - int(village["first_resident"])
        return ordinal * int(village["households"]) // int(village["population"])

    def trust(self, level: int) -> float:
        """Trust today in bodies of a level (``LOCAL``, ``MIDDLE``, ``HIGHER``, ``COURT``), 0–1."""
        names = ("trust_local", "trust_middle", "trust_higher", "trust_court")
        return within.py_func(self.traits[names[level]] + HUNDREDTH * self.learned[level], 0.0, 1.0)

    @property
    def trust_local(self) -> float:
        """Trust today in village and township."""
        return self.trust(LOCAL)

    @rule
    def learn(self, level: int, baseline: float, is_success: bool, gain: float, asymmetry: float) -> None:
        """Rescorla and Wagner with loss asymmetry: T += a(1 − T) after a success, T −= a·asymmetry·T otherwise.

        Stored to the nearest hundredth.
        """
        trust = within(baseline + HUNDREDTH * self.learned[level], 0.0, 1.0)
        step = gain * (1.0 - trust) if is_success else -min(1.0, gain * asymmetry) * trust
        hundredths = np.floor(100.0 * (trust + step - baseline) + 0.5)
        self.learned[level] = within(hundredths, -100.0, 100.0)


@compiled
def constant_of(forum: int, opponent: int, behaviour: Row) -> float:
    """The constant of a forum in the choice, against doing nothing."""
    if forum == Forum.NOTHING:
        return 0.0
    if forum == Forum.BILATERAL:
        return behaviour.constant_bilateral
    if forum == Forum.VILLAGE:
        return behaviour.constant_village
    if forum == Forum.TOWNSHIP:
        return behaviour.constant_township
    if forum == Forum.COUNTY:
        return behaviour.constant_county
    if forum == Forum.COURT:
        return behaviour.constant_court
    constant = behaviour.constant_petition
    if opponent == Opponent.ORGANISATION:
        constant += behaviour.petition_against_organisation
    elif opponent >= Opponent.COUNTY_AGENCY:
        constant += behaviour.petition_against_agency
    if forum == Forum.PETITION_NATION:
        constant += behaviour.constant_nation
    return constant
