"""Finished models are freed without waiting for Python's collector."""

from __future__ import annotations

import gc
import weakref

import pytest

import sim.model
from experiments.runs import memory as leftovers
from experiments.runs.run import batches, runs_of
from sim.scenario import ProvinceChoice, Scenario


class Knotted:
    """Refers to itself, as a model does."""

    def __init__(self) -> None:
        self.step = self.advance

    def advance(self) -> None:
        """Nothing."""


@pytest.mark.parametrize("fails", [False, True])
def test_a_batch_frees_its_models(monkeypatch, fails):
    left = []

    def run_branches(scenarios, seed, threads, progress):
        model = Knotted()
        left.append(weakref.ref(model))
        if fails:
            raise ValueError("no")
        yield object()

    monkeypatch.setattr(sim.model, "run_branches", run_branches)
    monkeypatch.setattr("experiments.runs.run.Batch._record", lambda batch, ledger, run, before: b"")
    monkeypatch.setattr(leftovers, "EVERY", 0.0)
    outcomes = []
    gc.disable()
    try:
        for batch in batches(runs_of(Scenario(province=ProvinceChoice("tiny")), [0]), 1):
            batch.carry_out(outcomes.append, lambda: False)
        assert [outcome.error for outcome in outcomes] == (["ValueError: no"] if fails else [""])
        assert [reference() for reference in left] == [None]
    finally:
        gc.enable()


def test_it_looks_now_and_then(monkeypatch):
    looks = []
    now = iter([100.0, 100.4, 101.1, 101.2])
    monkeypatch.setattr(leftovers.gc, "collect", lambda: looks.append(1))
    monkeypatch.setattr(leftovers.time, "monotonic", lambda: next(now))
    monkeypatch.setattr(leftovers, "_looked", 0.0)
    for expected in (1, 1, 2, 2):
        leftovers.free()
        assert len(looks) == expected


def test_what_was_put_aside_comes_back():
    before = gc.get_freeze_count()
    with leftovers.cheap_to_free():
        assert gc.get_freeze_count() > before + 1000
    assert gc.get_freeze_count() <= before
