"""The model against itself as ordinary Mesa agents: ``python -m bench.agents``.

The reference implementation (``tests/reference``, ``docs/reference_implementation.md``) gives the same disputes on the
same days, so both do the same work. Each runs in turn in this process, one thread each; a ratio is of processor
seconds of running, without building, of one round.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.report import Measured, markdown
from bench.targets import TIMES_AS_FAST_AS_AGENTS
from sim.model import GovernanceModel
from tests.reference.model import ReferenceModel
from tests.reference.worlds import world

ROUNDS = 3

YEAR = (
    "calendar.start=2019-01-01",
    "calendar.reform=2019-07-01",
    "calendar.measures=2019-01-01",
    "calendar.end=2019-12-31",
)

WORLDS = {
    "tiny province, two years": (),
    "a county of 51,000, a year": ("province.source=gansu", "province.places=[620122]", *YEAR),
    "a county of 200,000, a year": ("province.source=gansu", "province.places=[622922]", *YEAR),
}
"""Worlds under the status quo, by overrides."""


@dataclass(frozen=True)
class Round:
    """Processor seconds of both, and what they did in them."""

    kernel: float
    agents: float
    days: int
    residents: int
    disputes: int


def seconds(work: Callable[[], Any]) -> float:
    """Processor seconds of a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def once(overrides: tuple[str, ...], seed: int) -> Round:
    """One run of both implementations of a world.

    Raises:
        AssertionError: when they do not count the same disputes.
    """
    scenario = world("policy status_quo", *overrides)
    days = scenario.calendar.days
    kernel, agents = GovernanceModel(scenario, seed), ReferenceModel(scenario, seed)
    fast = seconds(lambda: kernel.run_for(days))
    slow = seconds(lambda: agents.run_for(days))
    ledger = kernel.ledger()
    raised = ledger.total("raised")
    other = sum(count for (*_, event), count in agents.ledger.counts.items() if event == "raised")
    assert raised == other, f"{raised} disputes in the kernel, {other} among agents"
    return Round(fast, slow, days, ledger.residents, raised)


def measure(rounds: int = ROUNDS) -> list[Measured]:
    """How many times as fast the kernel is in each world."""
    GovernanceModel(world("policy status_quo"), 0).run_for(40)  # compiled by now
    lines = []
    for name, overrides in WORLDS.items():
        found = [once(overrides, seed) for seed in range(1, rounds + 1)]
        one = found[0]
        fast, slow = (median(getattr(each, side) for each in found) / one.days for side in ("kernel", "agents"))
        note = (
            f"{one.residents:,} residents, {one.disputes:,} disputes; "
            f"{1e6 * fast:,.0f} µs and {1e3 * slow:,.1f} ms a simulated day"
        )
        ratio = median(each.agents / each.kernel for each in found)
        lines.append(Measured(f"than Mesa agents: {name}", ratio, "×", TIMES_AS_FAST_AS_AGENTS, note, "agents"))
    return lines


if __name__ == "__main__":
    print(markdown(measure()), end="")
