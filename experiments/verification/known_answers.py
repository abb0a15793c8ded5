"""Known answers of queueing theory, obtained from the model under configurations that reduce it to those systems."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from experiments.verification import theory
from experiments.verification.check import Check, Finding, against
from experiments.verification.competition import tournament
from experiments.verification.offences import observe_offences
from experiments.verification.queues import (
    FIRST_CLASS,
    TWO_SORTS,
    Figures,
    System,
    as_drawn,
    as_two_classes,
    as_two_sorts,
    choices_of,
    grievances_a_day,
    observe,
    observe_causes,
    observe_counties,
    observe_courts,
    observe_first_come,
    observe_hours,
    observe_network,
    observe_talks,
    together,
)
from experiments.verification.services import observe_services
from sim.agents.dispute_kind import KINDS
from sim.ledger import DISPUTE_KINDS

SECTION = "known_answers"
WRONG_SEEDS = 1
"""Seeds of a deliberately wrong model."""

RESIDENTS = {"township": 500, "county": 2000}
"""Residents of a place of a level in ``configs/verification/places``."""

Observe = Callable[[int], Figures]


@dataclass(frozen=True)
class Line:
    """One figure of a system: the textbook's answer, and the same in whole days; ``scale`` brings what was observed
    to the unit of the textbook."""

    figure: str
    en: str
    zh: str
    known: float
    expected: float
    scale: float = 1.0


def check_of(
    name: str,
    en: str,
    zh: str,
    lines: Callable[[], Sequence[Line]],
    right: Observe,
    wrong: Observe,
    seeds: Sequence[int],
    wrong_seeds: int = WRONG_SEEDS,
) -> Check:
    """A check of what a system shows against its lines; ``wrong`` is a deliberately wrong model, which must fail the
    first of them on so many of the seeds."""
    faulty = list(seeds)[:wrong_seeds]

    def judge(results: Sequence[Any]) -> list[Finding]:
        good, bad = results[: len(seeds)], results[len(seeds) :]
        return [
            against(
                name,
                f"{en}: {line.en}",
                f"{zh}：{line.zh}",
                line.expected,
                line.scale * together(good, line.figure),
                None if number else line.scale * together(bad, line.figure),
                known=line.known,
            )
            for number, line in enumerate(lines())
        ]

    pieces = [partial(right, seed) for seed in seeds] + [partial(wrong, seed) for seed in faulty]
    return Check(name, SECTION, tuple(pieces), judge)


def load_of(system: System, load: float, returning: float = 0.0) -> tuple[float, float]:
    """Arrivals a day at one place and mean service before rounding; checks that they make the load that was meant."""
    scenario = system.scenario
    arrivals = grievances_a_day(scenario, RESIDENTS[system.level]) * choices_of(scenario, returning).tries(system.level)
    mean = scenario.behaviour.mediation_days
    if abs(arrivals * mean - load) > 1e-6:
        raise ValueError(f"{system.config} has a load of {arrivals * mean:.7f} at the {system.level} and not {load}")
    return arrivals, mean


def many_servers(
    name: str, level: str, servers: int, load: float, unit: float, fault: str, seeds: Sequence[int]
) -> Check:
    """M/M/c: wait, queue, all busy, blocked, long waits; ``unit`` is the mean service of the textbook."""
    system = System(name, level)
    arrivals, mean = load_of(system, load)

    def lines() -> list[Line]:
        days = theory.servers_in_days(arrivals, mean, servers)
        wait, busy = theory.wait_of_servers(servers, load), theory.erlang_c(servers, load)
        lost, longer = theory.erlang_b(servers, load), theory.wait_exceeds(servers, load, 1.0)
        return [
            Line("wait", "mean wait Wq", "平均等候Wq", unit * wait, unit * days.wait / mean, unit / mean),
            Line("queue", "mean queue Lq", "平均队长Lq", load * wait, days.queue),
            Line("all_busy", f"all busy, C({servers}, {load:g})", f"全忙C({servers}, {load:g})", busy, days.all_busy),
            Line("blocked", f"B({servers}, {load:g})¹", f"B({servers}, {load:g})¹", lost, days.blocked),
            Line("exceeds", f"wait above {unit:g}", f"等候超过{unit:g}", longer, longer),
            Line("utilisation", "utilisation", "利用率", load / servers, days.busy / servers),
        ]

    look = partial(observe, system, exceeds=mean)
    return check_of(name, f"M/M/{servers}", f"M/M/{servers}", lines, look, partial(observe, system.other(fault)), seeds)


LEFT_AFTER = 2.0
"""Mean patience in a queue that is left, in mean service times."""


def erlang_a(seeds: Sequence[int]) -> Check:
    """M/M/10 + M: who waits loses patience at a constant rate; a rate that grows with the wait is noticed."""
    system = System("erlang_a", "county")
    arrivals, mean = load_of(system, 10.0)
    daily = -math.log1p(-system.scenario.behaviour.waiting.queue_left_90) / 90.0
    if abs(daily * mean * LEFT_AFTER - 1.0) > 1e-6:
        raise ValueError(f"erlang_a: patience must be {LEFT_AFTER:g} services, and is {1.0 / daily / mean:.7f}")

    def lines() -> list[Line]:
        waits, leaves, queue = theory.erlang_a(10, 10.0, LEFT_AFTER)
        days = theory.servers_in_days(arrivals, mean, 10, -math.expm1(-daily))
        return [
            Line("left", "share that leaves", "离队比例", leaves, days.left),
            Line("queue", "mean queue Lq", "平均队长Lq", queue, days.queue),
            Line("all_busy", "chance to wait", "等候概率", waits, days.all_busy),
            Line("utilisation", "utilisation", "利用率", 1.0 - leaves, days.busy / 10.0),
        ]

    wrong = partial(observe, system.other("behaviour.waiting.queue_left_shape=2"))
    label = "M/M/10 + M (Erlang A)"
    return check_of("erlang_a", label, "M/M/10 + M（Erlang A）", lines, partial(observe, system), wrong, seeds)


def one_server(
    name: str,
    system: System,
    fault: str,
    seeds: Sequence[int],
    complexity: Sequence[tuple[float, float]] = theory.EQUAL,
) -> Check:
    """M/G/1 at load 0.8: the mean wait in mean service times."""
    arrivals, mean = load_of(system, 0.8)
    shape = int(system.scenario.behaviour.service_shape)
    variation = sum(share * value**2 for share, value in complexity) * (1.0 + 1.0 / shape) - 1.0

    def lines() -> list[Line]:
        days = theory.wait_of_one_in_days(arrivals, theory.whole_days(mean, shape, complexity))
        return [Line("wait", "mean wait Wq", "平均等候Wq", theory.wait_of_one(0.8, variation), days / mean, 1.0 / mean)]

    label = f"M/G/1, cv² {variation:.3g}"
    wrong = partial(observe, system.other(fault))
    return check_of(name, label, label.replace(", ", "，"), lines, partial(observe, system), wrong, seeds)


def priority(seeds: Sequence[int]) -> Check:
    """Two classes at one server, the overdue first."""
    system = System("one_server", make=as_two_classes)
    arrivals, mean = load_of(system, 0.8)

    def lines() -> list[Line]:
        first, second = theory.waits_of_classes(0.8 * FIRST_CLASS, 0.8 * (1.0 - FIRST_CLASS))
        days = theory.waits_of_classes_in_days(arrivals, FIRST_CLASS, theory.whole_days(mean))
        return [
            Line("wait_first", "overdue, λ 0.2: mean wait", "逾期者λ 0.2：平均等候", first, days[0] / mean, 1.0 / mean),
            Line("wait_second", "others, λ 0.6: mean wait", "其他λ 0.6：平均等候", second, days[1] / mean, 1.0 / mean),
        ]

    wrong = partial(observe_first_come, System("one_server"))
    look = partial(observe, system)
    return check_of("priority", "two classes, overdue first", "两类，逾期优先", lines, look, wrong, seeds)


LOADS = (2 / 1.7 / 3, 1.2 / 1.7 / 2)
"""Loads of the two stations of the textbook's network: λ = (1.176471, 0.705882), μ = (3, 2)."""

FAILS = 0.4 * (1.0 - 1.0 / (1.0 + 2.718281828459045**2))
"""Tries that come back in ``network.yaml``: not durable, and not recorded as settled all the same."""


def network(seeds: Sequence[int]) -> Check:
    """A Jackson network of townships and their county with feedback: cases present at each, and independence."""
    stations = [System("network", level) for level in ("township", "county")]
    loads = [load_of(station, load, FAILS) for station, load in zip(stations, LOADS, strict=True)]

    def lines() -> list[Line]:
        days = [theory.servers_in_days(arrivals, mean, 1) for arrivals, mean in loads]
        known = [load / (1.0 - load) for load in LOADS]
        present = [each.queue + each.busy for each in days]
        return [
            Line("township", "L at station 1", "第1站L", known[0], present[0]),
            Line("county", "L at station 2", "第2站L", known[1], present[1]),
            Line("together", "covariance of both", "两站协方差", 0.0, 0.0),
        ]

    look = partial(observe_network, stations[0])
    wrong = partial(observe_network, stations[0].other("behaviour.mediation_days=13.24235"))
    return check_of("network", "Jackson network", "Jackson网络", lines, look, wrong, seeds)


def court(seeds: Sequence[int]) -> Check:
    """A court as M/D/1: mean backlog in suits, which is the mean wait in services."""
    system = System("court")
    behaviour = system.scenario.behaviour
    days = round(365_000 / behaviour.court_capacity / RESIDENTS["county"])
    load = behaviour.court_background / behaviour.court_capacity

    def lines() -> list[Line]:
        known, expected = theory.wait_of_one(load, 0.0), theory.backlog_in_days(load, days)
        return [Line("backlog", "mean wait Wq", "平均等候Wq", known, expected)]

    wrong = partial(observe_courts, system.other("behaviour.court_capacity=16.6"))  # suits take a tenth longer
    label = "M/D/1 (court), cv² 0"
    look = partial(observe_courts, system)  # slow swings: the fault takes as many seeds to be seen as the truth
    return check_of("court", label, "M/D/1（法院），cv² 0", lines, look, wrong, seeds, len(seeds))


def talks(seeds: Sequence[int]) -> Check:
    """Bilateral talks as M/G/∞: their number is Poisson, whatever their length."""
    system = System("talks")
    scenario = system.scenario
    failing = 1.0 - scenario.behaviour.bilateral_success
    tries = choices_of(scenario, failing).tries("bilateral")
    mean = grievances_a_day(scenario, RESIDENTS["county"]) * tries * scenario.behaviour.bilateral_days

    def lines() -> list[Line]:
        return [
            Line("talks", "mean number", "平均数", mean, mean),
            Line("dispersion", "variance over mean", "方差与均值之比", 1.0, 1.0),
        ]

    wrong = partial(observe_talks, system.other("behaviour.bilateral_days=31.5"))
    return check_of("talks", "M/G/∞ (talks)", "M/G/∞（协商）", lines, partial(observe_talks, system), wrong, seeds)


def hours(seeds: Sequence[int]) -> Check:
    """Saturated mediators who take their time: they end hours / work hours cases a day, whatever their slots."""
    system = System("hours")
    caseloads = system.scenario.behaviour.caseloads
    known = caseloads.part_time_hours / caseloads.work_hours_centre

    def in_days(slots: int) -> float:
        return slots / theory.whole_days(slots / known, complexity=theory.spread_of_complexity()).mean

    def lines() -> list[Line]:
        return [
            Line(f"slots_{slots}", f"{slots} slots: cases a day", f"{slots}件同办：每天办结", known, in_days(slots))
            for slots in (10, 5)
        ]

    def look(seed: int, *overrides: str) -> Figures:
        return {
            f"slots_{number}": observe_hours(
                system.other(f"behaviour.slots_centre={number}", *overrides), seed + 500 * (number == 5)
            )["ended"]
            for number in (10, 5)
        }

    def wrong(seed: int) -> Figures:  # whoever hurries is not slowed down
        return look(seed, "behaviour.caseloads.rush=1")

    return check_of("hours", "too few hours, no hurry", "工时不足、不赶时间", lines, look, wrong, seeds)


HURRY = ("behaviour.slots_centre=1", "behaviour.caseloads.work_hours_centre=40", "behaviour.caseloads.rush=1")
"""A saturated mediator of one slot who has a quarter of the hours that a case asks for, and does not take longer."""


def hurry(seeds: Sequence[int]) -> Check:
    """Saturated mediators who hurry: work is as long as usual, and settles less by the logarithm of the shortage."""
    system = System("hours", overrides=(*HURRY, "behaviour.caseloads.settle_rush=1"))
    behaviour = system.scenario.behaviour
    given = behaviour.caseloads
    asked = behaviour.slots_centre * given.work_hours_centre
    logit = behaviour.intercept_mediation - math.log(asked / (given.part_time_hours * behaviour.mediation_days))
    settled = 1.0 / (1.0 + math.exp(-logit))
    lasting = behaviour.nominal_share * math.exp(-behaviour.relapse_rate)  # nominal, and breaks after a year or never
    durable = settled + (1.0 - settled) * lasting
    ended = behaviour.slots_centre / behaviour.mediation_days

    def lines() -> list[Line]:
        days = theory.whole_days(behaviour.mediation_days, complexity=theory.spread_of_complexity()).mean
        return [
            Line("durable", "durable share", "实质化解占比", durable, durable),
            Line("ended", "cases a day", "每天办结", ended, behaviour.slots_centre / days),
        ]

    wrong = partial(observe_hours, System("hours", overrides=HURRY))  # hurry costs nothing
    label = "a quarter of the hours, hurried"
    return check_of("hurry", label, "只有四分之一工时且赶时间", lines, partial(observe_hours, system), wrong, seeds)


def counties(seeds: Sequence[int]) -> Check:
    """Counties that differ by their own luck: their rates vary as a lognormal number does."""
    spread = 0.2
    system = System("talks", overrides=(f"behaviour.counties.spread_grievances={spread}",))

    def lines() -> list[Line]:
        known = math.exp(spread**2) - 1.0
        return [
            Line("variation", "cv² of grievances, less chance", "诉求率cv²（扣除偶然）", known, known),
            Line("own", "grievances over what its luck gives", "诉求与其自身水平之比", 1.0, 1.0),
        ]

    wrong = partial(observe_counties, System("talks"))  # all alike
    label = f"counties that differ by {spread:g}"
    return check_of("counties", label, f"县际差异{spread:g}", lines, partial(observe_counties, system), wrong, seeds)


def offences(seeds: Sequence[int]) -> Check:
    """Offences as a Poisson stream: as many per unit of grievance and year whatever a dispute goes through."""
    system = System("offences")
    quick = system.other("behaviour.bilateral_days=1", "behaviour.patience=5")
    behaviour = system.scenario.behaviour
    known = behaviour.offence_rate * (1.0 - behaviour.trust_mean)

    def lines() -> list[Line]:
        return [
            Line("0", "long talks", "协商时间长", known, known),
            Line("1", "short talks", "协商时间短", known, known),
        ]

    wrong = partial(observe_offences, [system.other("behaviour.trust_mean=0.3")])  # more distrust
    label = "offences per grievance-year", "每怨气年治安案件"
    return check_of("offences", *label, lines, partial(observe_offences, [system, quick]), wrong, seeds)


def causes(seeds: Sequence[int]) -> Check:
    """Causes that several claimants share: grievances are a compound Poisson stream, as many as without."""
    system = System("talks", overrides=("behaviour.causes.groups=1", "behaviour.kinds.share_labour=2"))
    shared = float(KINDS["shared"][DISPUTE_KINDS.index("labour")])
    known = theory.dispersion_of_causes(shared, system.scenario.behaviour.causes.group_size)

    def lines() -> list[Line]:
        return [
            Line("dispersion", "variance over mean of labour disputes", "劳动争议件数方差与均值之比", known, known),
            Line("matters", "labour disputes over what their rate gives", "劳动争议件数与其发生率之比", 1.0, 1.0),
        ]

    wrong = partial(observe_causes, system.other("behaviour.causes.groups=0"), kind="labour")  # each has its own
    look = partial(observe_causes, system, kind="labour")
    return check_of("causes", "compound Poisson", "复合泊松", lines, look, wrong, seeds)


def services(seeds: Sequence[int]) -> Check:
    """Requests in one channel without shortage, of which the unmet come again: w / m trips for each that is met."""
    system = System("services")
    behaviour, levers = system.scenario.behaviour, system.scenario.after.services
    windows = 1.0 + (1.0 - levers.one_window) * (behaviour.doors_windows - 1.0)
    met = behaviour.services.door_success**windows
    tries = 1.0 / (1.0 - behaviour.services.service_retry * (1.0 - met))
    raised = behaviour.services.service_grievance * (1.0 - tries * met)

    def lines() -> list[Line]:
        return [
            Line("met", "met in the end", "最终办成比例", tries * met, tries * met),
            Line("trips", "trips", "跑动次数", tries * windows, tries * windows),
            Line("raised", "grievances of the refused", "未办成者引发的诉求", raised, raised),
        ]

    wrong = partial(observe_services, system.other("behaviour.services.service_retry=0"))  # nobody comes again
    label = "for each first request", "每件首次请求"
    return check_of("services", *label, lines, partial(observe_services, system), wrong, seeds)


SPACING = 1000
"""Seeds between two systems, so that no two share their luck."""


def checks(seed: int, seeds: int) -> list[Check]:
    """All known answers, each on so many seeds of its own from ``seed`` on."""
    longer = "behaviour.mediation_days=9.871577"  # service a tenth longer
    drawn = System("one_server", make=as_drawn)
    made: list[Callable[[Sequence[int]], Check]] = [
        partial(many_servers, "mm1", "township", 1, 0.625, 0.125, "behaviour.mediation_days=7.71217"),
        partial(many_servers, "mm3", "township", 3, 2.0, 10.0, "behaviour.slots_centre=4"),
        partial(many_servers, "mm4", "township", 4, 2.0, 10.0, "behaviour.mediation_days=24.678943"),
        partial(many_servers, "erlang_5_3", "township", 5, 3.0, 1.0, "behaviour.slots_centre=6"),
        partial(many_servers, "erlang_10_7", "county", 10, 7.0, 1.0, "behaviour.slots_centre=9"),
        partial(many_servers, "erlang_10_8", "county", 10, 8.0, 1.0, "behaviour.slots_centre=11"),
        partial(many_servers, "erlang_20_18", "county", 20, 18.0, 1.0, "behaviour.slots_centre=22"),
        court,
        partial(one_server, "mg1_half", System("one_server", overrides=("behaviour.service_shape=2",)), longer),
        partial(one_server, "mg1_one", System("one_server"), longer),
        partial(one_server, "mg1_drawn", drawn, longer, complexity=theory.spread_of_complexity()),
        partial(one_server, "mg1_four", System("one_server", make=as_two_sorts), longer, complexity=TWO_SORTS),
        priority,
        network,
        talks,
        counties,
        erlang_a,
        tournament,
        offences,
        causes,
        services,
        hours,
        hurry,
    ]
    return [make(range(seed + SPACING * n, seed + SPACING * n + seeds)) for n, make in enumerate(made, 1)]
