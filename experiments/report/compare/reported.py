"""What is reported of a study's province, its arithmetic, and the study's own change beside it."""

from __future__ import annotations

from experiments.patterns.arithmetic import fall_of_visits, times_of_share
from experiments.patterns.reported import patterns_of
from experiments.patterns.statistics import FALL_OF_VISITS
from experiments.report import numbers
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import relative_phrase
from experiments.report.text import Words
from experiments.report.titles import shipped_name

POLICY = "gansu_2019"
"""The policy that makes the reported reform."""


def reported(evidence: Evidence, words: Words) -> tuple[str, ...]:
    """The paragraphs; none where the fall of visits or the ratio was not reported.

    Only files that come with the package are read: results may come from strangers.
    """
    source = evidence.settings.province.source if evidence.settings.province else ""
    place = shipped_name(source, words)
    patterns = patterns_of(source) if place else ()
    fall = fall_of_visits(patterns)
    if fall is None:
        return ()
    visits = next(each for each in patterns if each.name == FALL_OF_VISITS)
    times = times_of_share(fall)
    half = times / 2 - 1
    note = words(
        "levels.note",
        place=place,
        source=visits.source[words.language == "zh"],
        change=numbers.signed_percent(fall),
        kept=f"{1 + fall:.3f}",
        times=f"{times:.3f}",
        share=numbers.percent(1 / times, 1),
        half=words(f"levels.note.{'rises' if half > 0 else 'falls'}", change=numbers.percent(abs(half), 0)),
    )
    return (note, *_own(evidence, words))


def _own(evidence: Evidence, words: Words) -> tuple[str, ...]:
    """The study's own change of visits to the province, for the policy whose effects were reported."""
    effect = evidence.change(POLICY, "visits_province") if POLICY in evidence.contrasts else None
    if effect is None:
        return ()
    text = words(
        "levels.reported",
        policy=words.scenario(POLICY),
        change=relative_phrase(effect, "petitions", words),
        before=words.span(evidence.before),
        after=words.span(evidence.after),
    )
    return (text,)
