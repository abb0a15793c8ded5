"""The agenda of what is due, and the order of a day."""

from itertools import permutations
from typing import NamedTuple

import numpy as np
import pytest

from sim import agenda
from sim.agenda import (
    HORIZON,
    NOWHERE,
    PAGE,
    PAGE_BITS,
    PAGE_NUMBERS,
    Phase,
    empty_agenda,
    order_key,
    pages_needed,
    place_of,
    row_of,
    sort,
)
from sim.agents.dispute import NEVER, Dispute, Stage
from sim.compilation import compiled_once
from sim.world import CITY_STATE

TALK = int(Stage.TALKING)
ROWS = 8
VILLAGES = 1_000


class City(NamedTuple):
    """What of a world the agenda reads and writes."""

    disputes: np.ndarray
    agenda: np.ndarray
    pages: np.ndarray
    keys: np.ndarray
    counters: np.ndarray
    state: np.ndarray
    open_on: np.ndarray
    first_village: int = 0


@compiled_once
def _enter(city, d, phase, due, today):
    agenda.enter(city, d, TALK, phase, due, today)


@compiled_once
def _unlink(city, d):
    agenda.unlink(city, d)


@compiled_once
def _take_due(city, phase, today):
    return agenda.take_due(city, phase, today)


class Agenda:
    """An agenda with a few disputes, spoken to in days and phases."""

    def __init__(self, rows: int = ROWS) -> None:
        open_on = np.arange(HORIZON, dtype=np.int32)
        disputes, state = np.zeros(rows, Dispute.record), np.zeros(1, CITY_STATE)
        disputes["bucket"], disputes["repeat_on"], state["free_page"] = NOWHERE, NEVER, NOWHERE
        pages = np.zeros((pages_needed(rows), PAGE_NUMBERS), np.int32)
        keys, counters = np.zeros((2, rows), np.int64), np.zeros(VILLAGES + 1, np.int32)
        self.city = City(disputes, empty_agenda(), pages, keys, counters, state, open_on)
        self.disputes = disputes

    def enter(self, d: int, phase: Phase, due: int, today: int = 0) -> None:
        _enter(self.city, d, int(phase), due, today)

    def unlink(self, d: int) -> None:
        _unlink(self.city, d)

    def take(self, phase: Phase, today: int) -> list[int]:
        number = _take_due(self.city, int(phase), today)
        return [int(row_of(key)) for key in self.city.keys[0, :number]]

    @property
    def linked(self) -> list[int]:
        """Disputes that say they stand in a bucket; each must be where it says."""
        standing = np.flatnonzero(self.disputes["bucket"] >= 0)
        for d in standing:
            place = int(self.disputes["place"][d])
            assert self.city.pages[place >> PAGE_BITS, place & PAGE] == d
        return standing.tolist()

    @property
    def is_empty(self) -> bool:
        return bool((self.city.agenda == empty_agenda()).all())


@pytest.fixture
def few() -> Agenda:
    return Agenda()


def test_what_is_due_comes_on_its_day_in_its_phase_once(few) -> None:
    few.enter(1, Phase.WORK, 5, today=2)
    assert few.disputes[1][["stage", "phase", "due", "since"]].tolist() == (TALK, Phase.WORK, 5, 2)
    assert few.take(Phase.WORK, 4) == few.take(Phase.SETTLE, 5) == []
    assert few.take(Phase.WORK, 5) == [1]
    assert few.take(Phase.WORK, 5) == few.take(Phase.WORK, 5 + HORIZON) == few.linked == []


def test_a_bucket_comes_in_the_order_of_villages_and_ordinals_however_it_was_filled(few) -> None:
    few.disputes["village"] = [3, 1, 2, 1, 0, 0, 0, 0]
    few.disputes["ordinal"] = [0, 9, 4, 2, 0, 0, 0, 0]
    for d in (0, 1, 2, 3):
        few.enter(d, Phase.INTAKE, 7)
    assert few.take(Phase.INTAKE, 7) == [3, 1, 2, 0]
    for d in (2, 0, 3, 1):
        few.enter(d, Phase.INTAKE, 9)
    assert few.take(Phase.INTAKE, 9) == [3, 1, 2, 0]


@pytest.mark.parametrize("gone", list(permutations(range(4), 2)))
def test_unlinking_leaves_the_others(few, gone: tuple[int, int]) -> None:
    for d in range(4):
        few.enter(d, Phase.CLAIM, 3)
    for d in (*gone, gone[0]):  # the third time it stands in no bucket
        few.unlink(d)
    rest = [d for d in range(4) if d not in gone]
    assert few.linked == rest
    assert few.take(Phase.CLAIM, 3) == rest


def test_what_is_due_while_offices_are_closed_comes_on_the_next_open_day_in_its_phase(few) -> None:
    """Days 20 to 22 are closed; grid workers go round on them."""
    few.city.open_on[20:23] = 23
    for d, (phase, due) in enumerate([(Phase.WORK, 20), (Phase.CLAIM, 22), (Phase.WORK, 23), (Phase.PATROL, 21)]):
        few.enter(d, phase, due)
        assert few.disputes["due"][d] == due
    assert [few.take(Phase.WORK, day) for day in (20, 21, 22, 23)] == [[], [], [], [0, 2]]
    assert few.take(Phase.PATROL, 21) == [3] and few.take(Phase.CLAIM, 23) == [1]


def test_a_repeat_petition_and_the_end_of_a_stage_that_both_wait_for_the_holidays_to_end(few) -> None:
    """On the same open day the repeat comes first, though it was due later."""
    few.city.open_on[20:23] = 23
    few.disputes["repeat_on"][1] = 22
    few.enter(1, Phase.WORK, 20)
    assert few.take(Phase.CLAIM, 23) == [1]


def test_unlinking_the_only_one_empties_the_bucket(few) -> None:
    few.enter(2, Phase.CLAIM, 3)
    few.unlink(2)
    assert few.is_empty


def test_entering_another_stage_moves_it(few) -> None:
    few.enter(0, Phase.CLAIM, 3)
    few.enter(1, Phase.CLAIM, 3)
    few.enter(0, Phase.WORK, 4)
    assert (few.take(Phase.CLAIM, 3), few.take(Phase.WORK, 4)) == ([1], [0])


@pytest.mark.parametrize("due", [HORIZON - 1, HORIZON, HORIZON + 1, 1_000, 3 * HORIZON])
def test_what_is_due_beyond_the_horizon_comes_on_its_day(few, due: int) -> None:
    few.enter(4, Phase.SETTLE, due)
    assert [day for day in range(due + HORIZON + 1) if few.take(Phase.SETTLE, day)] == [due]


def test_what_never_comes_stands_nowhere(few) -> None:
    few.enter(0, Phase.WORK, NEVER)
    assert few.linked == []
    assert few.is_empty


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
def test_a_repeat_petition_may_come_first(few, due: int, repeat_on: int, phase: Phase, day: int) -> None:
    few.disputes["repeat_on"][3] = repeat_on
    few.enter(3, Phase.WORK, due, today=5)
    taken = [(p, d) for d in range(5, 60) for p in Phase if few.take(p, d)]
    assert taken == [(phase, day)]


def test_the_key_of_an_order_packs_village_ordinal_and_row() -> None:
    records = np.zeros(1, Dispute.record)
    records["village"], records["ordinal"] = 103, 5
    key = order_key.py_func(Dispute(None, records, 0), 77, 100)
    assert key == (3 << 47) + (5 << 25) + 77
    assert row_of(key) == 77
    assert place_of(key) == 3


@pytest.mark.parametrize("villages", [1, 3, VILLAGES])
def test_sorting_is_numpys(villages: int) -> None:
    generator = np.random.default_rng(1)
    for number in [*range(60), 95, 96, 97, 191, 192, 193, 1000]:
        place, rest = generator.integers(0, villages, number + 5), generator.integers(0, 2**47, number + 5)
        keys = (place << 47) | rest
        keys[: number // 3] = keys[0]  # ties
        expected = np.concatenate([np.sort(keys[:number]), keys[number:]])
        counters = np.full(villages + 1, 77, np.int32)
        sort(keys, np.zeros_like(keys), number, counters)
        np.testing.assert_array_equal(keys, expected)


def test_buckets_of_many_pages() -> None:
    """As many as fill two pages and begin a third; some leave, others take their places, pages are used again."""
    many = 2 * PAGE + 4
    calendar = Agenda(many)
    calendar.disputes["village"] = np.arange(many)[::-1]
    for again in range(3):
        for d in range(many):
            calendar.enter(d, Phase.WORK, 9 + again, today=8 + again)
        assert calendar.linked == list(range(many))
        gone = [0, PAGE - 1, PAGE, many - 1, 5, *range(20, many - 1)]
        for d in gone:
            calendar.unlink(d)
        rest = [d for d in range(many) if d not in gone]
        assert calendar.linked == rest
        calendar.enter(5, Phase.WORK, 9 + again, today=8 + again)
        assert calendar.take(Phase.WORK, 9 + again) == sorted([*rest, 5], reverse=True)
        assert calendar.linked == [] and calendar.is_empty
    assert calendar.city.state["used_pages"][0] == 3


def test_agendas_do_not_run_out_of_pages() -> None:
    """One dispute in every bucket, and then all in one: as many pages as are promised, and no more."""
    rows = 3 * PAGE
    calendar = Agenda(rows)
    for start in range(0, HORIZON - rows, rows):
        for d in range(rows):
            calendar.enter(d, Phase.SETTLE, start + d)
    for d in range(rows):
        calendar.enter(d, Phase.SETTLE, 3)
    assert calendar.city.state["used_pages"][0] <= pages_needed(rows)
    assert calendar.take(Phase.SETTLE, 3) == list(range(rows))
