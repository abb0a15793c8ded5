"""Whole reports of every kind: what each must be, and its page in real headless Chromium, wide and narrow."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.report.kinds import report_kinds
from experiments.report.write import write_report
from tests.browser import axe, launched
from tests.experiments.pages import check_report
from tests.experiments.report.made_up import MADE_UP
from tests.experiments.report.pictures import FIGURES

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def reported(tmp_path_factory, drawn) -> Callable[[str], Path]:
    """The folder of the report of made-up results, written once; any glyph missing from the fonts is an error."""
    found = {"compare": drawn("stress").results.path / "report"}

    def folder(kind: str) -> Path:
        if kind not in found:
            results = MADE_UP[kind](tmp_path_factory.mktemp("results") / kind)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                write_report(results, formats=("svg",))
            found[kind] = results.path / "report"
        return found[kind]

    return folder


@pytest.mark.parametrize("kind", report_kinds())
def test_a_report_is_whole(reported, kind):
    # that report is of one set of assumptions, and nothing of it was shared out
    of_people = {"behaviours", "parts"} if kind == "compare" else set()
    check_report(reported(kind), set(FIGURES[kind]) - of_people)


def test_levers_of_the_policies_of_a_study_are_told(reported):
    page = (reported("counterfactual") / "report.en.html").read_text("utf-8")
    _, _, told = page.partition("B: the policy after the reform</caption>")
    rows = re.findall(r"<code>(.*?)</code></th><td>(.*?)</td>", told.partition("</table>")[0])
    assert rows == [("petition.acceptance", "strict")]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", report_kinds())
def test_axe_finds_nothing_and_nothing_is_asked_of_anybody(browser, reported, kind, language):
    page_file = reported(kind) / f"report.{language}.html"
    unfolded = "details" if kind == "compare" else "figure details"  # parameters look the same on every page
    said: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if request.url != page_file.as_uri() else None)
    page.goto(page_file.as_uri())
    page.evaluate(f"[...document.querySelectorAll('{unfolded}')].slice(0, 12).forEach(each => each.open = true)")
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert said == []
