"""Totals of windows that are not equally long, as annual rates: the one place of this arithmetic.

A measure that adds up over a window (``Measure.is_total``) has more in a longer one for no other reason. Wherever
windows of different lengths stand side by side, such totals are those of a year, on every side; where all are equally
long, they are what the windows hold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from experiments.runs.groups import AT
from experiments.runs.windows import lengths_of, months_of
from sim.errors import InputError
from sim.scenario import Calendar

YEAR = 12
"""Months of the year that totals are taken for."""

OF_COLUMNS = ("before_", "kept_", "first_year_", "full_year_")
"""What columns of runs put before the name of a measure that is not of the window after the reform."""


def are_unequal(lengths: Iterable[int]) -> bool:
    """Whether windows of these lengths in months differ, so that their totals do not compare."""
    return len(set(lengths)) > 1


def lengths_text(lengths: Iterable[int]) -> str:
    """Lengths in words: ``12, 24 and 36``."""
    *others, last = map(str, sorted(set(lengths)))
    return f"{', '.join(others)} and {last}" if others else last


def months_beside(calendars: Sequence[Calendar], windows: Collection[str] = ("before", "after")) -> list[int]:
    """Months of the ``windows`` of some calendars, which stand side by side."""
    return [months for calendar in calendars for name, months in lengths_of(calendar).items() if name in windows]


def lengths_beside(
    calendars: Sequence[Calendar], windows: Collection[str] = ("before", "after")
) -> list[dict[str, int]]:
    """Months of the windows of each calendar; all empty where ``windows``, which stand side by side, are equally long.

    Empty ones leave totals as they are.
    """
    is_yearly = are_unequal(months_beside(calendars, windows))
    return [lengths_of(calendar) if is_yearly else {} for calendar in calendars]


def windows_beside(groups: Collection[str], reference: str | None) -> tuple[str, ...]:
    """Windows that a sweep puts side by side: pilots and others are compared before the reform, too."""
    return ("before", "after") if len(groups) > 1 and reference else ("after",)


def measure_of(column: str) -> str:
    """The measure that a column of runs holds, such as ``before_petitions_total@pilots``."""
    name = column.partition(AT)[0]
    return next((name.removeprefix(prefix) for prefix in OF_COLUMNS if name.startswith(prefix)), name)


def yearly(column: str, months: int) -> float:
    """What a measure's values over a window of some months are multiplied by to be those of a year.

    1 for all but totals. ``column`` is a measure or a column of runs, such as ``before_petitions_total@pilots``.
    """
    from sim.measures import MEASURES

    measure = MEASURES.get(measure_of(column))
    return YEAR / months if measure is not None and measure.is_total else 1.0


def of_a_year(values: Mapping[str, float], months: int | None) -> Mapping[str, float]:
    """Measures of a window of some months by name, totals as those of a year; as they are without a length."""
    return values if months is None else {name: value * yearly(name, months) for name, value in values.items()}


def unit_in(column: str, is_yearly: bool) -> str:
    """The unit of a measure; ``petitions/year`` of a total that is a year's. Empty for what is no measure."""
    from sim.measures import MEASURES

    measure = MEASURES.get(measure_of(column))
    if measure is None:
        return ""
    return f"{measure.unit}/year" if is_yearly and measure.is_total else measure.unit


def check_comparable(named: Mapping[str, Sequence[str]], calendars: Sequence[Calendar], totals: bool = True) -> None:
    """Raises ``InputError`` for a measure that no rate makes comparable over calendars of different lengths.

    ``named`` has measures by the key that names them. A stock is as high as the time it grew for; ``totals`` says
    whether those of windows of different lengths are refused too, where nothing makes them those of a year.
    """
    from sim.measures import MEASURES

    whole = [months_of((calendar.start[:7], calendar.end[:7])) for calendar in calendars]
    after = [lengths_of(calendar)["after"] for calendar in calendars]
    for key, names in named.items():
        for name in names:
            measure = MEASURES[measure_of(name)]
            if measure.is_stock and are_unequal(whole):
                raise InputError(
                    f"{key}: {name} is what has gathered by the end of the calendar, and calendars of "
                    f"{lengths_text(whole)} months do not compare; choose another measure or one length"
                )
            if totals and measure.is_total and are_unequal(after):
                raise InputError(
                    f"{key}: {name} adds up over the window after the reform, and windows of {lengths_text(after)} "
                    "months do not compare; choose a rate, such as petitions_per_1000, or one length"
                )
