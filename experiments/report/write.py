"""Writes a report: in each language the page and the same as PDF, and every figure as PNG and SVG beside them."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.configuration.renamed import current
from experiments.report import theme
from experiments.report.levels import none_text
from experiments.report.page import compose_page, render_report
from experiments.report.page_parts import parts_of
from experiments.report.pdf import pdf_of
from experiments.report.text import Words, languages_of
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.report.maps.outline import Outline
    from experiments.results.folder import Results

FORMATS = ("png", "svg", "pdf")
"""File formats of a figure; the page links to the first two."""

LINKED = FORMATS[:2]


def write_report(
    results: Results,
    language: str = "both",
    figures: Sequence[str] = (),
    formats: Sequence[str] = LINKED,
    outline: Outline | None = None,
) -> list[Path]:
    """Writes ``report/`` inside a results folder and returns the paths written, pages first.

    Args:
        results: a results folder as ``experiments.report.kinds.open_results`` gives it; nothing else is read.
        language: ``en``, ``zh`` or ``both``.
        figures: names of figures to draw alone, without the page; none means the whole report.
        formats: file formats of the figures, of ``FORMATS``.
        outline: lines to be drawn behind the dots of maps.

    The same results give the same bytes. Raises ``InputError`` for an unknown language, figure or format, for a
    figure that these results do not have the measures for, for an outline where no map is drawn, and when the disk does
    not take the files.
    """
    from experiments.results.folder import disk_errors, own_folder, write_atomically

    languages = languages_of(language)
    kind = parts_of(results.kind)
    figures = [current("figure", name) for name in figures]
    _known("figure", figures, tuple(kind.figures))
    _known("format", formats, FORMATS)
    evidence = kind.evidence(results)
    missing = [name for name in figures if not kind.figures[name].available(evidence)]
    if missing:
        lacks = none_text(evidence.missing_levels, Words("en")) if evidence.missing_levels else ""
        raise InputError(
            f"figure={missing[0]!r} cannot be drawn: {results.path} lacks what it needs{f' ({lacks})' if lacks else ''}"
        )
    evidence.outline = outline
    names = [name for name in kind.figures if (name in figures if figures else kind.figures[name].available(evidence))]
    if outline and not set(names) & set(kind.maps):
        raise InputError(f"map={outline.name} is not needed: what is drawn of {results.path} has no map of places")
    pages: dict[Path, bytes] = {}
    files: dict[Path, bytes] = {}
    folder = results.path / "report"
    for each in languages:
        words = evidence.words(each)
        drawings: dict[str, str] = {}
        with theme.drawing():
            for name in names:
                figure = kind.figures[name].draw(evidence, words)
                theme.settle_layout(figure)
                drawings[name] = theme.to_svg(figure)
                if "svg" in formats:
                    files[folder / "figures" / f"{name}.{each}.svg"] = drawings[name].encode()
                if "png" in formats:
                    about = f"{evidence.name} · {words(f'{name}.title')} · {results.manifest.get('model_version', '')}"
                    files[folder / "figures" / f"{name}.{each}.png"] = theme.to_png(figure, about)
                if "pdf" in formats:
                    files[folder / "figures" / f"{name}.{each}.pdf"] = theme.to_pdf(figure)
        if not figures:
            page = compose_page(kind, evidence, words, drawings)
            pages[folder / f"report.{each}.html"] = render_report(page, tuple(languages)).encode()
            pages[folder / f"report.{each}.pdf"] = pdf_of(page)
    with disk_errors(folder):
        own_folder(results.path, "report", "figures")
        write_atomically(pages | files)
    return [*pages, *files]


def _known(what: str, names: Sequence[str], allowed: tuple[str, ...]) -> None:
    for name in names:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            raise InputError(f"{what}={name!r} is not one of {', '.join(allowed)}{hint}")
