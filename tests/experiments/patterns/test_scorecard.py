"""The shipped predictions of what was never fitted: judged by what is reported today, as when they were made."""

from __future__ import annotations

import math

import pytest

from experiments.configuration.ensemble import ensemble_of
from experiments.patterns.reported import patterns_of
from experiments.patterns.scorecard import NAMES, scorecard_document, scorecards


@pytest.mark.parametrize(("name", "card"), [*zip(NAMES, scorecards(), strict=True)], ids=NAMES)
def test_every_held_out_figure_of_the_province_is_there_and_judged_as_it_was(name, card):
    document = scorecard_document(name)
    held_out = [each for each in patterns_of(name) if each.is_held_out]
    if name != card.simulated:
        held_out = [each for each in held_out if not each.is_national]
    assert [each.pattern for each in card.outcomes] == held_out
    assert document["held_out"] is True and document["failed"] == []
    for outcome, stored in zip(card.outcomes, document["patterns"], strict=True):
        pattern = outcome.pattern
        assert stored["reported"] == {"low": pattern.low, "high": pattern.high}, pattern.name
        assert stored["tolerance"] == pattern.tolerance and stored["met"] is outcome.is_met, pattern.name
        assert math.isfinite(outcome.residual) is (stored["residual"] is not None)


def test_they_are_of_the_shipped_set_and_of_all_gansu():
    assert [card.reported for card in scorecards()] == ["gansu", "zhejiang"]
    for card in scorecards():
        scenario = scorecard_document(card.reported)["scenario"]
        assert card.simulated == "gansu" and scenario["province"]["places"] == []
        assert card.ensemble is not None and card.ensemble["sha256"] == ensemble_of("gansu_ensemble").digest
        assert all(each.is_range for each in card.outcomes)
        assert card.model_version == scorecard_document(card.reported)["model_version"] and card.seeds >= 2
        verdicts = [card.judged(verdict) for verdict in (True, False, None)]
        assert sum(map(len, verdicts)) == len(card.outcomes) and not verdicts[2]
