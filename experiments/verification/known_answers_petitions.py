"""Known answers of what petitions buy, concessions that breed concessions, and of what registers say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from experiments.verification import theory
from experiments.verification.check import Check, nothing
from experiments.verification.concessions import FUNDED, observe_concessions
from experiments.verification.known_answers import SECTION, SPACING, Line, check_of
from experiments.verification.queues import System
from experiments.verification.registers import FAILED, SETTLED, observe_printed, twice_as_many

CHANCE, DRAWN = 0.5, 1.2
"""How often a county gives in, and petitions that each concession draws."""

FIRST_SEEDS = 300
"""Spacings of seeds before these checks begin, so that none shares its luck with another."""


def concessions(seeds: Sequence[int]) -> Check:
    """A concession that draws petitions, of which some are conceded; in the wrong model less pressure is passed on."""
    pressed = ("after.assessment.weight_recorded=1", "after.assessment.pass_through=1")
    given = f"behaviour.concessions.concession={CHANCE}"
    system = System("queue", overrides=(given, *pressed))

    def lines() -> list[Line]:
        total = theory.branching_total(CHANCE * DRAWN)
        en, zh = "concessions that a first one ends in", "一次让步最终引出的让步次数"
        most = "of a bounded fund", "资金有限时的让步次数"
        return [Line("concessions", en, zh, total, total), Line("funded", *most, FUNDED, FUNDED)]

    look = partial(observe_concessions, system, DRAWN)
    wrong = partial(observe_concessions, system.other("after.assessment.pass_through=0.8"), DRAWN)
    label = f"branching, p {CHANCE:g}, r {DRAWN:g}"
    chinese = f"分枝过程，p {CHANCE:g}，r {DRAWN:g}"
    return check_of("concessions", label, chinese, lines, look, wrong, seeds)


PRINTED = 0.9916
"""Success that the district prints."""


def printed(seeds: Sequence[int]) -> Check:
    """A district that counts 81.4 % and prints 99.16 % leaves 96.3 % of failures out; the wrong one leaves out none."""
    left_out = theory.failures_left_out(SETTLED / (SETTLED + FAILED), PRINTED)

    def lines() -> list[Line]:
        what = f"printed, {left_out:.1%} of failures left out", f"略去{left_out:.1%}的失败件后公布的成功率"
        return [Line("printed", *what, PRINTED, PRINTED)]

    look, wrong = partial(observe_printed, left_out), partial(observe_printed, 0.0)
    return check_of("printed_success", "81.4 % settled", "化解率81.4%", lines, look, wrong, seeds)


def doubled(seeds: Sequence[int]) -> Check:
    """Twice as many entries for the same work: no true event changes. A petition office that writes less is wrong."""
    en = "cells that change when a register has everything twice"
    return nothing("doubled_register", SECTION, en, "登记加倍后变化的单元数", twice_as_many, seeds)


def checks(seed: int, seeds: int) -> list[Check]:
    """All of them, each on so many seeds of its own."""
    made = (concessions, printed, doubled)
    starts = [seed + SPACING * (FIRST_SEEDS + n) for n in range(len(made))]
    return [make(range(start, start + seeds)) for make, start in zip(made, starts, strict=True)]
