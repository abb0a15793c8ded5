"""Common random numbers: what should not touch anybody else does not, and no stream of draws follows another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import mesa
import numpy as np
from numpy.typing import NDArray

from experiments.verification.check import Check, Finding, Z, nothing
from experiments.verification.worlds import CALENDAR, CROWDED, POLICY, TINY, cells_apart
from sim import chance
from sim.agents.dispute import Stage
from sim.agents.service_hall import MINUTES_A_DAY
from sim.chance import Purpose
from sim.ledger import WORK_LEVELS
from sim.model import GovernanceModel, run
from sim.policy import StaffLevers
from sim.world import MINUTES, SLOTS

SECTION = "common_random_numbers"
DRAWS = 20_000
HALF_A_YEAR = 181


def _one_more_mediator(seed: int) -> tuple[int, int]:
    """Disputes and cells of other counties, then of the county itself, that one more handler of a county changes."""
    staff = StaffLevers(petition_handlers=1)
    few = replace(CROWDED, before=replace(POLICY, staff=staff), after=replace(POLICY, staff=staff))
    room = replace(few, after=replace(POLICY, staff=replace(staff, petition_handlers=400)))
    models = [GovernanceModel(few, seed, also=[room]) for _ in range(2)]
    for model in models:
        model.run_for(HALF_A_YEAR)
    model, state = models[0], models[0].state
    of_handlers = (state.pools["county"] == 0) & (state.pools["level"] == WORK_LEVELS.index("petition"))
    pool = int(np.flatnonzero(of_handlers)[0])
    place = state.pools[pool]
    newcomer = int(place["first_mediator"] + place["mediators"])
    slots = int(few.behaviour.slots_petition)
    state.mediators["slots"][newcomer] = slots
    state.mediators["minutes"][newcomer] = MINUTES_A_DAY
    state.pools["mediators"][pool] += 1
    state.pools["free_slots"][pool] += slots
    state.staffing[0, place["level"], SLOTS] += slots
    state.staffing[0, place["level"], MINUTES] += int(MINUTES_A_DAY)
    for each in models:
        each.run_for(CALENDAR.days - HALF_A_YEAR)
    counts = [each.ledger().counts for each in models]
    apart = (counts[0] != counts[1]).sum(axis=(1, 2, 3))
    disputes = [_disputes_elsewhere(each) for each in models]
    return int(apart[1:].sum()) + int(disputes[0] != disputes[1]), int(apart[0])


def _disputes_elsewhere(model: GovernanceModel) -> bytes:
    """What there is to say of every open dispute outside the first county, whatever row it stands in."""
    cases = model.state.disputes
    cases = cases[cases["stage"] != Stage.FREE]
    cases = cases[model.state.villages["county"][cases["village"]] != 0]
    order = np.lexsort((cases["ordinal"], cases["village"]))
    rows = ("place", "next_in_queue", "before_in_queue", "cause", "next_member", "before_member")
    said = [name for name in cases.dtype.names or () if name not in rows]
    return b"".join(np.ascontiguousarray(cases[name][order]).tobytes() for name in said)


class _Visitor(mesa.Agent):
    """A kind of agent of the user's own that looks at mediators every day and draws luck of its own."""

    def step(self) -> None:
        self.random.random()
        self.model.mediators.agg("caseload", np.sum)


class _Meddler(mesa.Agent):
    """One that does meddle: it sends a mediator home."""

    def step(self) -> None:
        self.model.mediators.set("slots", 0)


def _visited(seed: int) -> tuple[int, int]:
    models = [GovernanceModel(TINY, seed) for _ in range(3)]
    for model, kind in zip(models[1:], (_Visitor, _Meddler), strict=True):
        kind(model)
    for model in models:
        model.run_for(60)
    alone, visited, meddled = (model.ledger() for model in models)
    return cells_apart(alone, visited), cells_apart(alone, meddled)


class _Backwards(GovernanceModel):
    """Runs its cities from the last to the first."""

    def _run_some(self, cities: list[int], reached: dict[int, int], bounds: list[int]) -> Iterator[tuple[int, int]]:
        return super()._run_some(cities[::-1], reached, bounds)


def _in_another_order(seed: int) -> tuple[int, int]:
    usual, other = run(TINY, seed), run(TINY, seed + 1)
    backwards = _Backwards(TINY, seed)
    backwards.run_for(TINY.calendar.days)
    return cells_apart(usual, backwards.ledger()), cells_apart(usual, other)


def _on_threads(seed: int) -> tuple[int, int]:
    usual, other = run(TINY, seed), run(TINY, seed + 1)
    return sum(cells_apart(usual, run(TINY, seed, threads=number)) for number in (2, 3)), cells_apart(usual, other)


UNTOUCHED: tuple[tuple[str, str, str, Callable[[int], tuple[int, int]]], ...] = (
    (
        "one_more_mediator",
        "one more handler in a county: cells of others changed",
        "一县多一名信访办理员：其他县改变的单元",
        _one_more_mediator,
    ),
    ("user_agents", "an agent kind of the user's: bytes changed", "用户自带的主体：改变的字节", _visited),
    ("order_of_cities", "cities in another order: bytes changed", "城市换序：改变的字节", _in_another_order),
    ("threads", "two and three threads: bytes changed", "两个与三个线程：改变的字节", _on_threads),
)
"""What must not touch anybody else: name, in English and Chinese, and what counts what it touched."""


def standard_scores(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlations of every two columns times the root of their length: standard normal when nothing is related."""
    correlations: NDArray[np.float64] = np.asarray(np.corrcoef(columns))
    return correlations[np.triu_indices(len(columns), 1)] * np.sqrt(columns.shape[1])


def streams(seed: int) -> NDArray[np.float64]:
    """The same keys drawn for every purpose, for the next numbers, the next seeds and the next keys."""
    base = 620102001001 << 22
    ways = [(seed, purpose, 1, 0) for purpose in Purpose]
    ways += [(seed, Purpose.CHOOSE, nth, 0) for nth in range(2, 8)]
    ways += [(seed + more, Purpose.CHOOSE, 1, 0) for more in range(1, 7)]
    ways += [(seed, Purpose.CHOOSE, 1, shift << 22) for shift in range(1, 7)]
    people = range(base, base + DRAWS)
    return np.array(
        [[chance.uniform(key, int(what), who + shift, nth) for who in people] for key, what, nth, shift in ways]
    )


def uncorrelated(seeds: Sequence[int]) -> Check:
    """The mean square of all correlations between streams, as standard scores, is 1; a repeated stream is found."""

    def judge(results: Sequence[NDArray[np.float64]]) -> list[Finding]:
        pairs = len(results[0])
        every = np.concatenate(results)
        repeated = [np.concatenate([scores[:-1], [np.sqrt(DRAWS)]]) for scores in results]
        mean, wide = float(np.square(every).mean()), Z * float(np.sqrt(2.0 / len(every)))
        wrong = float(np.square(np.concatenate(repeated)).mean())
        passed = abs(mean - 1.0) <= wide < abs(wrong - 1.0)
        en = f"correlations of {pairs:,} pairs of streams, mean square score"
        zh = f"{pairs:,}对随机流的相关，标准分均方"
        return [Finding("streams", en, zh, 1.0, mean, wide, len(results), passed, wrong=wrong)]

    return Check("streams", SECTION, tuple(partial(_scores, seed) for seed in seeds), judge)


def _scores(seed: int) -> NDArray[np.float64]:
    return standard_scores(streams(seed))


def checks(seed: int, seeds: int) -> list[Check]:
    """All checks of common random numbers."""
    few = range(seed, seed + seeds)
    return [
        *(nothing(name, SECTION, en, zh, piece, few) for name, en, zh, piece in UNTOUCHED),
        uncorrelated(few),
    ]
