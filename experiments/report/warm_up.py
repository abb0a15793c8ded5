"""The warning of a warm-up too short for a change to be told from a province that still fills up."""

from __future__ import annotations

import numpy as np

from experiments.report.text import Words
from experiments.runs.windows import windows_of
from sim.scenario import Calendar

WARM_UP = 36
"""Months before the measures begin that a province takes to fill up: petition levels of a status quo still rise until
then (``sim.scenario.Calendar``)."""


def warm_up_notes(calendar: Calendar, words: Words) -> list[str]:
    """The sentence that warns of too short a warm-up for comparing before with after; none where it is long enough."""
    start, measures = (np.datetime64(day[:7], "M") for day in (calendar.start, calendar.measures))
    months = int((measures - start).astype(int))
    if "before" not in windows_of(calendar) or months >= WARM_UP:
        return []
    return [words("warm_up.short", months=months, least=WARM_UP, day=calendar.measures)]
