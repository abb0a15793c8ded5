"""What every page of a report must be, whatever its kind."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

LANGUAGES = {"en": "en", "zh": "zh-Hans"}


class Reader(HTMLParser):
    """Collects what the tests look at: tags with attributes, text of answer paragraphs and table cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.answer: list[str] = []
        self.cells: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "div":
            self._inside.append(attributes.get("class", ""))
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag):
        if tag == "div":
            self._inside.pop()

    def handle_data(self, data):
        if "answer" in self._inside and data.strip():
            self.answer.append(data.strip())
        elif "scroll" in self._inside and self.cells:
            self.cells[-1] += data


def numbers_in(text: str) -> list[str]:
    """Numbers with a sign or decimals, as printed (years and counts of replicates have neither)."""
    return [found.rstrip(",") for found in re.findall(r"[+−]?\d[\d,]*\.\d+|[+−]\d[\d,]*", text)]


def check_report(folder: Path, figures: set[str]) -> None:
    """A report in both languages: these figures, pages that are whole, and their PDFs."""
    drawn = {file.name.partition(".")[0] for file in (folder / "figures").glob("*.svg")}
    assert drawn == figures, drawn
    for language, code in LANGUAGES.items():
        page = (folder / f"report.{language}.html").read_text("utf-8")
        check_page(page, code)
        assert all(f'id="figure-{name}"' in page for name in figures)
        assert (folder / f"report.{language}.pdf").read_bytes().startswith(b"%PDF-")


def check_page(page: str, language: str) -> None:
    """It asks nothing of the network, can be read without eyes, and says no number that no table has."""
    reader = Reader(page)
    assert [attributes["lang"] for tag, attributes in reader.tags if tag == "html"] == [language]
    assert "http:" not in page and "https:" not in page
    assert not [tag for tag, _ in reader.tags if tag in ("script", "link", "img", "iframe", "object")]
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    drawings = [attributes for tag, attributes in reader.tags if tag == "svg"]
    assert all(svg["role"] == "img" and len(svg["aria-label"]) > 20 for svg in drawings)
    sections = [attributes["id"] for tag, attributes in reader.tags if tag == "section" and "id" in attributes]
    assert sections[-2:] == ["scorecard", "provenance"]
    text = re.sub(r"<(svg|pre|style).*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"\bnan\b|>\s*None\s*<", re.sub(r"<code>.*?</code>", "", text))
    assert not re.search(r"\b(sweep|sensitivity|robustness|calibration|optimisation|counterfactual)\.\w+\b", text)
    # Chinese says the sign of a change in words
    printed = {number.lstrip("+−") for cell in reader.cells for number in numbers_in(cell)}
    told = [(number.lstrip("+−"), sentence) for sentence in reader.answer for number in numbers_in(sentence)]
    untold = [(number, sentence) for number, sentence in told if number not in printed]
    assert not untold, untold
