"""What registers hold and print; what is true stands beside it (``mediations``, ``recorded_success``)."""

from __future__ import annotations

from functools import partial

from sim.ledger import REGISTERS, Ledger
from sim.measures.measure import Measure, per_1000_a_year, share

GROUP = "resolution"

_WHAT = {
    "people": "mediations that people's mediation has on its books",
    "grid": "settlements that grids have on their books",
    "centres": "mediations that centres have on their books",
    "courts": "pre-suit mediations that courts have on their books",
    "stations": "settlements that police stations have on their books",
}


def on_the_books(ledger: Ledger, register: str) -> float:
    """Entries of a register per 1,000 residents a year."""
    return per_1000_a_year(ledger.monthly_total(f"register_{register}"), ledger)


def printed_success(ledger: Ledger, register: str = "people") -> float:
    """Success as a register prints it: settled among what it shows, failures left out or not."""
    settled = ledger.monthly_total(f"printed_settled_{register}")
    return share(settled, settled + ledger.monthly_total(f"printed_failed_{register}"))


MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"register_{register}",
            partial(on_the_books, register=register),
            "1/1000/year",
            "none",
            f"{_WHAT[register]}, per 1,000 residents a year",
            GROUP,
        )
        for register in REGISTERS
    ),
    Measure(
        "register_trivial",
        partial(on_the_books, register="trivial"),
        "1/1000/year",
        "none",
        "of these, settlements on the spot that people's mediation has on its books, per 1,000 residents a year",
        GROUP,
    ),
    Measure(
        "printed_success",
        printed_success,
        "share",
        "none",
        "success as people's mediation prints it: settled among what it shows",
        GROUP,
    ),
)
