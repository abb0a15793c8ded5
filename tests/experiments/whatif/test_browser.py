"""The page in real headless Chromium: every control moves it, what it shows is what the model gives, axe is content."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from experiments.report import numbers
from experiments.whatif.answer import MEASURED
from experiments.whatif.server import WhatIfServer
from experiments.whatif.service import Service
from experiments.whatif.sweep import interpolated
from sim.measures import MEASURES
from sim.measures.smallest_effect import DISTANCE, SHARE
from tests.browser import axe, launched
from tests.experiments.whatif.conftest import TINY, config_of, data_of, serving
from tests.experiments.whatif.test_surface import sweep_of

pytestmark = pytest.mark.long

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    with launched() as browser:
        yield browser


@contextlib.contextmanager
def opened(browser: Any, address: str, width: int = 1280) -> Iterator[Page]:
    """A page in a context of its own; at the end nothing may have gone wrong or been asked of anybody else."""
    said: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    own = address.rsplit("/", 1)[0]
    page.on("request", lambda request: None if request.url.startswith((own, "data:")) else said.append(request.url))
    page.goto(address)
    page.wait_for_selector("#cards li")
    yield page
    context.close()
    assert said == []


def addresses(server: WhatIfServer, static_page: Path) -> dict[str, str]:
    return {"live": server.address, "static": static_page.as_uri()}


@pytest.fixture(params=["live", "static"])
def address(request: pytest.FixtureRequest, server: WhatIfServer, static_page: Path) -> str:
    """Of the live page and of the static one."""
    return addresses(server, static_page)[request.param]


def settle(page: Page) -> None:
    """Waits until the page shows the answer to what it was last asked."""
    page.wait_for_timeout(120)
    page.wait_for_function("() => !document.querySelector('#results[aria-busy]')", timeout=20_000)


def shown(page: Page) -> dict[str, str]:
    """Text of every value on a card, by measure; without the name and the unit beside it."""
    return {
        element.get_attribute("data-value"): element.inner_text() for element in page.query_selector_all("[data-value]")
    }


def check_shown(page: Page, after: dict[str, float], kept: dict[str, float], is_read: bool = False) -> None:
    """Every card has the numbers that the report would print; petitions read off a surface have no decimals."""
    for name, text in shown(page).items():
        unit = MEASURES[name].unit
        decimals = numbers.decimals_for([after[name], kept[name]], unit)
        if is_read and unit == "petitions/year" and max(after[name], kept[name]) >= 100:
            decimals = 0
        assert numbers.amount(after[name], unit, decimals) in text, name
        difference = page.inner_text(f"[data-difference='{name}']")
        apart = round(after[name] - kept[name], 9)  # halves as they are written
        if abs(apart) > 1e-12:
            assert difference.startswith(numbers.difference(apart, unit, decimals)), name
    levels = [after[f"petitions_{level}"] for level in ("province", "city", "county")]
    parts = np.array(levels) + (0.5 if 0 in levels else 0)
    assert page.inner_text("[data-measure=ratio] .value") == numbers.ratio(parts[1] / parts[0], parts[2] / parts[0])


def move(page: Page, control: str, to: str | float) -> None:
    """Moves a control as a user does and waits for the answer."""
    row = page.locator(f"[data-control='{control}']")
    if row.locator("select").count():
        row.locator("select").select_option(str(to))
    else:
        row.locator("input").evaluate(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', {bubbles: true})); }", to
        )
    settle(page)


def test_the_cost_card_names_levers_that_have_no_price(browser, address):
    with opened(browser, address) as page:
        settle(page)
        assert page.locator("[data-uncosted]").count() == 0
        move(page, "centre.coverage_township", 0.8)
        assert page.locator("[data-uncosted]").count() == 0  # centres have one
        move(page, "petition.acceptance", "strict")
        said = page.inner_text("[data-measure=cost_per_resident] [data-uncosted]")
        assert said == "Uncosted: acceptance – no price in the model."
        page.click("#language")
        assert page.inner_text("[data-uncosted]") == "未计成本：受理规则（模型未定价）。"
        page.click("#reset")
        settle(page)
        assert page.locator("[data-uncosted]").count() == 0


def test_a_policy_brings_levers_that_have_no_price(browser, server):
    with opened(browser, server.address) as page:
        page.select_option("#preset", "one_stop")
        settle(page)
        assert (
            page.inner_text("[data-uncosted]") == "Uncosted: intake, departments in the centre – no price in the model."
        )
        move(page, "centre.intake", "windows")  # as in the status quo: departments are left
        assert page.inner_text("[data-uncosted]") == "Uncosted: departments in the centre – no price in the model."
        page.select_option("#preset", "gansu_2019")
        settle(page)
        assert page.inner_text("[data-uncosted]").endswith("and 24 more – no price in the model.")
        page.select_option("#preset", "more_mediators")
        settle(page)
        assert page.locator("[data-uncosted]").count() == 0


def test_every_control_of_the_live_page_runs_the_model(browser, server):
    data = data_of(server.page.decode())
    moved: dict[str, dict[str, Any]] = {"levers": {}, "stresses": {}}
    with opened(browser, server.address) as page:
        settle(page)
        check_shown(page, *(server.service.run({})[part] for part in ("after", "kept")))
        for group in ("levers", "stresses"):
            for control in data[group]:
                start = data["start"][group][control["name"]]
                if "choices" in control:
                    to = next(choice["value"] for choice in control["choices"] if choice["value"] != start)
                else:
                    to = (
                        control["low"]
                        + round((control["high"] - control["low"]) * 0.6 / control["step"]) * control["step"]
                    )
                move(page, control["name"], to)
                moved[group][control["name"]] = to
                found = server.service.run(moved)
                check_shown(page, found["after"], found["kept"])
        assert page.inner_text("#verdict").startswith("Under a stress, scored as harm.")
        page.fill("#seed", "3")
        page.fill("#replicates", "2")
        settle(page)
        found = server.service.run({**moved, "seed": 3, "replicates": 2})
        check_shown(page, found["after"], found["kept"])
        assert "95 % [" in page.inner_text("#cards")
        page.select_option("#preset", "gansu_2019")
        settle(page)
        found = server.service.run({"policy": "gansu_2019", "stresses": moved["stresses"], "seed": 3, "replicates": 2})
        check_shown(page, found["after"], found["kept"])
        page.click("#reset")
        settle(page)
        check_shown(page, *(server.service.run({})[part] for part in ("after", "kept")))
        assert page.inner_text("#verdict").startswith("Nothing differs from the status quo yet")


JUDGE = """([apart, ends, error, smallest]) => judge({
    kept: {durable_resolution: 0.5}, after: {durable_resolution: 0.5 + apart}, difference: {durable_resolution: apart},
    interval: ends ? {durable_resolution: ends} : {}, errors: error === null ? null : {durable_resolution: error},
}, "durable_resolution", smallest)"""


def test_no_verdict_of_the_page_is_below_the_smallest_effect(browser, static_page):
    """Beyond it, interval and all; within; across; and by an interpolation that may be as far off."""
    with opened(browser, static_page.as_uri()) as page:
        for apart, ends, error, judgement in (
            (0.02, [0.005, 0.03], None, 1),
            (0.02, [0.0049, 0.03], None, None),
            (-0.02, [-0.03, -0.005], None, -1),
            (0.004, [0.003, 0.0049], None, 0),
            (0.004, None, None, 0),
            (0.006, None, None, 1),
            (0.006, None, 0.002, None),
            (0.002, None, 0.002, 0),
        ):
            assert page.evaluate(JUDGE, [apart, ends, error, 0.005]) == judgement, (apart, ends, error)
        assert page.evaluate("() => settings.smallest") == {"ratio": DISTANCE, "durable": SHARE}


def test_the_static_page_shows_what_the_surfaces_give_at_held_out_places(browser, static_page):
    data = data_of(static_page.read_text("utf-8"))
    sweep = sweep_of(data)
    expected = interpolated(sweep, sweep.held_out)
    with opened(browser, static_page.as_uri()) as page:
        for row, place in enumerate(sweep.held_out):
            found = page.evaluate("place => interpolatedAt(place)", place.tolist())
            for name in MEASURED:
                assert found[name] == pytest.approx(expected[name][row], rel=1e-6, abs=1e-6), name
        move(page, "petition.acceptance", "strict")
        move(page, "petition.registration_county", 0.8)
        values = {"petition.acceptance": 1, "petition.registration_county": 2 * (0.8 - 0.59) / (1 - 0.59) - 1}
        place = sweep.points[0].copy()
        for column, control in enumerate(data["levers"]):
            place[column] = values.get(control["name"], 2 * 0.3 - 1)
        at_place = {name: float(column[0]) for name, column in interpolated(sweep, place[None, :]).items()}
        check_shown(page, at_place, sweep.kept, is_read=True)
        error = data["sweep"]["errors"]["calm"]["durable_resolution"]["most"]
        assert f"± {100 * error:.1f}" in page.inner_text("[data-error=durable_resolution]")
        move(page, "push_down", 0.5)
        error = data["sweep"]["errors"]["stressed"]["durable_resolution"]["most"]
        assert f"± {100 * error:.1f}" in page.inner_text("[data-error=durable_resolution]")
        assert page.is_visible("#errors") and page.locator("#errors table").count() == 2


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, address, width, language):
    with opened(browser, address, width) as page:
        if language == "zh":
            page.click("#language")
        for summary in page.locator("summary").all():
            summary.click()
        settle(page)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.get_attribute("html", "lang") == ("zh-CN" if language == "zh" else "en")


def test_keys_move_a_lever_by_its_step_and_focus_is_seen(browser, server):
    with opened(browser, server.address) as page:
        slider = page.locator("[data-control='centre.coverage_county'] input")
        slider.focus()
        page.keyboard.press("ArrowRight")
        output = page.locator("[data-control='centre.coverage_county'] output")
        assert output.inner_text() == numbers.percent(0.21, 0)
        page.keyboard.press("PageDown")
        assert output.inner_text() == numbers.percent(0.11, 0)
        page.keyboard.press("End")
        assert output.inner_text() == numbers.percent(1, 0)
        assert slider.get_attribute("aria-valuetext") == numbers.percent(1, 0)
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        settle(page)


def test_chinese_is_chinese_and_comes_back(browser, address):
    with opened(browser, address) as page:
        english = page.inner_text("body")
        page.click("#language")
        chinese = page.inner_text("body")
        assert "比例" in chinese and "Durable settlement" not in chinese and "undefined" not in english + chinese
        page.click("#language")
        settle(page)
        assert "Durable settlement per grievance" in page.inner_text("#cards")


def test_it_says_so_when_the_model_is_gone(browser, server):
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_selector("#cards li")
    page.route("**/run", lambda route: route.abort())
    page.select_option("#preset", "whistle")
    page.wait_for_function("() => document.querySelector('#verdict').textContent.includes('does not answer')")
    context.close()


def test_it_prints(browser, address):
    with opened(browser, address) as page:
        page.emulate_media(media="print")
        assert not page.is_visible("#language") and page.is_visible("#cards")
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_where_a_level_is_missing_the_page_says_so_and_shows_no_ratio(browser: Any) -> None:
    """The second city of the tiny province has no county tier."""
    with (
        serving(Service(config_of(*TINY, "places=[9102]"))) as server,
        opened(browser, server.address) as page,
    ):
        card = page.locator("#cards li[data-measure=ratio]")
        assert (
            card.inner_text()
            == "Province : city : county\n\nNo county level: 1\xa0:\xa02\xa0:\xa03 has no meaning here."
        )
        assert page.locator("#strip").inner_text().startswith("no county level · ")
        drawing = page.locator("#pyramid .drawing")
        assert drawing.text_content().count("County  no county level") == 2
        assert drawing.locator("line").count() == 0  # nothing is split 1 : 2 : 3
        assert (
            page.locator("#pyramid table tr", has_text="County").locator("td").all_text_contents()
            == ["no county level"] * 4
        )
        assert "1 : 2 : 3" not in page.locator("#pyramid figcaption").inner_text()
        page.locator("#preset").select_option("gansu_2019")
        settle(page)
        assert page.locator("#verdict").inner_text().startswith("No county level: ")
        page.click("#language")
        assert "不设县级，1\xa0:\xa02\xa0:\xa03在此无意义。" in card.inner_text()
