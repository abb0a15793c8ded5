"""What is said of policies that the windows of a study show unfinished."""

from __future__ import annotations

from collections.abc import Iterable

from experiments.report import numbers
from experiments.report.text import Words
from experiments.report.windows import Span
from experiments.results.checks import StoredBuild, StoredStudy
from experiments.runs.build import stored_build
from experiments.runs.windows import YEAR
from sim.scenario import Scenario


def build_note(study: StoredStudy, words: Words) -> str:
    """The sentence on what is not yet built in the windows of a study; empty where all is, or a later year shows it."""
    return "" if study.build is None else _note(study.build, words)


def whole_window_note(after: Span, words: Words) -> str:
    """That figures of a window longer than a year have the first year and those of the full build in them."""
    return words("build.whole", span=words.span(after)) if after.months > YEAR else ""


def build_notes_of(scenarios: Iterable[Scenario], words: Words, moves_all: bool = False) -> list[str]:
    """The same of scenarios that no study keeps; with ``moves_all`` of policies that may move every lever."""
    return [_note(StoredBuild(**build), words) for build in stored_build(scenarios, moves_all).values()]


def _note(build: StoredBuild, words: Words) -> str:
    year, month = build.full.split("-")
    low, high = (numbers.percent(share, 0) for share in (build.low, build.high))
    return words(
        "build.note",
        span=words.span(Span(build.first, build.last)),
        month=words(f"month.{month}", year=year),
        share=low if low == high else words("interval.plain", low=low, high=high),
        end=build.end,
    )
