"""What registers say of whole runs: the true figures by neutral forms, and more entries where registers grow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.ledger import MONTHLY_FIGURES, REGISTERS
from sim.measures import measure_all
from sim.model import run
from sim.scenario import Calendar, ProvinceChoice, Scenario
from tests.tiers import province_with


def test_neutral_registers_are_the_true_figures() -> None:
    ledger = run(Scenario(province=ProvinceChoice("tiny")), 1)
    values = measure_all(ledger)
    assert values["register_people"] == pytest.approx(values["mediations"]) and values["mediations"] > 0
    assert values["register_courts"] == pytest.approx(values["prelitigation"]) and values["prelitigation"] > 0
    assert values["printed_success"] == values["recorded_success"] < 1
    assert ledger.monthly_total("register_grid") == ledger.total("settled_on_spot") > 0


def test_a_province_whose_registers_grow_has_the_same_events_and_more_entries(tmp_path: Path) -> None:
    """The index doubles from year to year: at the middle of 2018 it is 1, half a month later 2^(1/24)."""
    calendar = Calendar(start="2018-01-01", reform="2019-01-01", measures="2018-01-01", end="2020-12-31")
    source = province_with(tmp_path / "mine", trends="year,registers\n2018,50\n2019,100\n2020,200\n")
    usual, ours = (run(Scenario(province=ProvinceChoice(each), calendar=calendar), 1) for each in ("tiny", source))
    assert (ours.counts == usual.counts).all() and (ours.cost == usual.cost).all()
    month = np.arange(36)
    index = 2.0 ** np.clip((month - 5.5) / 12, 0, 2)
    for register in REGISTERS:
        column = MONTHLY_FIGURES.index(f"register_{register}")
        assert ours.monthly[..., column] == pytest.approx(index * usual.monthly[..., column])
    assert ours.monthly_total("register_people") > 1.5 * usual.monthly_total("register_people") > 0
