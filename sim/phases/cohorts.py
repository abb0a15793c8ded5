"""How long matters take, by cohort: from the grievance and from an office to the first end (part of many phases)."""

from __future__ import annotations

from sim.compilation import compiled
from sim.ledger import DURATION_OUTCOMES, event
from sim.records import Row
from sim.world import World

DURABLE_END, NOMINAL_END, GIVEN_UP_END, CONCEDED_END = range(len(DURATION_OUTCOMES) - 1)
"""Outcomes of ``Ledger.durations`` that end a clock; what is open is found when the ledger is read."""

FROM_GRIEVANCE, FROM_INTAKE = range(2)
"""Clocks of ``Ledger.durations``."""

NOT_YET, ENDED = -1, -2
"""In place of the day on which a matter reached an office: it has not; its clock has stopped."""

REACHED = event("reached_office")


@compiled
def reach_office(world: World, dispute: Row, today: int, month: int) -> None:
    """The second clock starts on the day on which a matter first reaches an office."""
    if dispute.reached_on == NOT_YET:
        dispute.reached_on = today
        world.counts[world.villages[dispute.village].county, month, dispute.kind, REACHED] += 1


@compiled
def stop_clocks(world: World, dispute: Row, today: int, outcome: int) -> None:
    """A matter ends, or seems to, for the first time: clocks that run stop, in the cohorts in which they started."""
    county = world.villages[dispute.village].county
    if dispute.is_timed == 0:
        dispute.is_timed = 1
        book_time(world, county, FROM_GRIEVANCE, dispute.opened, today, outcome)
    if dispute.reached_on >= 0:
        book_time(world, county, FROM_INTAKE, dispute.reached_on, today, outcome)
        dispute.reached_on = ENDED


@compiled
def book_time(world: World, county: int, clock: int, start: int, today: int, outcome: int) -> None:
    """Books the days from a clock's start in the month of the start; before the run there is no cohort."""
    if start < 0:
        return
    days = min(today - start, len(world.duration_bin) - 1)
    world.durations[county, world.month_of_day[start], clock, outcome, world.duration_bin[days]] += 1
