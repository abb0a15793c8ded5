"""When a report credits centres, and how the share of reports that do is judged."""

from __future__ import annotations

import pytest

from experiments.statistics.headline import HEADLINE
from experiments.verification.credit import is_credited, rate

SPREAD = (-3.0, -1.0, 1.0, 3.0, -2.0, 2.0, 0.0, 0.0)
"""Of eight pairs, with sum 0."""


def pairs(changed: str, by: float, spread: float = 0.1) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """Figures of eight seeds, all 100, and the same with one measure changed by so much, more or less."""
    reference = [dict.fromkeys(HEADLINE, 100.0) for _ in SPREAD]
    policy = [{**figures, changed: 100.0 + by + spread * each} for figures, each in zip(reference, SPREAD, strict=True)]
    return reference, policy


@pytest.mark.parametrize(
    ("measure", "by", "is_told"),
    [
        ("durable_resolution", 1.0, True),  # for the better
        ("durable_resolution", -1.0, False),  # for the worse
        ("petitions_total", -5.0, True),
        ("petitions_total", 5.0, False),
        ("petitions_total", -1.0, False),  # below the smallest effect of interest, 2 of 100
        ("petitions_province", -5.0, True),
        ("recorded_success", 5.0, False),  # the record is no settlement
        ("unresolved_added", -5.0, False),
    ],
)
def test_a_change_for_the_better_of_settlement_or_petitions_is_credited(measure: str, by: float, is_told: bool):
    assert is_credited(*pairs(measure, by)) is is_told


def test_what_may_be_chance_is_not_credited():
    """Deviation of ``SPREAD`` 2; its standard error of eight 0.71. At 5 ± 0.71 a t of 7 is p = 0.0002, at 2.5 times the
    spread t is 2.8, p = 0.026, which is a twelfth of its family's: 0.026 · 12 > 0.05."""
    assert is_credited(*pairs("durable_resolution", 5.0, 1.0))
    assert not is_credited(*pairs("durable_resolution", 5.0, 2.5))


def test_no_change_at_all_is_not_credited():
    assert not is_credited(*pairs("durable_resolution", 0.0, 0.0))


def test_a_share_of_reports_is_judged_on_its_side():
    """Of 20 reports with a chance of .05 eight or more credit in 3 of a million cases, seven or more in 34; with .9 ten
    or fewer do in 7 of a million, eleven or fewer in 60. Allowed are 32 on either side."""
    assert [rate("", "", 0.05, hits / 20, 20).passed for hits in (0, 7, 8, 20)] == [True, True, False, False]
    assert [rate("", "", 0.9, hits / 20, 20, at_least=True).passed for hits in (10, 11, 20)] == [False, True, True]


def test_a_wrong_reader_has_to_be_told_from_the_right_one():
    assert rate("", "", 0.05, 0.0, 20, wrong=0.4).passed
    assert not rate("", "", 0.05, 0.0, 20, wrong=0.35).passed
    assert rate("", "", 0.9, 1.0, 20, wrong=0.5, at_least=True).passed
    assert not rate("", "", 0.9, 1.0, 20, wrong=0.55, at_least=True).passed
