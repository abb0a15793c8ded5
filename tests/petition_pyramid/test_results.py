"""Figures from results in memory: they show what the result holds, and nothing is written."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
import pytest
from matplotlib.dates import num2date
from matplotlib.figure import Figure

import petition_pyramid as pp
from experiments.report.text import catalogue
from petition_pyramid import Simulation, scenario, simulate
from sim.errors import InputError
from sim.measures.petitions import DEFAULT
from tests.experiments.conftest import SHORT

LEVELS = ("province", "city", "county")


@pytest.fixture(scope="module")
def result() -> Simulation:
    return simulate(scenario(*SHORT, "after=gansu_2019"), "replicates=3", "executor.workers=1")


def texts(figure: Figure) -> set[str]:
    return {text.get_text() for legend in figure.legends for text in legend.get_texts()}


def test_the_monthly_figure_shows_the_means_of_the_register(result: Simulation) -> None:
    """Each line is the mean over replicates of what a level registered, month by month, worked out here anew."""
    axes = result.plot("monthly").axes[0]
    months = result.monthly().sort_values(["seed", "month"])
    for level, line in zip(LEVELS, axes.lines, strict=False):
        counts = months[[*DEFAULT.recorded(level)]].to_numpy().sum(axis=1).reshape(3, 24)
        assert np.asarray(line.get_ydata()).tolist() == counts.mean(axis=0).tolist()
        days = [num2date(day) for day in np.asarray(line.get_xdata())]
        assert [(day.year, day.month) for day in days] == [(y, m) for y in (2017, 2018) for m in range(1, 13)]
    assert sum(np.asarray(line.get_ydata()).sum() for line in axes.lines[:3]) > 0
    reform = num2date(np.asarray(axes.lines[3].get_xdata())[0])
    assert (reform.year, reform.month, reform.day) == (2018, 1, 1)


def test_a_figure_speaks_english_or_chinese(result: Simulation) -> None:
    for position, language in enumerate(("en", "zh")):
        assert {catalogue()[f"level.{level}"][position] for level in LEVELS} <= texts(result.plot("monthly", language))


@pytest.mark.long
def test_every_figure_of_one_scenario_can_be_drawn_and_saved_with_all_its_signs(
    result: Simulation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a notebook does it, outside of the house's settings; a sign that no font has is a warning, here an error."""
    monkeypatch.chdir(tmp_path)
    drawn = []
    with pytest.raises(InputError, match="of this result there are: ") as refused:
        result.plot("nothing")
    for name in str(refused.value).partition("there are: ")[2].split(", "):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            buffer = io.BytesIO()
            result.plot(name, language="zh").savefig(buffer, format="png")
        assert buffer.getvalue().startswith(b"\x89PNG")
        drawn.append(name)
    assert {"ratios", "pyramid", "settled", "forest", "equity", "monthly"} <= set(drawn)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_drawn_is_refused_by_name(result: Simulation) -> None:
    with pytest.raises(InputError, match="figure='montly' is no figure of the report; of this result there are: "):
        result.plot("montly")
    with pytest.raises(InputError, match="figure='behaviours' needs more than these results hold"):
        result.plot("behaviours")
    with pytest.raises(InputError, match="language='fr' is not one of en, zh"):
        result.plot(language="fr")


@pytest.mark.long
def test_the_report_is_written_where_it_is_asked_for(result: Simulation, tmp_path: Path) -> None:
    written = result.report("zh", tmp_path / "out")
    assert written[0] == tmp_path / "out" / "report" / "report.zh.html"
    assert all(path.is_file() for path in written)


@pytest.mark.parametrize("override", ["seed=3", "replicates=2", "executor=dask", "executor.workers=2", "output=json"])
def test_a_scenario_takes_nothing_that_says_how_it_is_run(override: str) -> None:
    with pytest.raises(InputError, match=f"{override} is not allowed: .* give it to simulate"):
        pp.scenario("province=tiny", override)


def test_seeds_beyond_the_greatest_are_refused() -> None:
    with pytest.raises(InputError, match="seed=2147483648 is not allowed"):
        pp.simulate("province=tiny", "seed=2147483647", "replicates=2")
