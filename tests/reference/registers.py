"""What registers say at the end, from what was counted (ODD 7.30)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sim.ledger import CENTRE_LEVELS, ORIGINS

if TYPE_CHECKING:
    from tests.reference.ledger import Ledger

MEDIATED_IN = {"people": ("village", "township", "county"), "centres": ("township", "county")}
NEUTRAL = {"own": 1, "spot": 0, "police": 0, "advice": 0, "handed_on": 0, "elsewhere": 0, "left_out": 0}


def write_registers(ledger: Ledger) -> None:
    """Books every register's entries and what it prints, county by county and month by month."""
    given = ledger.model.behaviour.registers
    for county in ledger.model.counties:
        for month in range(ledger.model.month_of(ledger.model.days - 1) + 1):
            year, number = divmod(12 * ledger.model.first_day.year + month, 12)
            for register in ("people", "grid", "centres", "courts", "stations"):
                form = form_of(given, register, f"{year}-{number + 1:02d}")
                trend = ledger.model.almanac.trend_in("registers", date(year, number + 1, 1))
                write(ledger, county, month, register, form, trend)


def form_of(given, register: str, month: str) -> dict:
    """The form in force in a month, written as its year and number."""
    form = NEUTRAL | {"own": getattr(given, f"written_{register}"), "left_out": given.failures_left_out}
    if register == "people":
        others = ("spot", "police", "advice", "handed_on", "elsewhere")
        form |= {name: getattr(given, f"written_{name}") for name in others}
    later = [each for each in given.forms if each["register"] == register and each["since"] <= month]
    return NEUTRAL | max(later, key=lambda each: each["since"]) if later else form


def write(ledger: Ledger, county, month: int, register: str, form: dict, trend: float) -> None:
    """One register of a county in a month in which so much more than usual is written down of the same."""

    def happened(*events: str) -> float:
        return trend * ledger.total(list(events), [county], month, month + 1)

    forums = MEDIATED_IN.get(register, ())
    settled = happened(*(f"{how}_{forum}" for how in ("durable", "nominal") for forum in forums))
    own = {"grid": "settled_on_spot", "courts": "prelitigation_started", "stations": "police_settled"}
    settled += happened(own.get(register, "no event"))
    failed = happened(*(f"failed_{forum}" for forum in forums))
    came = trend * sum(ledger.monthly[county.row, month, f"received_{level}"] for level in CENTRE_LEVELS)
    taken_in = happened(*(f"accepted_from_{origin}_{level}" for origin in ORIGINS for level in CENTRE_LEVELS))
    trivial = form["spot"] * happened("settled_on_spot")
    if register == "people":
        pay = ledger.monthly[county.row, month, "case_pay"]
        share = max(form["spot"], min(1, form["spot"] + ledger.model.behaviour.registers.pay_paper * pay / 100))
        trivial = share * happened("settled_on_spot")
        yuan = pay * (form["own"] * happened("durable_village", "nominal_village") + trivial)
        ledger.monthly[county.row, month, "register_trivial"] = trivial
        ledger.monthly[county.row, month, "case_pay_yuan"] = yuan
        ledger.cost[county.row, month] += yuan
    written = (
        form["own"] * settled
        + trivial
        + form["police"] * happened("police_settled")
        + form["advice"] * (came - taken_in)
        + form["handed_on"] * happened("referred", "handed_off", "handed_up")
        + form["elsewhere"] * happened("duplicate_recorded")
    )
    ledger.monthly[county.row, month, f"register_{register}"] = written + form["own"] * failed
    ledger.monthly[county.row, month, f"printed_settled_{register}"] = written
    ledger.monthly[county.row, month, f"printed_failed_{register}"] = (1 - form["left_out"]) * form["own"] * failed
