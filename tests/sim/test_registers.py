"""What registers say: by hand, of forms that change, and of a form that is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS, EVENTS, MONTHLY_FIGURES, REGISTERS, event
from sim.registers import OWN, write_down
from sim.scenario import Scenario
from tests.neutral import NEUTRAL

MONTHS = np.arange("2019-01", "2020-01", dtype="datetime64[M]")

HAPPENED = {
    "durable_village": 10,
    "nominal_township": 4,
    "durable_county": 3,
    "failed_village": 5,
    "failed_county": 1,
    "settled_on_spot": 7,
    "prelitigation_started": 6,
    "police_settled": 5,
    "referred": 2,
    "handed_off": 1,
    "handed_up": 3,
    "duplicate_recorded": 8,
    "accepted_from_claimant_county": 2,
    "durable_bilateral": 100,
}
"""In every month, in one county."""

CAME = 9
"""Visits to a county's centre."""


def written(case_pay: float = 0, trend: float | list[float] = 1, **given: Any) -> dict[str, list[float]]:
    """What registers say, by figure and month, where a case pays so much."""
    counts = np.zeros((1, 12, len(DISPUTE_KINDS), len(EVENTS)), np.int32)
    for name, number in HAPPENED.items():
        counts[0, :, 3, event(name)] = number
    monthly = np.zeros((1, 12, len(MONTHLY_FIGURES)))
    monthly[..., MONTHLY_FIGURES.index("received_county")] = CAME
    monthly[..., MONTHLY_FIGURES.index("case_pay")] = case_pay
    registers = replace(NEUTRAL.registers, **given)
    write_down(counts, monthly, MONTHS, registers, np.broadcast_to(np.asarray(trend, float), 12))
    return {name: monthly[0, :, column].tolist() for column, name in enumerate(MONTHLY_FIGURES)}


def test_neutral_forms_hold_what_is_their_own() -> None:
    found = written()
    assert found["register_people"] == [10 + 4 + 3 + 5 + 1] * 12
    assert found["register_centres"] == [4 + 3 + 1] * 12
    assert found["register_grid"] == [7] * 12 and found["register_courts"] == [6] * 12
    assert found["register_stations"] == [5] * 12
    assert found["printed_settled_people"] == [17] * 12 and found["printed_failed_people"] == [6] * 12
    assert tuple(OWN) == REGISTERS


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({"written_spot": 0.5}, 3.5),
        ({"written_police": 0.2}, 1),
        ({"written_advice": 1}, CAME - 2),
        ({"written_handed_on": 0.5}, 3),
        ({"written_elsewhere": 0.25}, 2),
        ({"written_people": 2}, 23),
        ({"written_people": 0}, -23),
        ({"failures_left_out": 1}, 0),
    ],
)
def test_what_else_is_written_down(given: dict[str, float], more: float) -> None:
    found = written(**given)
    assert found["register_people"] == [23 + more] * 12
    assert found["register_grid"] == [7] * 12  # another book


def test_failures_left_out_make_success_look_better() -> None:
    found = written(written_people=2, failures_left_out=0.75)
    assert found["register_people"] == [46] * 12
    assert found["printed_settled_people"] == [34] * 12 and found["printed_failed_people"] == [3] * 12


def test_a_trend_multiplies_all_that_is_written_down_and_what_is_paid_for_it() -> None:
    given = {"written_spot": 0.5, "written_advice": 1, "failures_left_out": 0.5}
    usual, risen = written(100, **given), written(100, trend=[1] * 6 + [2.5] * 6, **given)
    multiplied = {name for name in risen if risen[name] != usual[name]}
    books = {f"{figure}_{each}" for each in REGISTERS for figure in ("register", "printed_settled")}
    failed = {"printed_failed_people", "printed_failed_centres"}
    assert multiplied == books | failed | {"register_trivial", "case_pay_yuan"}
    for name in multiplied:
        assert risen[name] == [usual[name][0]] * 6 + [2.5 * usual[name][0]] * 6
    assert risen["register_people"][-1] == 2.5 * (23 + 3.5 + 7)


@pytest.mark.parametrize(
    ("given", "case_pay", "spot"),
    [
        ({"pay_paper": 0.4}, 100, 0.4),
        ({"pay_paper": 0.4}, 50, 0.2),
        ({"pay_paper": 0.4, "written_spot": 0.5}, 100, 0.9),
        ({"pay_paper": 1, "written_spot": 0.5}, 250, 1),
        ({"written_spot": 0.5}, 106, 0.5),
        ({}, 106, 0),
    ],
)
def test_pay_by_the_case_draws_paper_and_is_paid_for_what_villages_have_on_the_books(given, case_pay, spot) -> None:
    found = written(case_pay, **given)
    assert found["register_trivial"] == pytest.approx([7 * spot] * 12)
    assert found["register_people"] == pytest.approx([23 + 7 * spot] * 12)
    assert found["case_pay_yuan"] == pytest.approx([case_pay * (10 + 7 * spot)] * 12)  # settled in villages: ten
    assert found["register_grid"] == [7] * 12


def test_pay_is_for_each_time_that_a_settlement_is_written_down() -> None:
    assert written(100, written_people=2)["case_pay_yuan"] == [100 * 2 * 10] * 12


def test_a_form_holds_from_its_month_on_whatever_the_order_in_which_forms_are_given() -> None:
    forms = [
        {"register": "people", "since": "2019-09", "own": 0, "spot": 1},
        {"register": "people", "since": "2019-03", "own": 2},
        {"register": "grid", "since": "2018-01", "own": 3},
    ]
    found = written(written_elsewhere=1, forms=forms)
    assert found["register_people"] == [23 + 8] * 2 + [46] * 6 + [7] * 4
    assert found["register_grid"] == [21] * 12


@pytest.mark.parametrize(
    ("forms", "message"),
    [
        ("people", "'people' is not allowed: it must be a list of forms, such as [{register: people"),
        ([3], "3 is not allowed: a form is written {register: people, since: 2020-01, own: 2}"),
        ([{"register": "people"}], "a form is written {register: people, since: 2020-01, own: 2}"),
        (
            [{"register": "folk", "since": "2019-01"}],
            "'folk' is not allowed: a register is one of people, grid",
        ),
        ([{"register": "grid", "since": "2019-13"}], "'2019-13' is not allowed: since is a month, such as 2020-01"),
        (
            [{"register": "grid", "since": "2019-01", "owm": 1}],
            "'owm' is not allowed: a form has register, since",
        ),
        ([{"register": "grid", "since": "2019-01", "own": -0.1}], "'own: -0.1' is not allowed: it must be 0 or more"),
        ([{"register": "grid", "since": "2019-01", "spot": True}], "'spot: True' is not allowed: it must be 0 or more"),
        ([{"register": "grid", "since": "2019-01", "left_out": 2}], "'left_out: 2' is not allowed: it must be 0 to 1"),
        ([{"register": "grid", "since": "2019-01"}] * 2, "register grid has 2 forms from 2019-01 on"),
    ],
)
def test_what_is_no_form_is_refused_with_one_message(forms: Any, message: str) -> None:
    with pytest.raises(InputError) as raised:
        Scenario().vary({"behaviour.registers.forms": forms})
    told = str(raised.value)
    assert told.startswith("behaviour.registers.forms: ") and message in told and "\n" not in told


def test_forms_survive_being_written_down_and_read() -> None:
    given = Scenario().vary({"behaviour.registers.forms": [{"register": "people", "since": "2019-01", "own": 2}]})
    assert Scenario.from_dict(given.as_dict()) == given != Scenario()
