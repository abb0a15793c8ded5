"""Surfaces between runs: what they give back, how they are chosen, and that the static page evaluates the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from experiments.configuration.schema import scenario_of
from experiments.whatif.answer import MEASURED
from experiments.whatif.controls import Controls
from experiments.whatif.page import PARTS, SCRIPTS
from experiments.whatif.static import write_static
from experiments.whatif.surface import Shape, Surface, fit
from experiments.whatif.sweep import SurfaceSweep, errors_of, interpolated, shape_of
from experiments.whatif.text import WHATIF, lines
from petition_pyramid import simulate
from sim.errors import InputError
from sim.measures.composition import aitchison_distance
from sim.measures.petitions import PYRAMID
from tests.experiments.whatif.conftest import data_of

DRAWS = np.random.default_rng(3)


def points(count: int, dimensions: int) -> np.ndarray:
    return np.round(DRAWS.uniform(-1, 1, (count, dimensions)), 4)


def test_a_plane_is_given_back_everywhere():
    places = points(60, 3)
    slopes = np.array([2.0, -1.0, 0.0])
    surface = fit(["plane"], Shape(), places, (5 + places @ slopes)[:, None])
    new = points(40, 3)
    assert surface.at(places, new)[:, 0] == pytest.approx(5 + new @ slopes, abs=1e-6)


def test_a_curved_function_is_met_better_than_by_its_mean_and_noise_is_smoothed():
    def truth(where: np.ndarray) -> np.ndarray:
        return 10 * np.sin(2 * where[:, 0]) + 5 * where[:, 1] ** 2

    places, new = points(300, 5), points(200, 5)
    plain = fit(["f"], Shape(), places, truth(places)[:, None])
    missed = np.abs(plain.at(places, new)[:, 0] - truth(new))
    assert missed.mean() < 0.03 * truth(new).std() + 0.1
    assert plain.stretch[0] > 3 * plain.stretch[4]
    noise = DRAWS.normal(0, 3, len(places))
    noisy = fit(["f"], Shape(), places, (truth(places) + noise)[:, None])
    assert np.abs(noisy.at(places, new)[:, 0] - truth(new)).mean() < 0.6 * np.abs(noise).mean()


def test_the_base_is_met_exactly_though_the_rest_is_smoothed():
    places = points(100, 4)
    values = DRAWS.normal(50, 10, (100, 2))
    surface = fit(["a", "b"], Shape(), places, values, exact=0)
    at_points = surface.at(places, places)
    assert at_points[0] == pytest.approx(values[0], abs=1e-5)
    assert np.abs(at_points[1:] - values[1:]).mean() > 1


def test_impossible_values_are_moved_back():
    places = np.linspace(-1, 1, 20)[:, None]
    surface = fit(["share"], Shape(low=0.0, high=1.0), places, (0.5 + 0.5 * places))
    far = surface.at(places, np.array([[-3.0], [0.0], [3.0]]))[:, 0]
    assert far == pytest.approx([0, 0.5, 1], abs=1e-6)
    assert shape_of("durable_resolution") == Shape(low=0.0, high=1.0)
    assert shape_of("petitions_city") == Shape(is_count=True, low=0.0)
    assert shape_of("unresolved_added") == Shape()  # more may be taken up again than is added


def test_a_surface_comes_back_from_json_to_the_bit():
    places = points(50, 3)
    surface = fit(["n"], Shape(is_count=True, low=0.0), places, DRAWS.poisson(50, (50, 1)).astype(float))
    again = Surface.from_dict(json.loads(json.dumps(surface.as_dict())))
    new = points(10, 3)
    assert (again.at(places, new) == surface.at(places, new)).all()


def sweep_of(data: dict) -> SurfaceSweep:
    """The sweep that a page carries."""
    values = {**data["sweep"], "surfaces": tuple(Surface.from_dict(each) for each in data["sweep"]["surfaces"])}
    return SurfaceSweep(**{**values, "points": np.array(values["points"]), "held_out": np.array(values["held_out"])})


def test_the_errors_on_the_page_are_those_of_the_surfaces_that_it_carries(static_page):
    data = data_of(static_page.read_text("utf-8"))
    sweep = sweep_of(data)
    calm = (sweep.held_out[:, len(data["levers"]) :] == sweep.points[0, len(data["levers"]) :]).all(axis=1)
    assert set(data["sweep"]["errors"]) == {"calm", "stressed"} and 0 < calm.sum() < len(calm)
    for name, runs in (("calm", calm), ("stressed", ~calm)):
        shown, measured = data["sweep"]["errors"][name], errors_of(sweep, runs)
        assert set(shown) == set(MEASURED)
        for measure in MEASURED:
            assert shown[measure] == pytest.approx(measured[measure], rel=1e-9), measure


def test_errors_are_of_the_runs_that_have_a_value(static_page):
    data = data_of(static_page.read_text("utf-8"))
    sweep = sweep_of(data)
    everywhere = np.ones(len(sweep.held_out), bool)
    whole = errors_of(sweep, everywhere)["durable_success"]
    lacking = list(sweep.truth["durable_success"])
    lacking[0] = None
    nowhere = [float("nan")] * len(lacking)
    changed = replace(sweep, truth={**sweep.truth, "durable_success": lacking, "concealment": nowhere})
    found = errors_of(changed, everywhere)
    without = errors_of(sweep, np.arange(len(lacking)) > 0)["durable_success"]
    assert found["durable_success"] == pytest.approx(without) and without != whole
    assert found["concealment"] == dict.fromkeys(("mean", "most", "low", "high"))
    json.dumps(found, allow_nan=False)


def test_what_was_held_out_and_the_status_quo_are_what_simulate_gives(static_page, static_config):
    data = data_of(static_page.read_text("utf-8"))
    sweep = sweep_of(data)
    base = scenario_of(static_config)
    controls = Controls.of(static_config.levers, static_config.stresses, base.before)
    values = {}
    for control, place in zip((*controls.levers, *controls.stresses), (sweep.held_out[0] + 1) / 2, strict=True):
        if control.choices:
            values[control.name] = control.choices[round(place * (len(control.choices) - 1))]
        else:
            values[control.name] = control.low + place * (control.high - control.low)
    levers = {each.name: values[each.name] for each in controls.levers}
    stresses = {each.name: values[each.name] for each in controls.stresses}
    scenario, _ = controls.scenario(base, base.after, levers, stresses)
    expected = simulate(scenario, "replicates=2", "executor.workers=1").measures()
    kept = simulate(base, "replicates=2", "executor.workers=1").measures()
    for found, measures in (({name: sweep.truth[name][0] for name in MEASURED}, expected), (sweep.kept, kept)):
        wanted = {name: measures[name].after.mean for name in MEASURED}
        wanted["distance_to_target"] = float(aitchison_distance([wanted[f"petitions_{level}"] for level in PYRAMID]))
        assert found == {name: pytest.approx(value) for name, value in wanted.items()}
    at_base = interpolated(sweep, sweep.points[:1])
    for name in MEASURED:
        assert at_base[name][0] == pytest.approx(sweep.kept[name], rel=1e-4, abs=1e-4), name


class Checker(HTMLParser):
    """Notes whether elements are closed in order, and which ids, labels and addresses there are."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "!doctype"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.referred: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in ("for", "aria-labelledby", "aria-describedby"):
                self.referred += value.split()
            elif name in ("src", "href", "action", "data", "poster"):
                self.addresses.append(value)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag


@pytest.mark.parametrize("mode", ["live", "static"])
def test_the_page_is_well_formed_and_on_its_own(mode, static_page, server):
    page = static_page.read_text("utf-8") if mode == "static" else server.page.decode()
    checker = Checker()
    checker.feed(page)
    assert checker.open == [] and len(checker.ids) == len(set(checker.ids))
    assert set(checker.referred) <= set(checker.ids)
    assert checker.addresses == ["data:,", "#results"]
    assert set(re.findall(r"https?://[^\s\"'<>)]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in page and "url(" not in page.replace("url(data:font/woff;base64,", "")
    assert page.count("<script") == 2 and page.count("<style") == 1 and " onclick" not in page and "style=" not in page


def test_a_name_of_the_users_own_cannot_end_the_script(server):
    from experiments.whatif.page import render_page

    data = data_of(server.page.decode())
    evil = "</script><script>alert(1)</script>"
    page = render_page({**data, "made": {"en": evil, "zh": evil}})
    assert "<script>alert" not in page and data_of(page)["made"]["en"] == evil


def test_every_line_is_there_in_both_languages_with_the_same_places():
    for key, (english, chinese) in WHATIF.items():
        assert english and chinese and english != chinese, key
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese)), key
    scripts = "".join((PARTS / name).read_text("utf-8") for names in SCRIPTS.values() for name in names)
    said = set(re.findall(r'say\("([\w.]+)"[,)]', scripts)) | set(
        re.findall(r'data-text="([\w.]+)"', (PARTS / "page.html").read_text("utf-8"))
    )
    assert said <= set(lines("en")) | {"level.", "errors."}


@pytest.mark.long
def test_a_static_page_is_written_whole_or_not_at_all(static_config, tmp_path, monkeypatch, capsys):
    from dataclasses import replace

    target = tmp_path / "page.html"
    target.write_text("the old one")
    with pytest.raises(InputError, match="power of two"):
        write_static(replace(static_config, size=48), target, quiet=True)
    monkeypatch.setattr("experiments.whatif.static.render_page", lambda settings: "the new one")
    monkeypatch.setattr("os.replace", lambda *paths: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match="No space left on device"):
        write_static(replace(static_config, size=16, levers=["petition.acceptance"], stresses=[]), target, quiet=True)
    assert target.read_text() == "the old one" and [each.name for each in tmp_path.iterdir()] == ["page.html"]
