"""The appeal of centres for a given use: found by halving, refused where there is none."""

from __future__ import annotations

import pytest

from petition_pyramid import scenario
from sim.errors import InputError
from tools import centre_use
from tools.centre_use import Use, appeal_of, use_at


def linear(appeal: float) -> Use:
    """From 1 to 11 over the range of the appeal."""
    return Use(1 + 2 * appeal, 0.1 * appeal, appeal)


@pytest.mark.parametrize(("use", "appeal"), [(6, 2.5), (2, 0.5), (10.3, 4.65), (1, 0), (11, 5)])
def test_the_appeal_is_found_within_two_per_cent_of_the_use(use: float, appeal: float) -> None:
    found, met = appeal_of(use, linear)
    assert abs(met.accepted - use) <= 0.02 * use
    assert abs(found - appeal) <= 0.01 * use
    assert met == linear(found)


def test_a_use_that_comes_in_a_leap_is_found_as_nearly_as_can_be() -> None:
    found, _ = appeal_of(5, lambda appeal: Use(1.0 if appeal < 3.3 else 9.0, 0, 0))
    assert abs(found - 3.3) <= centre_use.NEAREST


@pytest.mark.parametrize("use", [0.2, 0.97, 11.4, 50])
def test_a_use_that_no_appeal_gives_is_refused_with_what_there_is(use: float) -> None:
    with pytest.raises(InputError) as raised:
        appeal_of(use, linear)
    told = str(raised.value)
    assert told == (
        f"centre_use: {use:g} accepted matters per 1,000 residents: no centre_appeal from 0 to 5 gives as many here; "
        "0 gives 1 and 5 gives 11"
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], "centre_use: no use given; for example: python -m tools.centre_use 2.0 places=[6203]"),
        (["many"], "centre_use: 'many' is not allowed: a use is a number above 0 and below 1000, such as 2.0"),
        (["0"], "centre_use: '0' is not allowed"),
        (["nan"], "centre_use: 'nan' is not allowed"),
        (["2", "province=atlantis"], "atlantis"),
        (["0.2"], "no centre_appeal from 0 to 5 gives as many here"),
    ],
)
def test_what_is_not_possible_is_told_in_a_line(given, told, monkeypatch, capsys) -> None:
    monkeypatch.setattr(centre_use, "use_at", lambda base, appeal: linear(appeal))
    assert centre_use.main(given) == 2
    message = capsys.readouterr().err
    assert told in message and message.count("\n") == 1


def test_a_row_for_each_use(monkeypatch, capsys) -> None:
    monkeypatch.setattr(centre_use, "use_at", lambda base, appeal: linear(appeal))
    assert centre_use.main(["6", "11", "province=tiny"]) == 0
    rows = capsys.readouterr().out.splitlines()[2:]
    assert rows == ["| 6 | 2.50 | 6.00 | 25 % | 2.5 |", "| 11 | 5.00 | 11.00 | 50 % | 5.0 |"]


def test_centres_that_appeal_are_used_more() -> None:
    base = scenario(*centre_use.WORLD, "province=tiny")
    plain, liked = use_at(base, 0), use_at(base, 3)
    assert 0 < plain.accepted < liked.accepted / 2
    assert 0 < plain.utilisation < liked.utilisation <= 1
    assert use_at(base, 0) == plain  # the same luck
