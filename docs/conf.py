"""Settings of the documentation site: ``make site`` builds these pages into ``site/``.

Sphinx with MyST and the theme Furo, because all three are kept, links between Markdown files work here as on a
repository page, and search is a script beside the pages that needs neither a server nor a network.
"""

from __future__ import annotations

import re
from importlib import metadata
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

project = "petition-pyramid"
author = "The petition-pyramid contributors"
copyright = "the petition-pyramid contributors, Apache-2.0"
release = metadata.version("petition-pyramid")

extensions = ["myst_parser"]
exclude_patterns = ["figures"]
nitpicky = True
highlight_language = "none"
myst_heading_anchors = 4

html_theme = "furo"
html_title = project
html_static_path = ["_static", "../experiments/report/fonts"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_show_search_summary = False  # excerpts are fetched, which a browser refuses for pages opened as files
html_theme_options = {"navigation_with_keys": True}

HEADING = re.compile(r"^## (.+)$", flags=re.MULTILINE)
ENTRY = re.compile(r"^- \[([^\]]+)\]\(([\w.-]+)\.md\):", flags=re.MULTILINE)
OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./([^)]+)\)")
HAN = "\u3400-\u9fff"


def navigation(index: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Headings of the first page that list pages, each with the titles and names of the pages beneath it."""
    parts = HEADING.split(index)[1:]
    found = [(heading, ENTRY.findall(text)) for heading, text in zip(parts[::2], parts[1::2], strict=True)]
    return [(heading, pages) for heading, pages in found if pages]


def prepare(_: Sphinx, name: str, source: list[str]) -> None:
    """Gives the first page its navigation; a link that leads out of the documentation becomes the name of a file."""
    source[0] = OUTSIDE.sub(lambda link: link[1] if link[1] == link[2] else f"{link[1]} (`{link[2]}`)", source[0])
    if name == "index":
        for heading, pages in navigation(source[0]):
            entries = "\n".join(f"{title} <{page}>" for title, page in pages)
            source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: {heading}\n\n{entries}\n```\n"


def language_of(_: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """A page whose name ends in ``.zh`` says so to browsers and screen readers."""
    if name.endswith(".zh"):
        context["language"] = "zh-Hans"


class BothLanguages(SearchEnglish):
    """English words by their stems, Chinese ones by pairs of neighbouring characters, in pages and in queries alike."""

    lang = "en"
    language_name = "English and Chinese"
    js_splitter_code = """
function splitQuery(query) {
  const words = query.toLowerCase().match(/[\\p{L}\\p{N}_]+/gu) || [];
  return words.flatMap((run) => {
    const parts = run.match(/[\\u3400-\\u9fff]+|[^\\u3400-\\u9fff]+/g);
    return parts.flatMap((part) => /[\\u3400-\\u9fff]/.test(part) && part.length > 2
      ? Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2)) : [part]);
  });
}
"""

    def split(self, input: str) -> list[str]:
        """Words of a text; a run of Chinese characters as its characters and pairs of neighbours."""
        found: list[str] = []
        for run in re.findall(rf"[{HAN}]+|(?:(?![{HAN}])\w)+", input):
            if re.match(f"[{HAN}]", run):
                found += [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
            else:
                found.append(run)
        return found


def setup(app: Sphinx) -> None:
    """Connects the above."""
    app.add_search_language(BothLanguages)
    app.connect("source-read", prepare)
    app.connect("html-page-context", language_of)
