"""All checks by section, and those a user asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from experiments.verification import (
    accounts,
    common_random_numbers,
    credit,
    known_answers,
    known_answers_centres,
    known_answers_choice,
    known_answers_petitions,
    known_answers_police,
    known_answers_rule,
    known_answers_times,
    reverse,
)
from experiments.verification.check import Check
from sim.errors import InputError
from sim.vocabulary import suggestion


def _known_answers(seed: int, seeds: int) -> list[Check]:
    parts = (
        known_answers,
        known_answers_centres,
        known_answers_petitions,
        known_answers_times,
        known_answers_police,
        known_answers_rule,
        known_answers_choice,
    )
    return [check for part in parts for check in part.checks(seed, seeds)]


def _reverse(seed: int, seeds: int) -> list[Check]:
    return [check for part in (reverse, credit) for check in part.checks(seed, seeds)]


SECTIONS: dict[str, Callable[[int, int], list[Check]]] = {
    known_answers.SECTION: _known_answers,
    accounts.SECTION: accounts.checks,
    reverse.SECTION: _reverse,
    common_random_numbers.SECTION: common_random_numbers.checks,
}
"""What makes the checks of a section, from the first seed and a number of seeds."""


def chosen(names: Sequence[str], seed: int, seeds: int) -> list[Check]:
    """Checks by the names of checks or sections, in the order of the suite; all of them for no names.

    Raises ``InputError`` for a name that is neither.
    """
    every = [check for make in SECTIONS.values() for check in make(seed, seeds)]
    known = [*SECTIONS, *(check.name for check in every)]
    for name in names:
        if name not in known:
            raise InputError(f"checks: there is no check {name!r}; {suggestion(name, known)}")
    return [check for check in every if not names or check.name in names or check.section in names]
