"""The calendar of what is due, the order of a day and the rows of disputes."""

from itertools import permutations

import numpy as np
import pytest

from sim import world
from sim.agents.dispute import NEVER, Dispute, Stage
from sim.compilation import compiled_once
from sim.ledger import DURATION_EDGES
from sim.world import CITY_STATE, HORIZON, PHASES, Phase, duration_bins, order_key, row_of, sort, take_due, unlink

TALK = int(Stage.TALKING)
ROWS = 8


class Calendar:
    """A calendar with a few disputes, spoken to in days and phases."""

    def __init__(self) -> None:
        self.disputes = np.zeros(ROWS, Dispute.record)
        for name in ("linked_on", "earlier", "later"):
            self.disputes[name] = -1
        self.disputes["repeat_on"] = NEVER
        self.buckets = np.full((PHASES, HORIZON), -1, np.int32)
        self.keys = np.zeros((2, ROWS), np.int64)

    def enter(self, d: int, phase: Phase, due: int, today: int = 0) -> None:
        world.enter(self.disputes, self.buckets, d, TALK, int(phase), due, today)

    def take(self, phase: Phase, today: int) -> list[int]:
        number = take_due(self.disputes, self.buckets, int(phase), today, 0, self.keys)
        return [int(row_of(key)) for key in self.keys[0, :number]]

    @property
    def linked(self) -> list[int]:
        return np.flatnonzero(self.disputes["linked_on"] >= 0).tolist()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


def test_what_is_due_comes_on_its_day_in_its_phase_once(calendar) -> None:
    calendar.enter(1, Phase.WORK, 5, today=2)
    assert calendar.disputes[1][["stage", "phase", "due", "since"]].tolist() == (TALK, Phase.WORK, 5, 2)
    assert calendar.take(Phase.WORK, 4) == calendar.take(Phase.SETTLE, 5) == []
    assert calendar.take(Phase.WORK, 5) == [1]
    assert calendar.take(Phase.WORK, 5) == calendar.take(Phase.WORK, 5 + HORIZON) == calendar.linked == []


def test_a_bucket_comes_in_the_order_of_villages_and_ordinals_however_it_was_filled(calendar) -> None:
    calendar.disputes["village"] = [3, 1, 2, 1, 0, 0, 0, 0]
    calendar.disputes["ordinal"] = [0, 9, 4, 2, 0, 0, 0, 0]
    for d in (0, 1, 2, 3):
        calendar.enter(d, Phase.INTAKE, 7)
    assert calendar.take(Phase.INTAKE, 7) == [3, 1, 2, 0]
    for d in (2, 0, 3, 1):
        calendar.enter(d, Phase.INTAKE, 9)
    assert calendar.take(Phase.INTAKE, 9) == [3, 1, 2, 0]


@pytest.mark.parametrize("gone", list(permutations(range(4), 2)))
def test_unlinking_leaves_the_others(calendar, gone: tuple[int, int]) -> None:
    for d in range(4):
        calendar.enter(d, Phase.CLAIM, 3)
    for d in (*gone, gone[0]):  # the third time it stands in no bucket
        unlink(calendar.disputes, calendar.buckets, d)
    rest = [d for d in range(4) if d not in gone]
    assert calendar.linked == rest
    assert calendar.take(Phase.CLAIM, 3) == rest


def test_unlinking_the_only_one_empties_the_bucket(calendar) -> None:
    calendar.enter(2, Phase.CLAIM, 3)
    unlink(calendar.disputes, calendar.buckets, 2)
    assert (calendar.buckets == -1).all()


def test_entering_another_stage_moves_it(calendar) -> None:
    calendar.enter(0, Phase.CLAIM, 3)
    calendar.enter(1, Phase.CLAIM, 3)
    calendar.enter(0, Phase.WORK, 4)
    assert (calendar.take(Phase.CLAIM, 3), calendar.take(Phase.WORK, 4)) == ([1], [0])


@pytest.mark.parametrize("due", [HORIZON - 1, HORIZON, HORIZON + 1, 1_000, 3 * HORIZON])
def test_what_is_due_beyond_the_horizon_comes_on_its_day(calendar, due: int) -> None:
    calendar.enter(4, Phase.SETTLE, due)
    assert [day for day in range(due + HORIZON + 1) if calendar.take(Phase.SETTLE, day)] == [due]


def test_what_never_comes_stands_nowhere(calendar) -> None:
    calendar.enter(0, Phase.WORK, NEVER)
    assert calendar.linked == []
    assert (calendar.buckets == -1).all()


@pytest.mark.parametrize(
    ("due", "repeat_on", "phase", "day"),
    [
        (NEVER, 20, Phase.CLAIM, 20),
        (30, 20, Phase.CLAIM, 20),
        (20, 20, Phase.CLAIM, 20),  # claims come before work
        (5, 20, Phase.WORK, 5),
        (10, 20, Phase.WORK, 10),
        (30, 5, Phase.CLAIM, 6),  # today's claims, of day 5, are over
        (30, 2, Phase.CLAIM, 6),
    ],
)
def test_a_repeat_petition_may_come_first(calendar, due: int, repeat_on: int, phase: Phase, day: int) -> None:
    calendar.disputes["repeat_on"][3] = repeat_on
    calendar.enter(3, Phase.WORK, due, today=5)
    taken = [(p, d) for d in range(5, 60) for p in Phase if calendar.take(p, d)]
    assert taken == [(phase, day)]


def test_the_key_of_an_order_packs_village_ordinal_and_row() -> None:
    records = np.zeros(1, Dispute.record)
    records["village"], records["ordinal"] = 103, 5
    key = order_key.py_func(Dispute(None, records, 0), 77, 100)
    assert key == (3 << 47) + (5 << 25) + 77
    assert row_of(key) == 77


def test_sorting_is_numpys() -> None:
    generator = np.random.default_rng(1)
    for number in [*range(60), 95, 96, 97, 191, 192, 193, 1000]:
        keys = generator.integers(0, max(2, number // 2) << 40, number + 5)  # some lie beyond what is sorted
        keys[: number // 3] = 7  # ties
        expected = np.concatenate([np.sort(keys[:number]), keys[number:]])
        sort(keys, np.zeros_like(keys), number)
        np.testing.assert_array_equal(keys, expected)


@compiled_once
def _new_row(free_rows, state):
    return world.new_row(free_rows, state[0])


@compiled_once
def _free_row(disputes, calendar, free_rows, state, d):
    world.free_row(disputes, calendar, free_rows, state[0], d)


def test_rows_are_used_again(calendar) -> None:
    state, free_rows = np.zeros(1, CITY_STATE), np.zeros(ROWS, np.int32)
    assert [_new_row(free_rows, state) for _ in range(3)] == [0, 1, 2]
    calendar.enter(1, Phase.WORK, 5)
    _free_row(calendar.disputes, calendar.buckets, free_rows, state, 1)
    assert calendar.disputes["stage"][1] == Stage.FREE
    assert calendar.linked == []
    assert (state["used"][0], state["free"][0]) == (3, 1)
    assert [_new_row(free_rows, state) for _ in range(2)] == [1, 3]
    assert (state["used"][0], state["free"][0]) == (4, 0)


def test_bins_of_durations() -> None:
    bins = duration_bins()
    assert len(bins) == DURATION_EDGES[-1] + 1
    for day in (0, 1, 10, 59, 60, 61, DURATION_EDGES[-1] - 1):
        assert DURATION_EDGES[bins[day]] <= day < DURATION_EDGES[bins[day] + 1]
