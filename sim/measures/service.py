"""What it is like to be served: waits, doors, hand-offs, answers, deadlines; and how busy staff are.

Days to close and service halls have files of their own, ``times_to_close.py`` and ``services.py``.
"""

from __future__ import annotations

from functools import partial

from sim.ledger import WORK_FIGURES, WORK_LEVELS, Ledger
from sim.measures.measure import Measure, per_1000_a_year, share, total
from sim.measures.resolution import THIRD_PARTIES
from sim.measures.summing import once, sums_of

GROUP = "service"


def work(ledger: Ledger, level: str, figure: str) -> int:
    """Sum of one figure (``WORK_FIGURES``) of a work level (``WORK_LEVELS``) over places and months."""
    return _work_sums(ledger)[WORK_LEVELS.index(level)][WORK_FIGURES.index(figure)]


@once
def _work_sums(ledger: Ledger) -> list[list[int]]:
    return sums_of(ledger, "work").tolist()


def utilisation(ledger: Ledger, level: str) -> float:
    """Share of staffed slot-days that a case filled; NaN where nobody is staffed."""
    return share(work(ledger, level, "busy_days"), work(ledger, level, "slot_days"))


def mean_wait(ledger: Ledger, level: str) -> float:
    """Mean days in the queue, of the cases that were started."""
    return share(work(ledger, level, "wait_days"), work(ledger, level, "started"))


def mean_queue(ledger: Ledger, level: str) -> float:
    """Cases waiting at a month's end, all places together, mean over months."""
    return share(work(ledger, level, "queued"), len(ledger.months))


def mean_days_in_work(ledger: Ledger, level: str) -> float:
    """Mean days from joining the queue to the end of the work, over the cases started in the window.

    Days waited by the cases started and slot-days in use: in a steady state the mean time a case spends there.
    """
    return share(work(ledger, level, "wait_days") + work(ledger, level, "busy_days"), work(ledger, level, "started"))


def hand_offs(ledger: Ledger) -> float:
    """Times a matter was sent on, from a wrong window or to the level above, per 1,000 tries at third parties."""
    tries = total(ledger, (f"chose_{forum}" for forum in THIRD_PARTIES))
    return share(1000 * total(ledger, ("handed_off", "handed_up")), tries)


def whistle_response(ledger: Ledger) -> float:
    """Departments that reported in time, per call (calls of the last days may be answered in the next window)."""
    return share(ledger.total("whistle_answered"), ledger.total("whistle_called"))


def answered_share(ledger: Ledger) -> float:
    """Cases that needed a department's answer and got one, however it was asked."""
    given = total(ledger, ("answer_stationed", "whistle_answered", "answer_unaided"))
    return share(given, given + ledger.total("answer_missing"))


def escalation_answered(ledger: Ledger) -> float:
    """Answers that the level above obtained, per missed whistle taken to it."""
    return share(ledger.total("escalation_answered"), ledger.total("whistle_escalated"))


def reporting_hours(ledger: Ledger) -> float:
    """Hours of reporting per 1,000 residents a year."""
    return per_1000_a_year(ledger.total("reporting_minutes") / 60, ledger)


def deadline_compliance(ledger: Ledger) -> float:
    """Accepted petitions closed within 60 days, 90 if complex (2005 Regulations, Art. 33)."""
    in_time = ledger.total("petition_closed_in_time")
    return share(in_time, in_time + ledger.total("petition_closed_late"))


def per_closed_case(ledger: Ledger, event: str) -> float:
    """``doors`` or ``trips`` per recorded settlement by a third party."""
    return share(ledger.total(event), ledger.total("closed_cases"))


_WORK_NAMES = {
    "village": "village mediators",
    "township": "a township's mediators",
    "county": "a county's mediators",
    "city": "a city centre's mediators",
    "prelitigation": "the courts' pre-litigation mediators",
    "petition": "petition handlers",
}
_COURT_MEANINGS = {
    "utilisation": "capacity of the courts in use: suits in hand among suits they can conclude, "
    "background suits included",
    "wait": "mean wait until a court takes up a suit, of suits taken up",
    "queue": "backlog of the courts at a month's end, background suits included, mean over months",
}


def _meanings(level: str) -> dict[str, str]:
    if level == "court":
        return _COURT_MEANINGS
    english = _WORK_NAMES[level]
    return {
        "utilisation": f"time in use of {english}: slot-days with a case among slot-days staffed",
        "wait": f"mean wait for {english}, of cases started",
        "queue": f"cases waiting for {english} at a month's end, mean over months",
    }


def _of_work(level: str) -> tuple[Measure, ...]:
    meanings = _meanings(level)
    return tuple(
        Measure(f"{name}_{level}", partial(function, level=level), unit, better, meanings[name], GROUP)
        for name, function, unit, better in (
            ("utilisation", utilisation, "share", "none"),
            ("wait", mean_wait, "days", "down"),
            ("queue", mean_queue, "cases", "down"),
        )
    )


MEASURES: tuple[Measure, ...] = (
    *(measure for level in WORK_LEVELS for measure in _of_work(level)),
    Measure(
        "prelitigation_days",
        partial(mean_days_in_work, level="prelitigation"),
        "days",
        "down",
        "mean days with the courts' pre-litigation mediators, in the queue and in work",
        GROUP,
    ),
    Measure(
        "hand_offs",
        hand_offs,
        "1/1000",
        "down",
        "times sent on from a wrong window or to the level above, per 1,000 tries at third parties",
        GROUP,
    ),
    Measure(
        "whistle_response",
        whistle_response,
        "share",
        "up",
        "departments that reported in time, per whistle",
        GROUP,
    ),
    Measure(
        "escalation_answered_share",
        escalation_answered,
        "share",
        "up",
        "answers that the level above obtained, per missed whistle taken to it",
        GROUP,
    ),
    Measure(
        "answered_share",
        answered_share,
        "share",
        "up",
        "answers given among answers that departments owed, however they were asked",
        GROUP,
    ),
    Measure(
        "deadline_compliance",
        deadline_compliance,
        "share",
        "up",
        "accepted petitions closed within the legal deadline",
        GROUP,
    ),
    Measure(
        "doors_per_case",
        partial(per_closed_case, event="doors"),
        "doors",
        "down",
        "doors passed per recorded settlement",
        GROUP,
    ),
    Measure(
        "trips_per_case",
        partial(per_closed_case, event="trips"),
        "trips",
        "down",
        "trips made per recorded settlement",
        GROUP,
    ),
    Measure(
        "reporting_hours",
        reporting_hours,
        "hours/1000/year",
        "down",
        "hours that grid workers spend on reporting, per 1,000 residents a year",
        GROUP,
    ),
)
