"""How runs of engines become ratios: within a round, and never for what is not there."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest

from bench import peers
from bench.network.engines import ENGINES
from bench.network.open_network import Outcome, reduced

WAITS = reduced().waits


@pytest.fixture
def measured(monkeypatch):
    """Three rounds of a kernel on a machine that slows down, and of two peers; a third fails in the second round."""
    engines = {
        name: replace(ENGINES[name], is_installed=lambda name=name: name in ("kernel", "ciw", "mesa", "simpy"))
        for name in ENGINES
    }
    monkeypatch.setattr(peers, "ENGINES", engines)

    def outcome(engine: str, seed: int) -> Outcome:
        if engine == "simpy" and seed == 2:
            raise subprocess.CalledProcessError(1, "simpy", stderr="Traceback …\nValueError: no\n")
        slow = {"simpy": 1.0, "kernel": 1.0, "ciw": 1000.0, "mesa": 100.0 * seed}[engine]
        error = 0.01 * (seed - 2) + (1.0 if engine == "mesa" else 0.0)
        waits = tuple(wait + error for wait in WAITS)
        return Outcome(24_000_000, seed * slow, waits, "1.0")

    monkeypatch.setattr(peers, "outcome", outcome)
    return {line.name: line for line in peers.measure(rounds=3)}


def test_speed_is_the_median_of_rounds(measured):
    kernel = measured["services of the open network"]
    assert (kernel.value, kernel.unit, kernel.verdict) == (12.0, "million/s", "met")


def test_a_ratio_is_of_the_same_round(measured):
    """Speeds fall to a third in both; the ratio to Ciw is 1,000 in every round, that to Mesa 100, 200 and 300."""
    assert measured["than Ciw"].value == pytest.approx(1000.0)
    assert measured["than Mesa, events"].value == pytest.approx(200.0)


def test_waits_are_judged(measured):
    assert "waits as theory: township 0.554 ± 0.006 (0.554)" in measured["than Ciw"].note
    assert "WAITS DIFFER from theory" in measured["than Mesa, events"].note


def test_a_missing_peer_has_no_value(measured):
    for name in ("than Cimba, processes", "than Cimba, events"):
        assert measured[name].value is None and measured[name].note.startswith("not installed: ")
        assert measured[name].verdict == "not measured"


def test_a_peer_that_fails_has_no_value(measured):
    assert measured["than SimPy"].value is None
    assert measured["than SimPy"].note == "failed: ValueError: no"
