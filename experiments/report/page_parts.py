"""What a page of the report is made of; each kind of results has its own parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType
from typing import Any

from experiments.report.answer import Answer
from experiments.report.build import build_note, whole_window_note
from experiments.report.caveats import absent_notes, origin_notes
from experiments.report.kinds import report_kinds
from experiments.report.levels import no_ratio_sentence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes


@dataclass(frozen=True)
class PageParts:
    """The parts of a page. ``evidence`` (below) is what is made of stored results; figures and sentences rest on it.

    Attributes:
        evidence: reads results; has ``name``, ``results``, ``settings`` and what ``provenance_of`` asks for
            (``experiments.report.study_evidence.StudyEvidence`` is a base to derive from).
        figures: modules with ``available(evidence)``, ``draw(evidence, words)``, ``table(evidence, words)``, by name.
        sections: names of figures by section, in the order of the page; ``section.<key>`` is the heading.
        title: key of the page's title in the catalogue.
        answer: what the study answers to its question, made of the numbers (``answer_of`` completes it).
        setting: one line that says what was run.
        paragraphs, tables: what opens and what closes a section, by its key.
        caption, alt: of a figure by its name; ``<name>.title`` is its title.
        open_tables: figures whose tables are shown unfolded.
        maps: figures that are maps.
        always: sections that are there without figures or tables, too.
        extras: notes beside single figures, by their names in ``experiments.report.page.Page``.
    """

    evidence: Callable[[Any], Any]
    figures: Mapping[str, ModuleType]
    sections: Mapping[str, tuple[str, ...]]
    title: str
    answer: Callable[[Any, Words], Answer]
    setting: Callable[[Any, Words], str]
    paragraphs: Callable[[str, Any, Words], list[str]]
    caption: Callable[[str, Any, Words], str]
    alt: Callable[[str, Any, Words], str]
    tables: Callable[[str, Any, Words], list[Table]] = lambda key, evidence, words: []
    open_tables: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    always: tuple[str, ...] = ("answer",)
    extras: Callable[[Any, Words], dict[str, Any]] = lambda evidence, words: {}


def parts_of_study(
    name: str,
    *,
    answer: Callable[[Any, Words], Answer],
    told: Mapping[str, int] | None = None,
    **parts: Any,
) -> PageParts:
    """The report of a study as the catalogue has it: ``<name>.title``, and a paragraph ``<name>.<section>.intro``.

    Every section but the answer opens with its paragraph; a figure is described by ``<figure>.alt`` and the sentence of
    the answer that it bears out, the first unless ``told`` gives another's place.
    """

    def paragraphs(key: str, evidence: Any, words: Words) -> list[str]:
        return [] if key == "answer" else [words(f"{name}.{key}.intro")]

    def alt(figure: str, evidence: Any, words: Words) -> str:
        return words.joined(words(f"{figure}.alt"), answer(evidence, words).text[(told or {}).get(figure, 0)])

    return PageParts(title=f"{name}.title", answer=answer, paragraphs=paragraphs, alt=alt, **parts)


def answer_of(parts: PageParts, evidence: Any, words: Words) -> Answer:
    """The answer with the study's question, what all its figures rest on, and what a reader has to bear in mind."""
    found, settings = parts.answer(evidence, words), evidence.settings
    people = settings.ensemble
    bases = {
        "place": evidence.place(words),
        "window": evidence.after.label,
        "reference": evidence.reference,
        "replicates": evidence.replicates,
        "behaviours": people and {"name": people.name, "members": people.members},
    }
    kind = report_kinds()[evidence.results.kind]
    provinces = evidence.provinces(words)
    caveats = absent_notes(settings.absent_places, [*provinces.values()], words)
    if people is not None:
        caveats += origin_notes(people.name, people.origin, provinces, evidence.model_version, words)
    caveats += warm_up_notes(settings.calendar, words) if kind.has_change else []
    if missing := no_ratio_sentence(settings.missing_levels, words, settings.target):
        caveats.append(missing)
    if note := build_note(settings, words):
        caveats.append(note)
    if kind.is_of_whole_window and (note := whole_window_note(evidence.after, words)):
        caveats.append(note)
    if people is None and not kind.is_varied:
        caveats.append(words("answer.one_behaviour"))
    return replace(
        found,
        question=settings.question.get(words.language) or words("answer.default_question"),
        bases={**bases, **found.bases},
        text=tuple(map(words.spaced, found.text)),
        caveats=tuple(map(words.spaced, (*found.caveats, *caveats))),
    )


def parts_of(kind: str) -> PageParts:
    """What a page of a kind is made of, read when it is needed: figures take a while to import."""
    return import_module(f"{report_kinds()[kind].package}.page").PARTS
