"""A study from its command line: composed, carried out, and its answer printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from experiments.configuration.application import run_application
from experiments.configuration.command import Invocation, StudyKind
from experiments.configuration.primary import loaded
from experiments.configuration.schema import Output
from experiments.report.answer import Answer
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.plain_text import document, fitted, width
from experiments.report.text import Words
from experiments.results.folder import finite
from experiments.runs.run import model_version
from experiments.studies.keeping import run_and_keep
from experiments.studies.study import KeptStudy, Runner, Study, StudyResult, check_measures
from experiments.studies.typed_places import check_typed_places, left_out_notes, typed_files

if TYPE_CHECKING:
    from experiments.configuration.multirun import MultirunPoint


def run_kind(
    kind: StudyKind, arguments: Sequence[str], many: Callable[[list[MultirunPoint]], int] | None = None
) -> int:
    """Composes, checks and carries out a study, and says what came of it; returns the exit code.

    ``many`` carries out all points of a multirun, where the kind has one.
    """
    return _with_study(kind, arguments, lambda study: run_and_print(kind, study), many)


def composed(kind: StudyKind, arguments: Sequence[str]) -> Study[Any]:
    """The study of a command line, composed and checked; nothing has run."""
    found: list[Study[Any]] = []

    def take(study: Study[Any]) -> int:
        found.append(study)
        return 0

    _with_study(kind, arguments, take)
    return found[0]


def _with_study(
    kind: StudyKind,
    arguments: Sequence[str],
    do: Callable[[Study[Any]], int],
    many: Callable[[list[MultirunPoint]], int] | None = None,
) -> int:
    invocation = Invocation(kind.name, tuple(arguments))
    given, prepared = loaded(kind.prepare)(arguments) if kind.prepare else (arguments, None)

    def with_config(config: Any) -> int:
        if prepared is not None:
            prepared(config)
        check_typed_places(arguments, config)
        invocation.files.update(typed_files(arguments))
        for note in left_out_notes(arguments, config, Words("zh" if config.language == "zh" else "en")):
            print(note, file=sys.stderr)
        check_measures(getattr(config, "measures", ()), "measures")
        return do(loaded(kind.plan)(config, invocation))

    from experiments.configuration.user_folder import recording

    with recording(invocation.files):
        return run_application(kind.name, given, with_config, many)


def run_and_print(kind: StudyKind, study: Study[Any]) -> int:
    """Carries out a study and prints its answer; returns 0, or 1 where it did not succeed."""
    config = study.config
    words = Words("zh" if config.language == "zh" else "en")
    if isinstance(study, KeptStudy):
        kept = run_and_keep(kind, study, report=config.report)
        result: StudyResult = kept.result
        parts = parts_of(kind.name)
        evidence = parts.evidence(kept.results)
        answer = answer_of(parts, evidence, Words(words.language, frozenset(evidence.stresses)))
        pages = [page for page in kept.pages if page.suffix == ".html"]
        head = {"study": study.name, "results": str(study.folder), "report": [str(page) for page in pages]}
        head["model_version"] = model_version()
        places = [("results", str(study.folder)), *(("report", str(page)) for page in pages)]
        places = [*kept.result.places(), *places]
    else:
        result = loaded(kind.run)(study, Runner(config.executor))
        answer, head, places = result.answer(words), {}, []
    if config.output is Output.json:
        rest = {key: value for key, value in result.document().items() if key not in ("name", "question")}
        print(document(finite({**head, "answer": answer.document(), **rest})))
    else:
        print(fitted("\n".join(_printed(result, answer, config.output, words))))
        if places:
            print("\n" + _listed(places, words))
    for line in result.complaints:
        print(f"pyramid: {line}", file=sys.stderr)
    return 0 if result.succeeded else 1


def _printed(result: StudyResult, answer: Answer, output: Output, words: Words) -> list[str]:
    """The answer, then the tables that are asked for."""
    details = {Output.table: result.table, Output.full: result.text}.get(output)
    return [*answer.lines, *(["", details(words.language)] if details else [])]


def _listed(places: Sequence[tuple[str, str]], words: Words) -> str:
    """A line for each place, its label in front; what comes after starts in one column."""
    labels = [words(f"console.{what}") for what, _ in places]
    widest = max(map(width, labels))
    lines = zip(labels, places, strict=True)
    return "\n".join(f"{label}{' ' * (widest - width(label))}  {place}" for label, (_, place) in lines)
