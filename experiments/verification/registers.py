"""Registers on made-up counts, and registers that are twice as thick beside the same events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from experiments.verification.queues import Figures
from experiments.verification.worlds import TINY, cells_apart
from sim.behaviour import Registers
from sim.ledger import DISPUTE_KINDS, EVENTS, MONTHLY_FIGURES, REGISTERS, Ledger, event
from sim.model import run
from sim.registers import write_down

SETTLED, FAILED = 814, 186
"""Of a district's own counts: 81.4 % settled."""


def observe_printed(left_out: float, seed: int) -> Figures:
    """Success as people's mediation prints it in twelve counties, of a thousand mediations spread over places and
    months by chance."""
    luck = np.random.default_rng(seed)
    counts = np.zeros((12, 12, len(DISPUTE_KINDS), len(EVENTS)), np.int32)
    for county in range(len(counts)):
        for name, number in ((event("durable_village"), SETTLED), (event("failed_township"), FAILED)):
            counts[county, :, 0, name] = np.bincount(luck.integers(0, 12, number), minlength=12)
    monthly = np.zeros((12, 12, len(MONTHLY_FIGURES)))
    months = np.arange("2019-01", "2020-01", dtype="datetime64[M]")
    write_down(counts, monthly, months, Registers(failures_left_out=left_out), np.ones(12))
    settled, failed = (
        monthly[..., MONTHLY_FIGURES.index(f"printed_{name}_people")].sum(axis=1) for name in ("settled", "failed")
    )
    return {"printed": settled / (settled + failed)}


def twice_as_many(seed: int) -> tuple[int, int]:
    """Cells of the ledger, registers aside, that are not the same when people's mediation writes everything down twice,
    or entries that are not twice as many; and the same of petition offices that register half as much."""
    usual = run(TINY, seed)
    behaviour = replace(TINY.behaviour, registers=Registers(written_people=2))
    doubled = run(replace(TINY, behaviour=behaviour), seed)
    petition = replace(TINY.after.petition, registration_county=0.3)
    halved = run(replace(TINY, after=replace(TINY.after, petition=petition)), seed)
    entries = MONTHLY_FIGURES.index("register_people")
    wrong = int((doubled.monthly[..., entries] != 2 * usual.monthly[..., entries]).sum())
    wrong += int(usual.monthly[..., entries].sum() == 0)
    return wrong + cells_apart(without(usual), without(doubled)), cells_apart(without(usual), without(halved))


def without(ledger: Ledger) -> Ledger:
    """A ledger of which all registers are blank."""
    monthly = ledger.monthly.copy()
    for register in REGISTERS:
        for figure in ("register", "printed_settled", "printed_failed"):
            monthly[..., MONTHLY_FIGURES.index(f"{figure}_{register}")] = 0.0
    return replace(ledger, monthly=monthly)
