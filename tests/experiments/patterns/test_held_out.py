"""What is held out stays as it was fixed before anything was fitted to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.patterns.held_out import SINCE, held_out_digest
from experiments.patterns.reported import patterns_of

DIGEST = "31b6f89836ba9bdbf8a0fe2683eb76ef5812fa8bd03fa30551d8c83137ab00a1"
"""Of the figures of Gansu as they were on ``SINCE``: whoever changes one dates it anew, and fits again."""


def test_what_is_held_out_is_as_it_was_when_it_was_dated():
    assert SINCE == "2026-11-30"
    assert held_out_digest(patterns_of("gansu")) == {"since": SINCE, "sha256": DIGEST}


@pytest.mark.parametrize("changed", [{"low": 0.123}, {"high": 0.987}, {"tolerance": 0.456}])
def test_a_digest_tells_of_ranges_and_tolerances_of_what_is_held_out_alone(changed):
    patterns = patterns_of("gansu")
    for number, each in enumerate(patterns):
        others = (*patterns[:number], replace(each, **changed), *patterns[number + 1 :])
        assert (held_out_digest(others)["sha256"] == DIGEST) is not each.is_held_out
