"""Figures and pages: other people's settings, many figures, threads, figures of nothing much, several on one page."""

from __future__ import annotations

import os
import re
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import pytest

import petition_pyramid as pp
from experiments.report import theme
from experiments.report.page import inline_svg
from experiments.report.page_parts import parts_of
from petition_pyramid import KeptResults
from tests import processes
from tests.situations.situation import situation
from tests.situations.year import YEAR

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def placebo(tmp_path_factory: pytest.TempPathFactory) -> KeptResults:
    """Worlds that are all alike."""
    alike = ("study.policies=[status_quo,placebo]", "study.measures=[durable_resolution,wait_city]", "replicates=2")
    return pp.compare(*YEAR, *alike, results=tmp_path_factory.mktemp("placebo"))


def drawable(result: KeptResults) -> list[str]:
    return [name for name, module in parts_of(result.kind).figures.items() if module.available(result._read())]


@pytest.mark.long
@situation(
    "figures and pages",
    "olgabot/prettyplotlib#15",
    "imported a package; figures made with Matplotlib alone looked different from then on",
    "drawing leaves the caller's settings as they were, also when it fails",
)
@situation(
    "figures and pages",
    "ecmwf/earthkit-plots#83",
    "the style of one package came through in the figures of another",
    "a dark style, huge letters and other fonts of the caller's change no byte of a figure",
)
def test_settings_of_the_caller_stay_and_stay_outside(placebo: KeptResults) -> None:
    plain = theme.to_svg(placebo.plot("monthly"))
    with plt.style.context("dark_background"):
        plt.rcParams.update({"font.size": 31, "svg.hashsalt": "mine", "axes.grid": True, "font.family": "monospace"})
        mine = dict(matplotlib.rcParams)
        figure = placebo.plot("monthly")
        with pytest.raises(pp.InputError):
            placebo.plot("nothing")
        assert dict(matplotlib.rcParams) == mine
        with theme.drawing():
            inside = theme.to_svg(figure)
        assert dict(matplotlib.rcParams) == mine
    with theme.drawing():
        assert inside == theme.to_svg(placebo.plot("monthly"))
    assert len(plain) > 10_000


@situation(
    "figures and pages",
    "matplotlib/mplfinance#86",
    "saved figures in a loop: more than 20 figures have been opened, and memory went",
    "figures are the caller's alone: none stays open in pyplot, and there is no warning",
)
def test_many_figures_leave_none_open(placebo: KeptResults) -> None:
    before = plt.get_fignums()
    with plt.rc_context({"figure.max_open_warning": 1}), warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = [placebo.plot("monthly") for _ in range(3)]
    assert plt.get_fignums() == before and len({id(figure) for figure in figures}) == 3


@situation(
    "figures and pages",
    "matplotlib/matplotlib#4349",
    "several SVGs in one page had clip paths of one id; when one was removed, others were cut wrongly",
    "every id of a page is there once, and each figure refers to its own alone",
)
def test_figures_of_a_page_have_ids_of_their_own(placebo: KeptResults) -> None:
    names = ("monthly", "settled")
    with theme.drawing():
        drawings = [str(inline_svg(theme.to_svg(placebo.plot(name)), name, "alt")) for name in names]
    ids = [re.findall(r'\bid="([^"]+)"', drawing) for drawing in drawings]
    everything = [each for mine in ids for each in mine]
    assert len(set(everything)) == len(everything) > 100
    for drawing, mine in zip(drawings, ids, strict=True):
        used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', drawing))
        assert used and used <= set(mine)


@situation(
    "many runs at once",
    "Data-Centric-AI-Community/fg-data-profiling#501",
    "settings were kept by a context manager, which is not safe among threads",
    "figures drawn in four threads at once are those drawn alone, and the settings those before",
)
def test_threads_draw_at_once(placebo: KeptResults) -> None:
    names = [name for name in drawable(placebo) if name in ("monthly", "settled")] * 2
    before = dict(matplotlib.rcParams)

    def drawn(name: str) -> tuple[list[tuple[str, float, str]], tuple[float, ...]]:
        figure = placebo.plot(name, language="zh")
        texts = [
            (text.get_text(), text.get_fontsize(), str(text.get_color()))
            for axes in figure.axes
            for text in (axes.title, axes.xaxis.label, *axes.get_xticklabels())
        ]
        return texts, tuple(figure.axes[0].get_position().bounds)

    assert len(names) == 4
    expected = [drawn(name) for name in names[:2]] * 2
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(drawn, names)) == expected
    assert dict(matplotlib.rcParams) == before


@pytest.mark.long
@situation(
    "machines and libraries",
    "PmagPy/PmagPy#919",
    "a program run from a notebook's cell inherited MPLBACKEND and could not draw",
    "no backend is used: a report is drawn whatever the variable names, and without a display",
)
def test_a_report_needs_no_backend(placebo: KeptResults) -> None:
    settings = os.environ | {"MPLBACKEND": "module://not_installed_here", "PYTHONPATH": str(ROOT)}
    settings.pop("DISPLAY", None)
    command = [sys.executable, "-m", "experiments.cli.main", "report", str(placebo.path), "language=en"]
    done = processes.run([*command, "figure=monthly"], env=settings)
    assert (done.returncode, done.stderr) == (0, "") and "monthly.en.svg" in done.stdout


@situation(
    "figures and pages",
    "hyperspy/hyperspy#1244",
    "a plot of a single value: attempting to set identical left == right limits",
    "what is all alike, or one point, is drawn, in every figure and without a warning",
)
@situation(
    "figures and pages",
    "ARM-DOE/ACT#41",
    "plotted data that were all NaN: axis limits cannot be NaN or Inf",
    "a measure without a value costs its own mark and no figure",
)
def test_figures_of_nothing_much(placebo: KeptResults, tmp_path: Path) -> None:
    alike = pp.sweep(*YEAR, "after=status_quo,placebo", "replicates=1", results=tmp_path)
    still = pp.sensitivity(
        *YEAR,
        "study.uncertainties=[patience]",
        "study.method=morris",
        "study.size=2",
        "study.measures=[petitions_total,wait_city]",
        results=tmp_path,
    )
    for result in (placebo, alike, still):
        names = [name for name in drawable(result) if name not in ("monthly", "ratios", "settled", "equity")]
        assert names
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for name in names[:2]:
                figure = result.plot(name)
                for axes in figure.axes:
                    assert all(abs(end) < 1e12 for end in (*axes.get_xlim(), *axes.get_ylim())), name
    effects = placebo.effects().set_index("measure")["difference"]
    assert effects["durable_resolution"] == 0 and "wait_city" not in effects
