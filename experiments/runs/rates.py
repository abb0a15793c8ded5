"""What can be compared over calendars of different lengths, and what a column of runs holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from experiments.runs.groups import AT
from experiments.runs.windows import months_of
from sim.errors import InputError
from sim.scenario import Calendar

OF_COLUMNS = ("before_", "kept_", "first_year_", "full_year_")
"""What columns of runs put before the name of a measure that is not of the window after the reform."""


def lengths_text(lengths: Iterable[int]) -> str:
    """Lengths in words: ``12, 24 and 36``."""
    *others, last = map(str, sorted(set(lengths)))
    return f"{', '.join(others)} and {last}" if others else last


def measure_of(column: str) -> str:
    """The measure that a column of runs holds, such as ``before_petitions_total@pilots``."""
    name = column.partition(AT)[0]
    return next((name.removeprefix(prefix) for prefix in OF_COLUMNS if name.startswith(prefix)), name)


def check_comparable(named: Mapping[str, Sequence[str]], calendars: Sequence[Calendar]) -> None:
    """Raises ``InputError`` for a measure that does not compare over calendars of different lengths.

    ``named`` has measures by the key that names them. A stock is as high as the time it grew for.
    """
    from sim.measures import MEASURES

    whole = [months_of((calendar.start[:7], calendar.end[:7])) for calendar in calendars]
    if len(set(whole)) < 2:
        return
    for key, names in named.items():
        for name in names:
            if MEASURES[measure_of(name)].is_stock:
                raise InputError(
                    f"{key}: {name} is what has gathered by the end of the calendar, and calendars of "
                    f"{lengths_text(whole)} months do not compare; choose another measure or one length"
                )
