"""The page: evidence, words and drawings laid into the template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from experiments.report import numbers, provenance
from experiments.report.answer import against, answer, target_text
from experiments.report.bases import bases_table
from experiments.report.evidence import Evidence
from experiments.report.figures import FIGURES, SECTIONS
from experiments.report.margin import margin_note, margin_table
from experiments.report.phrases import relative_text
from experiments.report.sections import paragraphs_of, tables_of
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.verdicts import DURABLE_MARGIN, RATIO_MARGIN
from experiments.report.windows import calendar_of

TEMPLATES = Path(__file__).parent / "templates"

INTERVALS = {
    "together": "paired",
    "ratios": "intervals",
    "pyramid": "means",
    "ternary": "means",
    "why": "paired",
    "settled": "intervals",
    "forest": "paired",
    "cost": "paired",
    "equity": "intervals",
    "satisfaction": "intervals",
    "monthly": "means",
}
"""What the caption says of replicates, by figure."""

YEARLY = ("ratios", "ternary", "settled", "equity", "satisfaction")
"""Figures whose rows are policies after the reform beneath one row before it."""

OPEN_TABLES = ("together",)
"""Tables that are shown with their figure instead of folded away."""


@dataclass(frozen=True)
class Shown:
    """A figure as the page shows it."""

    name: str
    number: int
    title: str
    caption: str
    alt: str
    svg: Markup
    table: Table
    open: bool
    files: tuple[tuple[str, str], ...]


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


def render(evidence: Evidence, words: Words, drawings: dict[str, str], languages: tuple[str, ...]) -> str:
    """The whole page in one language; ``drawings`` are the figures' SVG documents by name."""
    sentences = answer(evidence, words)
    sections: list[Section] = []
    figure_number = 0
    for key, names in SECTIONS.items():
        shown = []
        for name in names:
            if name in drawings:
                figure_number += 1
                shown.append(_shown(name, figure_number, evidence, words, drawings[name], sentences))
        intro, tables = paragraphs_of(key, evidence, words), tables_of(key, evidence, words)
        if shown or tables or key in ("answer", "effects"):
            sections.append(Section(key, len(sections) + 1, words(f"section.{key}"), intro, shown, tables))
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(
            words=words,
            style=Markup((TEMPLATES / "page.css").read_text("utf-8")),
            title=words("page.title", study=words.study(evidence.name)),
            question=_question(evidence, words),
            setting=_setting(evidence, words),
            sentences=sentences,
            sections=sections,
            provenance=provenance.provenance_of(evidence, words),
            provenance_number=len(sections) + 1,
            reported=reported(evidence, words),
            bases=bases_table(evidence, words),
            margin=margin_table(evidence, words),
            margin_note=margin_note(evidence, words),
            other_language=words("page.language_code") if len(languages) > 1 else None,
        )
    )
    return words.spaced(page) + "\n"


def _question(evidence: Evidence, words: Words) -> str:
    question = evidence.settings.get("question")
    if isinstance(question, dict) and question.get(words.language):
        return str(question[words.language])
    return words("answer.default_question")


def _setting(evidence: Evidence, words: Words) -> str:
    calendar = calendar_of(evidence.results)
    replicates = evidence.replicates
    return words(
        "answer.setting",
        scenarios=_compared(evidence, words),
        replicates=words("answer.replicates.one" if replicates == 1 else "answer.replicates.many", n=replicates),
        pairing=_pairing(evidence, words),
        place=provenance.place_of(evidence, words),
        reform=calendar.reform,
        after=words.span(evidence.after),
    )


def _compared(evidence: Evidence, words: Words) -> str:
    """``7 policies``, ``2 policies and 3 stresses, scored as harm``."""
    stresses = len(evidence.stresses)
    policies = len(evidence.scenarios) - stresses
    texts = {
        kind: words(f"answer.{kind}.{'one' if n == 1 else 'many'}", n=n)
        for kind, n in (("scenarios", policies), ("stresses", stresses))
        if n
    }
    if len(texts) == 1:
        return next(iter(texts.values()))
    return words("answer.scenarios.stressed", policies=texts["scenarios"], stresses=texts["stresses"])


def _pairing(evidence: Evidence, words: Words) -> str:
    if evidence.reference:
        return words("answer.pairing.reference")
    if evidence.before is None:
        return ""
    before, after = words.span(evidence.before), words.span(evidence.after)
    return words("answer.pairing.before", before=before, after=after)


def reported(evidence: Evidence, words: Words) -> str | None:
    """The study's own change of visits to the province beside the reported one, for the policy that was reported."""
    name = "gansu_2019" if "gansu_2019" in evidence.contrasts else None
    effect = evidence.change(name, "visits_province") if name else None
    if name is None or effect is None:
        return None
    return words(
        "levels.reported",
        policy=words.scenario(name),
        change=relative_text(effect, words),
        before=words.span(evidence.before),
        after=words.span(evidence.after),
    )


def _shown(name: str, number: int, evidence: Evidence, words: Words, svg: str, sentences: list[str]) -> Shown:
    n = evidence.replicates
    caption = words(
        f"{name}.caption",
        against=against(evidence, words),
        ratio=numbers.plain(RATIO_MARGIN, 2),
        durable=numbers.plain(100 * DURABLE_MARGIN, 0),
        target=target_text(evidence),
    )
    if name in YEARLY and evidence.before:
        caption = words.joined(caption, words("figure.shown", span=words.span(evidence.after)))
    note = words("figure.single") if n == 1 else words(f"figure.{INTERVALS[name]}", n=n)
    summary = sentences[2] if name in ("together", "settled", "forest") else sentences[0]
    alt = words(f"{name}.alt", summary=summary if name in ("together", "ratios") else "").strip()
    files = tuple((kind.upper(), f"figures/{name}.{words.language}.{kind}") for kind in ("png", "svg"))
    return Shown(
        name,
        number,
        words(f"{name}.title"),
        words.joined(caption, note),
        alt,
        inline_svg(svg, name, alt),
        FIGURES[name].table(evidence, words),
        name in OPEN_TABLES,
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
