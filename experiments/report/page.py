"""What a report says, composed of evidence, words and drawings, and its page in HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from experiments.report import provenance
from experiments.report.answer import Answer
from experiments.report.page_parts import answer_of
from experiments.report.provenance import Provenance
from experiments.report.scorecard import scorecard_section
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.webfont import font_faces

if TYPE_CHECKING:
    from experiments.report.page_parts import PageParts

TEMPLATES = Path(__file__).parent / "templates"

SCORECARD = "scorecard"
"""The section that closes every report, whatever its kind."""

STYLE_HERE = "/* style */"
"""Stands for the style until the page is whole: its font holds what the page prints."""


@dataclass(frozen=True)
class Shown:
    """A figure as the page shows it; ``drawing`` is its SVG document."""

    name: str
    number: int
    title: str
    caption: str
    alt: str
    drawing: str
    table: Table
    open: bool
    files: tuple[tuple[str, str], ...]

    @property
    def svg(self) -> Markup:
        """The drawing fit to stand in HTML."""
        return inline_svg(self.drawing, self.name, self.alt)


@dataclass(frozen=True)
class Section:
    """One section: its key, heading, paragraphs before the figures, the figures, and tables after them."""

    key: str
    number: int
    title: str
    intro: list[str]
    shown: list[Shown]
    tables: list[Table]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True)
class Page:
    """All that a report says in one language, before it is laid out.

    Attributes:
        sections: in order; the provenance comes after them, with the number ``provenance_number``.
        reported: what is reported of the province beside the study, in paragraphs; empty where nothing is.
        bases, margin, margin_note: notes beside single figures, ``None`` where there are none.
    """

    words: Words
    title: str
    answer: Answer
    setting: str
    sections: list[Section]
    provenance: Provenance
    provenance_number: int
    reported: tuple[str, ...] = ()
    bases: Table | None = None
    margin: Table | None = None
    margin_note: str | None = None


def compose_page(kind: PageParts, evidence: Any, words: Words, drawings: dict[str, str]) -> Page:
    """What the report says; ``drawings`` are the figures' SVG documents by name."""
    sections: list[Section] = []
    figure_number = 0
    for key, names in kind.sections.items():
        shown = []
        for name in names:
            if name in drawings:
                figure_number += 1
                shown.append(_shown(kind, name, figure_number, evidence, words, drawings[name]))
        intro, tables = kind.paragraphs(key, evidence, words), kind.tables(key, evidence, words)
        if shown or tables or key in kind.always:
            sections.append(Section(key, len(sections) + 1, words(f"section.{key}"), intro, shown, tables))
    if evidence.provinces(words):
        intro, tables = scorecard_section(evidence, words)
        sections.append(Section(SCORECARD, len(sections) + 1, words(f"section.{SCORECARD}"), intro, [], tables))
    return Page(
        words,
        words(kind.title, study=words.study(evidence.name)),
        answer_of(kind, evidence, words),
        kind.setting(evidence, words),
        sections,
        provenance.provenance_of(evidence, words),
        len(sections) + 1,
        **kind.extras(evidence, words),
    )


def render_report(page: Page, languages: tuple[str, ...]) -> str:
    """The page as HTML; with several ``languages`` it links to the other one."""
    words = page.words
    html = (
        _environment()
        .get_template("page.html.j2")
        .render(
            vars(page),
            style=Markup(STYLE_HERE),
            other_language=words("page.language_code") if len(languages) > 1 else None,
        )
    )
    style = (TEMPLATES / "page.css").read_text("utf-8")
    return words.spaced(html).replace(STYLE_HERE, font_faces(html) + style, 1) + "\n"


def _shown(kind: PageParts, name: str, number: int, evidence: Any, words: Words, svg: str) -> Shown:
    alt = kind.alt(name, evidence, words).strip()
    files = tuple((form.upper(), f"figures/{name}.{words.language}.{form}") for form in ("png", "svg"))
    return Shown(
        name,
        number,
        words(f"{name}.title"),
        kind.caption(name, evidence, words),
        alt,
        svg,
        kind.figures[name].table(evidence, words),
        name in kind.open_tables,
        files,
    )


def inline_svg(document: str, name: str, alt: str) -> Markup:
    """An SVG document made fit to stand in the page: no prolog or metadata, its own ids, described by ``alt``."""
    body = document[document.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.DOTALL)
    head, rest = body.split(">", 1)
    box = re.search(r'viewBox="([^"]+)"', head)
    assert box is not None
    rest = re.sub(r'\bid="', f'id="{name}-', rest)
    rest = re.sub(r'(?:xlink:)?href="#', f'href="#{name}-', rest)
    rest = re.sub(r"url\(#", f"url(#{name}-", rest)
    label = Markup.escape(alt)
    return Markup('<svg viewBox="{}" role="img" aria-label="{}">').format(Markup(box.group(1)), label) + Markup(rest)
