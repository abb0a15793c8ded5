"""Who petitions: after a suit, and how unevenly, on ledgers made by hand."""

from __future__ import annotations

import math

import pytest

from sim.measures import MEASURES, measure_all
from tests.sim.measures.ledgers import ledger


def made(*counts: int) -> dict[str, int]:
    return {f"presented_ordinal_{ordinal}": count for ordinal, count in enumerate(counts, 1)}


def test_after_a_suit_among_all_that_is_presented_to_the_nation():
    values = measure_all(
        ledger(
            {
                "presented_after_suit_nation": 45,
                "presented_after_suit_province": 900,
                "presented_visit_nation": 50,
                "presented_letter_nation": 10,
                "repeat_presented_online_nation": 40,
            }
        )
    )
    assert values["sued_before_share"] == pytest.approx(0.45)


def test_a_tenth_of_the_claimants_and_what_it_made():
    # 100 claimants, of whom 40 petition twice, 10 three times, 5 four times and none more often: the busiest ten have
    # made 10 first, 10 second, 10 third and 5 fourth petitions
    values = measure_all(ledger(made(100, 40, 10, 5)))
    assert values["top_tenth_share"] == pytest.approx(35 / 155)
    assert values["returning_share"] == pytest.approx((155 - 60) / 155)


def test_all_after_the_last_ordinal_are_the_tenths():
    # 20 claimants; two of them petition eleven times, and one of these thirty times in all
    values = measure_all(ledger(made(20, *[2] * 10, 1 + 18)))
    assert values["top_tenth_share"] == pytest.approx((2 * 11 + 19) / (20 + 20 + 19))


def test_once_each_is_even_and_nobody_is_nothing():
    assert measure_all(ledger(made(10, 12)))["returning_share"] == 1  # two have come first before the window
    values = measure_all(ledger(made(50)))
    assert values["top_tenth_share"] == pytest.approx(0.1) and values["returning_share"] == 0
    none = ledger()
    assert all(math.isnan(MEASURES[name].value(none, none)) for name in ("top_tenth_share", "sued_before_share"))


def test_joint_visits_among_visits_to_a_level():
    made = {"joint_visit_city": 8, "presented_visit_city": 15, "repeat_presented_visit_city": 5}
    values = measure_all(ledger({**made, "presented_letter_city": 100, "joint_visit_county": 3}))
    assert values["joint_share_city"] == pytest.approx(0.4)
    assert math.isnan(values["joint_share_county"])
