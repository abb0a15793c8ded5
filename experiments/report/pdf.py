"""The report as a PDF: the same words, figures and tables as the page, set by Typst.

Tagged for screen readers (PDF/UA-1), with the fonts that come along and a fixed date: the same results, the same bytes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib

from experiments.report import theme
from experiments.report.page import TEMPLATES, Page, Section, Shown
from experiments.report.table import Table

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""Date of every file: the results have theirs in the manifest, the PDF must not differ from one day to the next."""

LABELS = (
    "page.kicker", "page.caution", "answer.asked", "answer.answer", "levels.note.title",
    "section.provenance", "provenance.limits", "provenance.runs", "provenance.key", "provenance.value",
    "provenance.levers_differ", "provenance.stresses", "provenance.parameters", "provenance.configuration",
    "pdf.tables", "pdf.table_on", "pdf.table_on_end",
)  # fmt: skip
"""Texts that the page has of its own."""

COLUMNS = ("name", "value", "unit", "range", "tag", "source", "meaning")


def pdf_of(page: Page) -> bytes:
    """A composed report as a PDF."""
    import typst

    words = page.words
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.json").write_text(json.dumps(_spaced(_content(page), page), ensure_ascii=False), "utf-8")
        for section in page.sections:
            for figure in section.shown:
                (root / f"{figure.name}.svg").write_text(figure.drawing, "utf-8")
        (root / "report.typ").write_text((TEMPLATES / "report.typ").read_text("utf-8"), "utf-8")
        options: dict[str, Any] = {
            "root": root,
            "font_paths": [theme.FONTS, Path(matplotlib.get_data_path()) / "fonts" / "ttf"],
            "ignore_system_fonts": True,
            "timestamp": EPOCH,
            "sys_inputs": {"language": words.language},
        }
        try:
            return typst.compile(root / "report.typ", pdf_standards=["ua-1"], **options)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            # what users wrote has a sign that no font has: PDF/UA forbids its empty box, a report needs it
            return typst.compile(root / "report.typ", **options)


def _content(page: Page) -> dict[str, Any]:
    """All that the template reads."""
    return {
        "labels": {name: page.words(name) for name in LABELS},
        "parameter_header": [page.words(f"parameter.{name}") for name in COLUMNS],
        **{name: getattr(page, name) for name in ("title", "setting", "provenance_number")},
        "answer": {name: getattr(page.answer, name) for name in ("question", "text", "caveats")},
        "sections": [_section(section, page) for section in page.sections],
        **asdict(page.provenance),
    }


def _section(section: Section, page: Page) -> dict[str, Any]:
    return vars(section) | {
        "note": list(page.reported) if section.key == "levels" else [],
        "shown": [_figure(figure, page) for figure in section.shown],
        "tables": [_table(table) for table in section.tables],
    }


def _figure(figure: Shown, page: Page) -> dict[str, Any]:
    beside: dict[str, tuple[Table | None, str | None]] = {
        "together": (page.margin, page.margin_note),
        "ratios": (page.bases, None),
    }
    table, note = beside.get(figure.name, (None, None))
    return vars(figure) | {
        "drawing": f"{figure.name}.svg",
        "label": page.words("page.figure", number=figure.number),
        "table": _table(figure.table),
        "beside": _table(table) if table else None,
        "note": note if table else None,
    }


def _table(table: Table) -> dict[str, Any]:
    return vars(table) | {"text_columns": table.text_columns}


def _spaced(value: Any, page: Page) -> Any:
    if isinstance(value, dict):
        return {key: _spaced(inner, page) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_spaced(inner, page) for inner in value]
    return page.words.spaced(value) if isinstance(value, str) else value
