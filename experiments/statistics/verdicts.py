"""Whether something acts as it is claimed to: four verdicts over a paired effect, and where along a chain it ends.

Pure functions of paired effects. A verdict is about one measure in one direction, declared before anything was run;
durable settlement and petitions are looked at beside it, so that what acts elsewhere is not called inert.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import in_proportion, judge, judge_effect

AS_CLAIMED, OTHERWISE, NOTHING, UNTOLD = "as_claimed", "otherwise", "nothing", "untold"

VERDICTS = (AS_CLAIMED, OTHERWISE, NOTHING, UNTOLD)
"""Acts as claimed, acts otherwise than claimed, is equivalent to nothing, is not told apart from chance."""

SETTLEMENT, PETITIONS = "durable_resolution", "petitions_per_1000"

BESIDE = {SETTLEMENT: 0.001, PETITIONS: 0.01}
"""What is looked at beside the measure that is claimed, and up to which change it counts as nothing: a tenth of a
percentage point of durable settlement, and of petitions a share of the reference's."""

SAME, EMPTY, STILL, STOPS, THROUGH = "same", "empty", "still", "stops", "through"

ENDS = (SAME, EMPTY, STILL, STOPS, THROUGH)
"""How a chain ends: nothing at all differs; nothing is counted at a link; no link moves; a link does not move beyond
one that did; from the first link that moves on all of them do. Links before that tell how often a lever can act."""

LINK = 0.01
"""Of its count, up to which a link counts as unmoved."""


@dataclass(frozen=True)
class ChainEnd:
    """Where along a chain an effect ends.

    Attributes:
        how: it ends, one of ``ENDS``.
        link: the link at which it ends; empty where none does.
        before: the last link that moved; empty where none did.
        empty: the first link at which nothing is counted, be it beyond the end; empty where there is none.
    """

    how: str
    link: str = ""
    before: str = ""
    empty: str = ""


def is_nothing(effect: PairedEffect, measure: str) -> bool:
    """Whether an effect lies, interval and all, within what counts as nothing for a measure.

    That is ``BESIDE`` for the measures looked at beside the claim, the smallest effect of interest for all others.
    """
    if measure not in BESIDE:
        return judge_effect(effect, measure) == 0
    if measure == PETITIONS and math.isfinite(effect.relative):
        effect = in_proportion(effect)
    return judge(effect, BESIDE[measure]) == 0


def verdict_of(effects: Mapping[str, PairedEffect], measure: str, direction: int) -> str:
    """The verdict on the claim that ``measure`` moves in a direction (+1 or −1).

    ``effects`` has those of the measure and of all of ``BESIDE``. Whatever is within its bounds of nothing is
    equivalent to nothing. What moves the claimed measure beyond chance is judged by the direction; what leaves that
    within nothing and moves one of the others acts otherwise than claimed. Without two pairs of values nothing is told.
    """
    claimed = effects[measure]
    if claimed.n < 2 or any(effects[name].n < 2 for name in BESIDE):
        return UNTOLD
    if all(is_nothing(effects[name], name) for name in (measure, *BESIDE)):
        return NOTHING
    if not is_nothing(claimed, measure):
        return {direction: AS_CLAIMED, -direction: OTHERWISE}.get(claimed.direction, UNTOLD)
    acts = any(effects[name].direction and not is_nothing(effects[name], name) for name in BESIDE)
    return OTHERWISE if acts else UNTOLD


def end_of_chain(links: Sequence[tuple[str, PairedEffect]], is_same: bool) -> ChainEnd:
    """Where a chain ends whose links' counts changed by some effects, in order; ``is_same`` where nothing differs."""
    empty = next((name for name, effect in links if effect.mean_reference == effect.mean_policy == 0), "")
    if is_same:
        return ChainEnd(SAME, empty=empty)
    before = ""
    for name, effect in links:
        if name == empty:
            return ChainEnd(EMPTY, name, before, empty)
        if _moves(effect):
            before = name
        elif before:
            return ChainEnd(STOPS, name, before, empty)
    return ChainEnd(THROUGH if before else STILL, before=before, empty=empty)


def _moves(effect: PairedEffect) -> bool:
    if effect.n < 2 or not effect.direction:
        return False
    return not math.isfinite(effect.relative) or judge(in_proportion(effect), LINK) != 0
