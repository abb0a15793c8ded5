"""What a table of patterns answers: how many are reproduced, which are missed most, and what that means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.words_file import in_language
from experiments.patterns.arithmetic import Arithmetic, implied_total
from experiments.patterns.pattern import PatternOutcome
from experiments.patterns.reported import has_reports
from experiments.patterns.statistics import WORDS as NAMES
from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.caveats import caveats_of, unreported_notes
from experiments.report.levels import no_ratio_sentence
from experiments.report.pattern_text import outcome_text
from experiments.report.text import Words
from experiments.report.titles import province_title
from experiments.runs.levels import missing_levels
from experiments.statistics.intervals import Estimate
from sim.province.nation import is_nation
from sim.scenario import ProvinceChoice, Scenario

WORDS = Path(__file__).parent / "words.toml"

MOST = 3
"""Figures that are told as missed most, of as many patterns."""


def answer_of(
    outcomes: Sequence[PatternOutcome],
    implied: Sequence[tuple[Arithmetic, Estimate | None]],
    ensemble: Ensemble | None,
    seeds: Sequence[int],
    scenario: Scenario,
    words: Words,
) -> Answer:
    """The answer, of the outcomes of some seeds; ``implied`` is what P2 and P3 imply of each other."""
    said = in_language(WORDS, words.language)
    met, missed, open_ = ([each for each in outcomes if each.is_met is verdict] for verdict in (True, False, None))
    figures = {"met": len(met), "missed": len(missed), "open": len(open_), "all": len(outcomes)}
    of = _of(seeds, ensemble, said)
    lines = [said["answer.met.open" if open_ else "answer.met"].format(**figures, of=of)]
    if missed:
        worst = {each.pattern.id: each for each in sorted(missed, key=lambda each: each.miss)}
        most = sorted(worst.values(), key=lambda each: -each.miss)[:MOST]
        parts = words("sweep.semicolon").join(outcome_text(each, words) for each in most)
        lines.append(said["answer.missed"].format(parts=parts))
    lines.append(_whole(outcomes, said, words))
    means = {each.name: value.mean for each, value in implied if value is not None}
    missing = missing_levels(scenario.province)
    if missing:
        lines.append(no_ratio_sentence(missing, words))
    elif "petitions_share" in means:
        fall = implied[0][0].fall
        both = {"implied": implied_total(means["petitions_share"], fall), "simulated": means["petitions_total"]}
        texts = {name: f"{value:.2f}" for name, value in both.items()}
        lines.append(said["answer.together"].format(fall=numbers.signed_percent(fall), **texts))
    lines.append(said["answer.means" if missed else "answer.means.all"])
    source = scenario.province.source
    known = is_nation(source) or has_reports(each.pattern for each in outcomes)
    return Answer(
        question=said["question"],
        text=tuple(map(words.spaced, lines)),
        n_of=len(met),
        of=len(outcomes),
        bases=_bases(ensemble, seeds),
        caveats=(
            *unreported_notes(province_title(source, words), known, words),
            *caveats_of(scenario, ensemble, len(seeds), words),
        ),
    )


def score_of(
    outcomes: Sequence[PatternOutcome],
    ensemble: Ensemble | None,
    seeds: Sequence[int],
    scenario: Scenario,
    reported: str,
    words: Words,
) -> Answer:
    """How many figures that were never fitted come out as reported, and all that do not.

    ``reported`` is the province whose figures they are; empty for the one that is run.
    """
    said = in_language(WORDS, words.language)
    hit, missed, open_ = ([each for each in outcomes if each.is_met is verdict] for verdict in (True, False, None))
    told = len(hit) + len(missed)
    lines = [said["answer.hit"].format(met=len(hit), told=told, of=_of(seeds, ensemble, said))]
    if missed:
        parts = words("sweep.semicolon").join(outcome_text(each, words) for each in missed)
        lines.append(said["answer.not_hit"].format(parts=parts))
    lines += [said["answer.untold"].format(open=len(open_))] if open_ else []
    lines.append(said["answer.score"])
    return Answer(
        question=said["question.held_out"],
        text=tuple(map(words.spaced, lines)),
        n_of=len(hit),
        of=told,
        bases=_bases(ensemble, seeds),
        caveats=(*_elsewhere(reported, scenario, said, words), *caveats_of(scenario, ensemble, len(seeds), words)),
    )


def _elsewhere(reported: str, scenario: Scenario, said: Mapping[str, str], words: Words) -> list[str]:
    """That figures are those of another province, where they are."""
    own, other = scenario.province.source, ProvinceChoice(reported).source if reported else ""
    if other in ("", own):
        return []
    return [said["caveat.elsewhere"].format(other=province_title(other, words), place=province_title(own, words))]


def _of(seeds: Sequence[int], ensemble: Ensemble | None, said: Mapping[str, str]) -> str:
    key = "of.behaviours" if ensemble else "of.replicates"
    return said[key].format(n=min(len(seeds), len(ensemble or seeds)), name=ensemble.name if ensemble else "")


def _bases(ensemble: Ensemble | None, seeds: Sequence[int]) -> dict[str, Any]:
    return {
        "range": "behaviours" if ensemble else "chance",
        "replicates": len(seeds),
        "behaviours": ensemble and {"name": ensemble.name, "members": len(ensemble)},
    }


def _whole(outcomes: Sequence[PatternOutcome], said: Mapping[str, str], words: Words) -> str:
    """Which patterns are reproduced in all their figures, and which in none."""
    verdicts: dict[str, list[bool | None]] = {}
    for each in outcomes:
        verdicts.setdefault(each.pattern.id, []).append(each.is_met)
    all_met = [name for name, found in verdicts.items() if all(found)]
    none_met = [name for name, found in verdicts.items() if False in found and True not in found]
    figures = {"n": len(all_met), "all": len(verdicts), "names": _named(all_met, words)}
    parts = [said["answer.all" if all_met else "answer.all.no"].format(**figures)]
    parts += [said["answer.none"].format(names=_named(none_met, words))] if none_met else []
    return words.joined(*parts)


def _named(ids: Sequence[str], words: Words) -> str:
    return words("sweep.semicolon").join(f"{each} {NAMES[each][words.language == 'zh']}" for each in ids)
