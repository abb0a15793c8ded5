"""Numbers as text."""

from __future__ import annotations

import math

import pytest

from experiments.report import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (numbers.plain(-1234.567, 1), "−1,234.6"),
        (numbers.plain(-0.001), "0.00"),
        (numbers.signed(0.0004, 2), "0.00"),
        (numbers.signed(12, 0), "+12"),
        (numbers.percent(0.6524), "65.2\u00a0%"),
        (numbers.signed_percent(-0.359), "−35.9\u00a0%"),
        (numbers.difference(0.0453, "share"), "+4.53"),
        (numbers.difference(-0.0453, "share", 1), "−4.5"),
        (numbers.difference(2.0), "+2.00"),
        (numbers.difference(None), "–"),
        (numbers.plain(math.nan), "–"),
        (numbers.amount(1234567.8), "1,234,568"),
        (numbers.amount(250.0), "250"),
        (numbers.amount(250.25), "250.2"),
        (numbers.amount(12.345), "12.3"),
        (numbers.amount(1.5), "1.50"),
        (numbers.amount(0.01234), "0.0123"),
        (numbers.amount(None), "–"),
        (numbers.amount(0.25, "share"), "25.0\u00a0%"),
        (numbers.bare(0.25, "share"), "25.0"),
        (numbers.interval(1.0, 12.0), "[1.0, 12.0]"),
        (numbers.interval(0.649, 0.654, "share"), "[64.9, 65.4]"),
        (numbers.interval(math.nan, 1.0), ""),
        (numbers.interval(None, 1.0), ""),
        (numbers.difference_interval(-1.0, 2.0), "[−1.00, +2.00]"),
        (numbers.difference_interval(0.0121, 0.0146, "share"), "[+1.21, +1.46]"),
        (numbers.difference_interval(1.0, math.inf), ""),
        (numbers.p_value(0.0004), "< 0.001"),
        (numbers.p_value(0.0321), "0.032"),
    ],
)
def test_numbers_are_written_by_one_rule(text, expected):
    assert text == expected
