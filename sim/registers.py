"""What registers say, a function of true events: reckoned when a ledger is read, so that writing makes no work.

Petitions stand apart: whether one is registered decides on its acceptance, so that is drawn in the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.behaviour.registers import SHARES, Registers
from sim.ledger import CENTRE_LEVELS, MONTHLY_FIGURES, ORIGINS, REGISTERS, event


class Own(NamedTuple):
    """Events that a register holds by its nature: what it calls settled, and what failed."""

    settled: tuple[str, ...]
    failed: tuple[str, ...] = ()


def _ended(*forums: str) -> Own:
    settled = tuple(f"{outcome}_{forum}" for outcome in ("durable", "nominal") for forum in forums)
    return Own(settled, tuple(f"failed_{forum}" for forum in forums))


OWN: dict[str, Own] = {
    "people": _ended("village", "township", "county"),
    "grid": Own(("settled_on_spot",)),
    "centres": _ended("township", "county"),
    "courts": Own(("prelitigation_started",)),
    "stations": Own(("police_settled",)),
}
"""By register, in the order of ``ledger.REGISTERS``."""

PAID = _ended("village").settled
"""What people's mediation calls settled and pays village mediators for, beside trivial matters."""

OTHERS = {
    "spot": ("settled_on_spot",),
    "police": ("police_settled",),
    "handed_on": ("referred", "handed_off", "handed_up"),
    "elsewhere": ("duplicate_recorded",),
}
"""Further events that a form may have written down as settled, beside visits for advice."""

CASE_PAY = MONTHLY_FIGURES.index("case_pay")
_RECEIVED = [MONTHLY_FIGURES.index(f"received_{level}") for level in CENTRE_LEVELS]
_ACCEPTED = [f"accepted_from_{origin}_{level}" for origin in ORIGINS for level in CENTRE_LEVELS]


def write_down(
    counts: NDArray[np.integer],
    monthly: NDArray[np.float64],
    months: NDArray[np.datetime64],
    registers: Registers,
    trend: NDArray[np.float64],
) -> None:
    """Fills the figures of registers in ``monthly`` (``Ledger.monthly``) from true events (``Ledger.counts``).

    All that is written down in a month is multiplied by ``trend``, shape (months,).
    """
    others: dict[str, NDArray[Any]] = {name: _sum(counts, events) for name, events in OTHERS.items()}
    others["advice"] = monthly[..., _RECEIVED].sum(axis=-1) - _sum(counts, _ACCEPTED)
    for register in REGISTERS:
        own = OWN[register]
        settled, failed = _sum(counts, own.settled), _sum(counts, own.failed)
        shares = shares_by_month(registers, register, months)
        if register == "people":
            paper = shares["spot"] + registers.pay_paper * monthly[..., CASE_PAY] / 100.0
            shares["spot"] = np.maximum(shares["spot"], np.minimum(1.0, paper))
            trivial = trend * shares["spot"] * others["spot"]
            paid = trend * shares["own"] * _sum(counts, PAID) + trivial
            monthly[..., MONTHLY_FIGURES.index("register_trivial")] = trivial
            monthly[..., MONTHLY_FIGURES.index("case_pay_yuan")] = monthly[..., CASE_PAY] * paid
        written = trend * (shares["own"] * settled + sum(shares[name] * others[name] for name in SHARES[1:]))
        failures = trend * shares["own"] * failed
        for name, figure in (
            ("register", written + failures),
            ("printed_settled", written),
            ("printed_failed", (1 - shares["left_out"]) * failures),
        ):
            monthly[..., MONTHLY_FIGURES.index(f"{name}_{register}")] = figure


def shares_by_month(
    registers: Registers, register: str, months: NDArray[np.datetime64]
) -> dict[str, NDArray[np.float64]]:
    """What the form of a register is in each month, by the names of ``Form``: the last one that has begun."""
    later = sorted((form for form in registers.later() if form.register == register), key=lambda form: form.since)
    forms, starts = [registers.first(register), *later], np.array([form.since for form in later], "datetime64[M]")
    begun = np.searchsorted(starts, months, side="right")
    return {name: np.array([getattr(form, name) for form in forms], float)[begun] for name in (*SHARES, "left_out")}


def _sum(counts: NDArray[np.integer], events: Sequence[str]) -> NDArray[np.int64]:
    """Events summed over kinds, by county and month, one after the other: all at once would take much memory."""
    total = np.zeros(counts.shape[:2], np.int64)
    for name in events:
        total += counts[..., event(name)].sum(axis=2)
    return total
