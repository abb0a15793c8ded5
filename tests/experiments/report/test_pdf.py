"""The PDF says what the page says, for every reader, with the fonts that come along, and the same bytes every time."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from experiments.report.text import Words
from experiments.report.write import write_report

pytestmark = pytest.mark.long

LANGUAGES = ("en", "zh")


@pytest.fixture
def written(drawn):
    """The results of a comparison under stress, with their report."""
    return drawn("stress").results


def pdf(results, language: str) -> bytes:
    return (results.path / "report" / f"report.{language}.pdf").read_bytes()


def squeezed(text: str) -> str:
    """Without what lines and columns add: spaces of all kinds, and hyphens of width zero."""
    return re.sub(r"[\s\u00a0\u200b]", "", text)


def text_of(results, language: str) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(results, language))).pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_page_says(written, language):
    from experiments.report.compare.evidence import Evidence
    from experiments.report.page_parts import parts_of

    kind, evidence, words = parts_of(written.kind), Evidence(written), Words(language, frozenset({"push_down"}))
    text = text_of(written, language)
    for sentence in kind.answer(evidence, words).text:
        assert squeezed(words.spaced(sentence)) in text
    for key in kind.sections:
        if key == "parts":  # nothing was shared out, and so there is no such section
            continue
        for paragraph in kind.paragraphs(key, evidence, words):
            assert squeezed(words.spaced(paragraph)) in text
    for name, figure in kind.figures.items():
        if figure.available(evidence):
            assert squeezed(words(f"{name}.title")) in text
            row = figure.table(evidence, words).rows[-1]
            assert [cell for cell in row if squeezed(words.spaced(cell)) not in text] == []
    assert squeezed(words("page.caution")) in text and squeezed(words("limits.1")) in text
    assert text.count("rate_headroom") >= 1  # the appendix of parameters is whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_tagged_titled_and_in_its_language(written, language):
    reader = PdfReader(io.BytesIO(pdf(written, language)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert str(root["/Lang"]).split("-")[0] == language
    assert reader.metadata.title and "pdfuaid:part" in root["/Metadata"].get_data().decode()
    figures = [part for part in _parts(root["/StructTreeRoot"]) if part.get("/S") == "/Figure"]
    assert len(figures) == (written.path / "report" / f"report.{language}.html").read_text("utf-8").count("<svg ")
    assert all(len(str(figure["/Alt"])) > 20 for figure in figures)


def _parts(part):
    """Every element of the structure below one."""
    part = part.get_object()
    if not hasattr(part, "get"):
        return
    yield part
    inside = part.get("/K", [])
    for each in inside if isinstance(inside, list) else [inside]:
        yield from _parts(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_fonts_come_along_and_no_glyph_is_missing(written, language):
    reader = PdfReader(io.BytesIO(pdf(written, language)))
    fonts = {font.get("/BaseFont") for page in reader.pages for font in _fonts(page)}
    names = {re.sub(r"^/[A-Z]{6}\+", "", str(name)).split("-")[0] for name in fonts}
    assert names and all(name.startswith(("NotoSansSC", "DejaVuSans")) for name in names), names
    assert "\ufffd" not in text_of(written, language) and "\x00" not in text_of(written, language)


def _fonts(page):
    resources = page["/Resources"].get_object()
    return [font.get_object() for font in (resources.get("/Font") or {}).values()]


def test_the_same_results_give_the_same_bytes(written):
    first = {language: pdf(written, language) for language in LANGUAGES}
    write_report(written, formats=())
    assert {language: pdf(written, language) for language in LANGUAGES} == first


def test_a_sign_that_no_font_has_costs_no_report(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=2, question={"en": "Whose \U00013000 is it?"})
    write_report(results, "en", formats=())
    text = text_of(results, "en")
    assert "Whose" in text and "isit?" in text
