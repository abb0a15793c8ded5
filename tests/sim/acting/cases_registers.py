"""What forms of registers, and pay for what stands in them, must do."""

from __future__ import annotations

from tests.sim.acting.case import Case
from tests.sim.acting.cases_centres import WORKING
from tests.sim.acting.figures import monthly, work

CALLED = {"police_calls": 1}
PEOPLE = monthly("register_people")

REGISTERS = (
    Case("registers.written_people", 2, PEOPLE, +1, "everything is written down twice"),
    Case("registers.written_grid", 0.5, monthly("register_grid"), -1, "half is written down"),
    Case("registers.written_centres", 0.5, monthly("register_centres"), -1, "half is written down"),
    Case("registers.written_courts", 0.5, monthly("register_courts"), -1, "half is written down"),
    Case("registers.written_stations", 0.5, monthly("register_stations"), -1, "half is written down", CALLED),
    Case("registers.written_police", 1, PEOPLE, +1, "what the police settle stands there too", CALLED),
    Case("registers.written_spot", 1, PEOPLE, +1, "what grid workers settle stands there too"),
    Case("registers.written_advice", 1, PEOPLE, +1, "advice counts as mediation", {**WORKING, "advice": 40}),
    Case("registers.written_handed_on", 1, PEOPLE, +1, "what is handed on counts as mediation"),
    Case("registers.written_elsewhere", 1, PEOPLE, +1, "what others have counts once more"),
    Case("staff.case_pay", 106, monthly("case_pay_yuan"), +1, "every case on the books is paid for"),
    Case("caseloads.pay_work", 0.3, work("minutes_there", "village"), +1, "pay draws hours", {"case_pay": 106}),
    Case("registers.pay_paper", 1, monthly("register_trivial"), +1, "pay draws paper", {"case_pay": 106}),
    Case("registers.failures_left_out", 0.9, monthly("printed_failed_people"), -1, "success is printed of fewer"),
)
