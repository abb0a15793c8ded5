"""What users of neighbouring tools met, by the reports they wrote, tried here.

Each test is one such situation, or several of one report; ``docs/verification_robustness.md`` has the table of all of
them, made from here by ``python -m docs.generate``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "command line",
    "configuration files",
    "terminals and languages",
    "chance and reproducing",
    "many runs at once",
    "the model and its calendar",
    "values that are not defined",
    "statistics",
    "searches",
    "tables and files",
    "figures and pages",
    "from Python",
    "machines and libraries",
]


@dataclass(frozen=True)
class Situation:
    """One situation.

    Attributes:
        kind: what it is about.
        source: where a user told of it: ``owner/repository#number`` on GitHub, or a URL.
        met: what the user did and met there, in a few words.
        here: what happens here instead.
        test: the function that tries it.
    """

    kind: Kind
    source: str
    met: str
    here: str
    test: Callable[..., object]


SITUATIONS: list[Situation] = []


def situation[Test: Callable[..., object]](kind: Kind, source: str, met: str, here: str) -> Callable[[Test], Test]:
    """Notes what a test tries; one test may try several situations."""

    def note(test: Test) -> Test:
        SITUATIONS.append(Situation(kind, source, met, here, test))
        return test

    return note
