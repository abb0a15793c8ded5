"""Known answers of the use of centres: how they become known (Bass 1969), and what a case waits for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from experiments.verification import theory
from experiments.verification.check import Check
from experiments.verification.known_answers import SPACING, Line, check_of
from experiments.verification.queues import Figures, System
from sim.agents.centre import COUNTY
from sim.agents.dispute import NEVER, Dispute
from sim.model import GovernanceModel
from sim.phases.departments import ask_departments, further_departments
from sim.state import world_of

ALONE, TALK = 0.03, 0.38
"""Bass's p and q a year, the mean of many new goods."""

YEARS = (5, 3, 2, 1)
"""After which it is looked who knows a centre; talk tells longer after its opening best."""

EVERY = 4
"""Of so many residents one is asked."""

FIRST_SEEDS = 100
"""Spacings of seeds before these checks begin, so that none shares its luck with another."""


CASES, SHARE = 4000, 0.7
"""Cases a seed that concern a department, and the share of them that concern another."""


def observe_known(system: System, seed: int) -> Figures:
    """Of residents of every county, those who know its centre so many years after it has opened."""
    model = GovernanceModel(system.scenario, seed)
    opened = np.datetime64(system.scenario.calendar.start)
    people = model.residents
    hears = np.array([people[row].traits["hears"] for row in range(0, len(people), EVERY)])
    observed: Figures = {}
    for years in sorted(YEARS):
        first = (opened.astype("datetime64[Y]") + years).astype("datetime64[D]")
        model.run_for(int((first - opened).astype(int)) + 1 - model.today)
        known = model.state.centres["known"][model.state.centres["level"] == COUNTY]
        observed[f"after_{years}"] = (hears.reshape(len(known), -1) <= known[:, None]).mean(axis=1)
    return observed


def awareness(seeds: Sequence[int]) -> Check:
    """County centres that nobody knows when they open; in the wrong model nobody talks of them."""
    new = (
        "behaviour.grievances=40",
        "behaviour.centres.known_first=0",
        f"behaviour.centres.known_by_themselves={ALONE}",
        f"behaviour.centres.known_by_talk={TALK}",
    )
    system = System("queue", "county", overrides=new)

    def lines() -> list[Line]:
        return [
            Line(
                f"after_{years}",
                f"know it after {years} {'year' if years == 1 else 'years'}",
                f"{years}年后知晓者占比",
                theory.known_after(years, ALONE, TALK),
                theory.known_after_months(12 * years, ALONE, TALK),
            )
            for years in YEARS
        ]

    wrong = partial(observe_known, system.other("behaviour.centres.known_by_talk=0"))
    label = f"Bass, p {ALONE:g}, q {TALK:g}"
    return check_of("awareness", label, label.replace(", ", "，"), lines, partial(observe_known, system), wrong, seeds)


def observe_departments(system: System, seed: int) -> Figures:
    """Days for which cases wait that concern one, two and three departments, where nobody calls these.

    Cases made up, of which seven in ten concern another department and seven in ten of these a third.
    """
    model = GovernanceModel(system.scenario, seed)
    model.run_for(1)
    world = world_of(model.state, model.province, 0, seed, model.behaviour_record, model.almanac)
    world.kinds["further"] = SHARE
    rows = world.disputes[:CASES]
    rows[:] = np.zeros(CASES, Dispute.record)
    rows["key"] = np.arange(CASES)
    rows["repeat_on"] = NEVER
    rows["bucket"] = -1
    for d in range(CASES):
        ask_departments(world, d, 1, 0, world.centres[0])
    days = np.maximum(rows["due"], rows["queued_on"]) - 1
    asked = 1 + np.array([further_departments(world, d) for d in range(CASES)])
    return {f"of_{number}": days[asked == number].astype(np.float64) for number in (1, 2, 3)}


def departments(seeds: Sequence[int]) -> Check:
    """A case goes on when the last of its departments has answered or missed; in the wrong model each takes longer."""
    system = System("queue", overrides=("after.centre.working_share=0", "behaviour.further_departments=1"))
    mean = system.scenario.behaviour.unaided_days

    def lines() -> list[Line]:
        known = {number: theory.longest_of(number, mean) for number in (3, 2, 1)}
        return [
            Line(f"of_{number}", f"{number} asked, mean wait", f"征询{number}个部门，平均等候", days, days)
            for number, days in known.items()
        ]

    look = partial(observe_departments, system)
    wrong = partial(observe_departments, system.other(f"behaviour.unaided_days={1.15 * mean:g}"))
    return check_of("departments", "departments, the last of them", "部门答复，以最后者为准", lines, look, wrong, seeds)


def checks(seed: int, seeds: int) -> list[Check]:
    """All of them, each on so many seeds of its own."""
    made = (awareness, departments)
    starts = [seed + SPACING * (FIRST_SEEDS + n) for n in range(len(made))]
    return [make(range(start, start + seeds)) for make, start in zip(made, starts, strict=True)]
