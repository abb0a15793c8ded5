"""The page of a report in real headless Chromium, at the width of a desk and of a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import axe, launched


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with launched() as browser:
        yield browser


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_asked_of_anybody(browser, drawn, language, width):
    page_file = drawn("stress").results.path / "report" / f"report.{language}.html"
    said: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if request.url != page_file.as_uri() else None)
    page.goto(page_file.as_uri())
    for summary in page.locator("summary").all()[:12]:
        summary.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert said == []
