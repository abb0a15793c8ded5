"""How time and memory grow with a place: ``python -m bench.growth``."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench import targets
from bench.model import case, medians
from bench.report import Measured, markdown

PLACES = {
    "Dunhuang": "620982",
    "Pingchuan": "620403",
    "Jiayuguan": "6202",
    "Jinchang": "6203",
    "Wuwei": "6206",
    "Tianshui": "6205",
    "Lanzhou": "6201",
    "five cities": "6201,6205,6206,6208,6210",
    "all Gansu": "all",
}
"""From a county of a hundred thousand on, each some two or three times the one before."""


def line_through(events: Sequence[float], seconds: Sequence[float]) -> tuple[float, float]:
    """Fixed seconds and seconds an event: a straight line fitted to relative errors, so that small places count."""
    x, y = np.asarray(events, float), np.asarray(seconds, float)
    (fixed, each), *_ = np.linalg.lstsq(np.column_stack([1 / y, x / y]), np.ones(len(x)))
    return float(fixed), float(each)


def measure() -> list[Measured]:
    """Time against events, memory against residents, and twice the residents with as many disputes."""
    found = {name: medians("run", places, "1", "3") for name, places in PLACES.items()}
    events = [each["events"] for each in found.values()]
    seconds = [each["run_s"] for each in found.values()]
    fixed, each_event = line_through(events, seconds)
    lines = [
        Measured(
            f"five years of {name}", each["run_s"], "s", None, f"{each['events']:,.0f} events", "time", each["events"]
        )
        for name, each in found.items()
    ]
    lines += [
        Measured(
            f"memory of {name}", each["peak_mb"], "MB", None, f"{each['residents']:,.0f} residents", "memory",
            each["residents"],
        )
        for name, each in found.items()
    ]  # fmt: skip
    off = 100 * max(abs(s / (fixed + each_event * n) - 1) for s, n in zip(seconds, events, strict=True))
    slope = np.polyfit(np.log(events), np.log(seconds), 1)[0]
    doubled = case("doubled", PLACES["Tianshui"], "5")
    note = f"{1e3 * fixed:.0f} ms and {1e9 * each_event:.0f} ns an event; in logarithms a slope of {slope:.2f}"
    more = f"{doubled['residents']:.2f} times the residents, {doubled['disputes']:.3f} times the disputes"
    lines += [
        Measured("farthest from a straight line in events", off, "%", targets.EVENTS_OFF_LINE, note, "growth"),
        Measured(
            "more time for twice the residents", 100 * (doubled["ratio"] - 1), "%", targets.MORE_FOR_RESIDENTS, more,
            "growth",
        ),
    ]  # fmt: skip
    return lines


if __name__ == "__main__":
    print(markdown(measure()), end="")
