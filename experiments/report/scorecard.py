"""The last section of every report: what was never fitted, and how much of it the shipped behaviours predict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.patterns.pattern import PatternOutcome
from experiments.patterns.scorecard import Scorecard, scorecards
from experiments.report.caveats import model_part
from experiments.report.pattern_text import interval_text, number_text, outcome_text, reported_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.titles import province_title


def scorecard_section(evidence: Any, words: Words) -> tuple[list[str], list[Table]]:
    """Paragraphs and tables of the section; one line where nothing was held out for the province of the study."""
    cards = [card for card in scorecards() if card.simulated in evidence.provinces(words)]
    if not cards:
        return [words("scorecard.none", place=evidence.province_name(words))], []
    paragraphs = [words("scorecard.intro"), *(_told(card, words) for card in cards)]
    version = model_part(evidence.model_version)
    if version and any(model_part(card.model_version) != version for card in cards):
        paragraphs.append(words("scorecard.other_model", version=version))
    missed = [each for card in cards for each in card.judged(False)]
    return paragraphs, [_misses(missed, words)] if missed else []


def _told(card: Scorecard, words: Words) -> str:
    """How many figures come out as reported, and which."""
    hits, missed, untold = (card.judged(verdict) for verdict in (True, False, None))
    people = card.ensemble
    of = words(
        f"scorecard.of.{'behaviours' if people else 'replicates'}",
        n=min(card.seeds, people["members"]) if people else card.seeds,
        name=people["name"] if people else "",
        version=model_part(card.model_version),
    )
    lines = [
        words(
            f"scorecard.{'own' if card.reported == card.simulated else 'elsewhere'}",
            met=len(hits),
            told=len(hits) + len(missed),
            other=province_title(card.reported, words),
            place=province_title(card.simulated, words),
            of=of,
        )
    ]
    lines += [words("scorecard.open", open=len(untold))] if untold else []
    parts = words("sweep.semicolon").join(outcome_text(each, words) for each in hits)
    lines += [words("scorecard.hits", parts=parts)] if hits else []
    lines += [words("scorecard.wide")] if people and hits else []
    return words.joined(*lines)


def _misses(missed: Sequence[PatternOutcome], words: Words) -> Table:
    """What is missed, and what would have to change."""
    which = words.language == "zh"
    rows = [
        [each.pattern.meaning[which], reported_text(each.pattern), _simulated(each), each.pattern.remedy[which]]
        for each in missed
    ]
    header = [words(f"scorecard.{column}") for column in ("figure", "reported", "simulated", "remedy")]
    return Table(words("scorecard.misses"), header, rows)


def _simulated(outcome: PatternOutcome) -> str:
    """A prediction with its interval."""
    found, unit = outcome.simulated, outcome.pattern.unit
    return "" if found is None else f"{number_text(found.mean, unit)} {interval_text(found, unit)}".rstrip()
