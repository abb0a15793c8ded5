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
from sim.measures.smallest_effect import OF_A_LEVER

AS_CLAIMED, OTHERWISE, NOTHING, UNTOLD = "as_claimed", "otherwise", "nothing", "untold"

VERDICTS = (AS_CLAIMED, OTHERWISE, NOTHING, UNTOLD)
"""Acts as claimed, acts otherwise than claimed, is equivalent to nothing, is not told apart from chance or nothing."""

SETTLEMENT, PETITIONS = "durable_resolution", "petitions_per_1000"

BESIDE = tuple(OF_A_LEVER)
"""What is looked at beside the measure that is claimed."""

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


def judge_lever(effect: PairedEffect, measure: str) -> int | None:
    """The judgement of an effect of one lever, as in ``relevance.judge``.

    Of ``BESIDE`` by the smallest effect of interest of a lever, of all other measures by their own.
    """
    if measure not in BESIDE:
        return judge_effect(effect, measure)
    if measure == PETITIONS and math.isfinite(effect.relative):
        effect = in_proportion(effect)
    return judge(effect, OF_A_LEVER[measure])


def verdict_of(effects: Mapping[str, PairedEffect], measure: str, direction: int) -> str:
    """The verdict on the claim that ``measure`` moves in a direction (+1 or −1).

    ``effects`` has those of the measure and of all of ``BESIDE``. Where all of them are too small to matter, interval
    and all, the lever is equivalent to nothing. What moves the claimed measure by as much as matters is judged by the
    direction; what leaves that as it is and so moves one of the others acts otherwise than claimed. Without two pairs
    of values nothing is told.
    """
    if any(effects[name].n < 2 for name in (measure, *BESIDE)):
        return UNTOLD
    judged = {name: judge_lever(effects[name], name) for name in (measure, *BESIDE)}
    if not any(judgement != 0 for judgement in judged.values()):
        return NOTHING
    if judged[measure]:
        return AS_CLAIMED if judged[measure] == direction else OTHERWISE
    return OTHERWISE if judged[measure] == 0 and any(judged[name] for name in BESIDE) else UNTOLD


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
