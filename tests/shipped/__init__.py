"""Answers of the shipped studies, from results that are kept here as far as an answer rests on them.

``python -m tests.shipped FOLDER…`` keeps the results of studies that were carried out in full, less whatever does not
change a word of their answers, with the answers as they are then. Two are kept of a smaller size than is shipped
(``what_matters`` and ``control``): their manifests have the command.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments.report.answer import Answer
from experiments.report.kinds import open_results, report_kinds
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import LANGUAGES, Words
from experiments.results.folder import Results, json_bytes, write_study

HERE = Path(__file__).parent / "results"

GOLDEN = "answers.json"
"""The answers of a study, beside its results."""


def answers(results: Results) -> dict[str, Answer]:
    """The answer in every language."""
    parts = parts_of(results.kind)
    evidence = parts.evidence(results)
    return {
        language: answer_of(parts, evidence, Words(language, frozenset(evidence.stresses))) for language in LANGUAGES
    }


def documents(results: Results) -> dict[str, Any]:
    """The answers as plain values."""
    return {language: answer.document() for language, answer in answers(results).items()}


def golden(study: str) -> dict[str, Any]:
    """What was answered when the results were kept."""
    found: dict[str, Any] = json.loads((HERE / study / GOLDEN).read_text("utf-8"))
    return found


def keep(folder: Path) -> Path:
    """Keeps the results of a study, less columns and parameters that its answers do not need."""
    results = open_results(folder)
    whole = documents(results)
    lean = _without_columns(_without_parameters(results, whole), whole)
    target = HERE / str(results.study["name"])
    tables = lean.tables or {"runs": lean.runs, "monthly": lean.monthly}
    parameters = [_plain(each) for each in lean.parameters]
    manifest = {key: value for key, value in results.manifest.items() if key not in ("layout", "kind", "files")}
    write_study(target, results.kind, results.study, manifest, {}, tables, parameters)
    (target / GOLDEN).write_bytes(json_bytes(whole))
    assert documents(open_results(target)) == whole
    return target


def _plain(parameter: Any) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in vars(parameter).items()}


def _says_the_same(results: Results, whole: dict[str, Any]) -> bool:
    try:
        return documents(results) == whole
    except Exception:  # whatever a column was needed for
        return False


def _without_parameters(results: Results, whole: dict[str, Any]) -> Results:
    lean = replace(results, parameters=[])
    return lean if _says_the_same(lean, whole) else results


def _without_columns(results: Results, whole: dict[str, Any]) -> Results:
    """Less columns, many at a time where that does no harm."""
    names = list(results.tables) or ["runs", "monthly"]
    for name in names:
        table = results.tables[name] if results.tables else getattr(results, name)
        waiting = [list(table.columns)]
        while waiting:
            some = waiting.pop()
            lean = _with_table(results, name, table.drop(columns=some))
            if _says_the_same(lean, whole) and _can_be_kept(lean, name, table.drop(columns=some)):
                results, table = lean, table.drop(columns=some)
            elif len(some) > 1:
                half = len(some) // 2
                waiting += [some[:half], some[half:]]
    return results


def _with_table(results: Results, name: str, table: Any) -> Results:
    if results.tables:
        return replace(results, tables={**results.tables, name: table})
    return replace(results, **{name: table})


def _can_be_kept(results: Results, name: str, table: Any) -> bool:
    """Whether a table still has what every table of its kind has, and what the study names."""
    declared = report_kinds()[results.kind].tables[name]
    named = {str(column) for key in declared.named for column in results.study[key]}
    return {*declared.columns, *named} <= set(table.columns)
