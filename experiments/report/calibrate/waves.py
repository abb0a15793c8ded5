"""How much of the prior each wave left, and how right the emulators were."""

from __future__ import annotations

import math

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.calibrate.evidence import CalibrationEvidence
from experiments.report.table import Table
from experiments.report.text import Words


def available(evidence: CalibrationEvidence) -> bool:
    """Needs two waves."""
    return len(evidence.waves) > 1


def left_text(share: float) -> str:
    """A share of the prior's volume, which may be tiny, in per cent."""
    value = 100 * share
    decimals = max(0, 1 - math.floor(math.log10(value))) if value > 0 else 0
    text = numbers.plain(value, decimals)
    return (text.rstrip("0").rstrip(".") if "." in text else text) + f"{numbers.NBSP}%"


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """Left: share of the prior's volume that is not ruled out; right: share of a wave's trials that are plausible."""
    figure = theme.new_figure(2.6)
    left, right = figure.subplots(1, 2)
    numbers_ = [row["wave"] for row in evidence.waves]
    left.plot(numbers_, [row["left"] for row in evidence.waves], "o-", ms=4.5, color="#0072b2")
    left.set_yscale("log")
    left.yaxis.set_major_formatter(lambda value, _: words.spaced(left_text(value)))
    left.set_ylabel(words("waves.left"), fontsize=8.5)
    simulated = [row for row in evidence.waves if row["trials"]]
    right.bar([row["wave"] for row in simulated], [100 * row["plausible"] for row in simulated], 0.6, color="#9ecae1")
    right.set_ylabel(words("waves.plausible"), fontsize=8.5)
    for axes in (left, right):
        axes.set_xlabel(words("waves.wave"), fontsize=8.5)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(color=theme.GRID, lw=0.6)
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """A row a wave; the root mean square of the emulators' standardised errors should be near 1."""
    emulators = evidence.tables["emulators"]
    header = [words(f"waves.{key}") for key in ("wave", "trials", "left", "plausible", "errors")]
    body = []
    for row in evidence.waves:
        mine = emulators[emulators["wave"] == row["wave"]]
        found = [float(each) for each in mine["error"]]
        errors = f"{min(found):.2f} – {max(found):.2f}" if found else numbers.NONE
        plausible = numbers.percent(row["plausible"], 0) if row["trials"] else numbers.NONE
        body.append([str(row["wave"]), str(row["trials"]), left_text(row["left"]), plausible, errors])
    return Table(words("waves.title"), header, body)
