"""The documentation site: it builds without a warning, holds every page, and loads nothing from outside."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from fontTools.ttLib import TTFont

from docs.conf import BothLanguages, navigation
from experiments.report.compare.figures import SECTIONS
from experiments.report.text import catalogue
from tests.docs.vocabulary import DOCS, ROOT, text_of

LOADS = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
"""Elements that make a browser load what an attribute names; a link that people follow is none."""


class Page(HTMLParser):
    """Addresses that a page loads, and those that it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.language = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.ids.add(given.get("id", ""))
        if tag == "html":
            self.language = given.get("lang", "")
        if tag in LOADS and LOADS[tag] in given:
            self.loads.append(given[LOADS[tag]])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as ``make site`` builds it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fresh-env", "--fail-on-warning", "--nitpicky"]
    done = subprocess.run(
        [*command, "docs", str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html")}


def test_every_page_is_in_the_navigation_once() -> None:
    listed = [f"{page}.md" for _, entries in navigation(text_of("index.md")) for _, page in entries]
    assert sorted(listed) == sorted(path.name for path in DOCS.glob("*.md") if path.name != "index.md")


def test_the_make_target_builds_it_so() -> None:
    assert "sphinx-build --quiet --fresh-env --fail-on-warning --nitpicky docs site" in (ROOT / "Makefile").read_text()


@pytest.mark.long
def test_every_page_is_built_and_reached_from_every_other(pages: dict[Path, Page]) -> None:
    built = {path.name for path in pages}
    names = {f"{path.stem}.html" for path in DOCS.glob("*.md")}
    assert names <= built
    for path, page in pages.items():
        reached = {urlsplit(link).path for link in page.links} | {path.name}
        assert names - {"index.html"} <= reached, path.name


def test_links_within_the_site_lead_somewhere(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or path.name in ("search.html", "genindex.html"):
                continue
            target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            assert target.exists(), (path.name, link)
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, (path.name, link)


def test_nothing_is_loaded_from_outside(site: Path, pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        for address in page.loads:
            parts = urlsplit(address)
            assert (not parts.scheme and not parts.netloc) or parts.scheme == "data", (path.name, address)
    for sheet in site.rglob("*.css"):
        text = sheet.read_text("utf-8")
        assert re.findall(r"""(?:url\(|@import)\s*["']?\s*(?:https?:)?//""", text) == [], sheet.name
    for script in site.rglob("*.js"):
        text = script.read_text("utf-8")
        assert re.findall(r"""(?:import|fetch|importScripts)\s*\(\s*["'`](?:https?:)?//""", text) == [], script.name


def test_a_chinese_page_says_that_it_is_one(pages: dict[Path, Page]) -> None:
    for path, page in pages.items():
        assert page.language == ("zh-Hans" if path.name.endswith(".zh.html") else "en"), path.name


def test_search_knows_chinese_words(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    assert '"\\u8c03\\u89e3"' in index or '"调解"' in index
    assert "function splitQuery" in (site / "_static" / "language_data.js").read_text("utf-8")


def test_the_shipped_font_has_every_chinese_sign_of_the_pages() -> None:
    for weight in ("Regular", "Bold"):
        signs = TTFont(ROOT / "experiments" / "report" / "fonts" / f"NotoSansSC-{weight}.ttf").getBestCmap()
        for path in DOCS.glob("*.md"):
            assert [sign for sign in path.read_text("utf-8") if ord(sign) >= 0x2E80 and ord(sign) not in signs] == []


@pytest.mark.parametrize(("page", "position"), [("report_guide.md", 0), ("report_guide.zh.md", 1)])
def test_the_guide_to_the_report_goes_through_its_sections_in_order(page: str, position: int) -> None:
    sections = [catalogue()[f"section.{name}"][position] for name in (*SECTIONS, "scorecard", "provenance")]
    assert re.findall("^## (.+)$", text_of(page), flags=re.MULTILINE)[1:-1] == sections


def test_chinese_is_split_into_neighbours_and_english_into_words() -> None:
    """By hand: four characters have three pairs; a name with underscores stays one word."""
    split = BothLanguages({}).split("durable_resolution 信访层级 of 2019年")
    assert split == ["durable_resolution", "信", "访", "层", "级", "信访", "访层", "层级", "of", "2019", "年"]
