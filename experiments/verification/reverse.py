"""Reverse tests: what must do nothing does nothing, what must break breaks, and what must grow grows as much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from experiments.verification import worlds
from experiments.verification.check import Check, Finding, against, exact, limit, mean_and_error, nothing
from experiments.verification.worlds import EQUAL, NOBODY, POLICY, TINY, cells_apart, petitions_of, rewritten
from sim.ledger import CHANNELS, PETITION_LEVELS, Ledger
from sim.model import run
from sim.policy import AssessmentLevers, CentreLevers, PetitionLevers, Policy
from sim.province import load_province
from sim.scenario import ProvinceChoice, Scenario
from sim.stress import Stress

SECTION = "reverse"


def _check(name: str, pieces: Sequence[Callable[[], object]], judge: Callable[..., list[Finding]]) -> Check:
    return Check(name, SECTION, tuple(pieces), judge)


def placebo(seeds: Sequence[int]) -> Check:
    """A policy that is rolled out and changes no lever; the wrong one builds every township's centre."""
    slow = replace(POLICY, roll_out=replace(POLICY.roll_out, batch_2_start=3, ramp=2))
    built = replace(POLICY, centre=replace(CentreLevers(), coverage_township=1))

    def apart(seed: int) -> tuple[int, int]:
        kept = run(TINY, seed)
        return tuple(cells_apart(kept, run(replace(TINY, after=after), seed)) for after in (slow, built))  # type: ignore[return-value]

    return nothing("placebo", SECTION, "a placebo: bytes apart", "安慰剂政策：不同字节", apart, seeds)


def zero_capacity(seeds: Sequence[int]) -> Check:
    """Nobody mediates anywhere: third parties settle nothing, people among themselves still do."""

    def settled(seed: int) -> tuple[int, int, int]:
        ledger = run(replace(TINY, before=NOBODY, after=NOBODY), seed)
        usual = run(TINY, seed)
        return (
            worlds.settled_by_others(ledger) - ledger.total("durable_court"),
            ledger.total("durable_bilateral"),
            worlds.settled_by_others(usual) - usual.total("durable_court"),
        )

    def judge(results: Sequence[tuple[int, int, int]]) -> list[Finding]:
        none, talks, usual = (sum(each) for each in zip(*results, strict=True))
        en, zh = "no staff: settled by mediators and handlers", "无人办理：调解与信访化解数"
        found = exact("zero_capacity", en, zh, 0, none, len(seeds), wrong=float(usual))
        return [replace(found, passed=found.passed and talks > 0 and usual > 0)]

    return _check("zero_capacity", [partial(settled, seed) for seed in seeds], judge)


def relabelled(seeds: Sequence[int]) -> Check:
    """Other names and another order of rows: the same bytes. Other codes are other luck: the same totals."""

    def reordered(seed: int) -> int:
        with rewritten("tiny", worlds.in_another_order) as folder:
            return cells_apart(run(TINY, seed), run(replace(TINY, province=ProvinceChoice(folder)), seed))

    def judge(results: Sequence[int]) -> list[Finding]:
        en, zh = "other names, other order of rows: bytes apart", "改名、改变行序：不同字节"
        return [exact("relabelled", en, zh, 0, sum(results), len(seeds))]

    return _check("relabelled", [partial(reordered, seed) for seed in seeds], judge)


TOTALS: tuple[tuple[str, str, Callable[[Ledger], int]], ...] = (
    ("grievances", "诉求", lambda ledger: ledger.total("raised")),
    ("petitions presented", "提出的信访", lambda ledger: petitions_of(ledger, "presented")),
    ("settled by third parties", "第三方化解", worlds.settled_by_others),
)


def _totals(scenario: Scenario, rewrite: worlds.Rewrite | None, seed: int) -> list[int]:
    if rewrite is None:
        ledger = run(scenario, seed)
    else:
        with rewritten(scenario.province.source, rewrite) as folder:
            ledger = run(replace(scenario, province=ProvinceChoice(folder)), seed)
    return [total(ledger) for _, _, total in TOTALS]


def another_place(
    name: str, en: str, zh: str, rewrite: worlds.Rewrite, factor: float, wrong: float, seeds: Sequence[int]
) -> Check:
    """Totals of a rewritten province over those of the original, on seeds of their own; they must be ``factor``.

    The wrong model has ``wrong`` times the grievances.
    """
    covered = replace(POLICY, centre=replace(CentreLevers(), coverage_township=1, coverage_county=1, working_share=1))
    scenario = replace(EQUAL, before=covered, after=covered)
    more = replace(scenario, behaviour=replace(scenario.behaviour, grievances=60 * wrong))
    half = len(seeds)
    pieces = [partial(_totals, scenario, None, seed) for seed in seeds]
    pieces += [partial(_totals, scenario, rewrite, seed + half) for seed in seeds]
    pieces += [partial(_totals, more, rewrite, seed + half) for seed in seeds]

    def judge(results: Sequence[list[int]]) -> list[Finding]:
        original, rewritten_ones, faulty = (np.array(results[n * half : (n + 1) * half], float) for n in range(3))
        found = []
        for column, (what_en, what_zh, _) in enumerate(TOTALS):
            base = original[:, column]
            ratios = [ones[:, column] / base.mean() for ones in (rewritten_ones, faulty)]
            error = base.std(ddof=1) / np.sqrt(half) / base.mean() * factor
            mean, own, _ = mean_and_error(ratios[0])
            wide = limit(half) * float(np.hypot(own, error))
            other, its, _ = mean_and_error(ratios[1])
            rejected = abs(other - factor) > limit(half) * float(np.hypot(its, error))
            passed = abs(mean - factor) <= wide and (rejected or column > 0)
            found.append(
                Finding(
                    name, f"{en}: {what_en}, ratio", f"{zh}：{what_zh}之比", factor, mean, wide, half, passed,
                    wrong=other if column == 0 else None,
                )
            )  # fmt: skip
        return found

    return _check(name, pieces, judge)


def concealment(seeds: Sequence[int]) -> Check:
    """A recorded number that pays and is never audited is concealed: fewer petitions on record, no fewer grievances."""
    behaviour = replace(TINY.behaviour, effort_productivity=0, nominal_concealment=0)  # concealment and nothing else
    open_book = replace(POLICY, assessment=replace(AssessmentLevers(), weight_recorded=0))
    concealed = replace(POLICY, assessment=replace(AssessmentLevers(), weight_recorded=2, audit_rate=0))

    def figures(after: Policy, seed: int) -> tuple[int, int, int]:
        ledger = run(replace(TINY, behaviour=behaviour, before=open_book, after=after), seed).year(2019)
        return petitions_of(ledger, "registered"), ledger.total("raised"), worlds.unresolved_of(ledger)

    pieces = [partial(figures, after, seed) for after in (open_book, concealed) for seed in seeds]

    def judge(results: Sequence[tuple[int, int, int]]) -> list[Finding]:
        half = len(seeds)
        change = np.array(results[half:], float) - np.array(results[:half], float)
        recorded, error, _ = mean_and_error(change[:, 0])
        left, its, _ = mean_and_error(change[:, 2])
        name = "concealment"
        lower = "concealment: change of petitions on record (below 0)", "瞒报：在册信访变化（小于0）"
        same = "concealment: change of grievances", "瞒报：诉求变化"
        no_lower = "concealment: change of unresolved (not below 0)", "瞒报：未化解诉求变化（不小于0）"
        raised = float(np.abs(change[:, 1]).sum())
        return [
            Finding(name, *lower, 0, recorded, limit(half) * error, half, recorded < -limit(half) * error),
            exact(name, *same, 0, raised, half),
            Finding(name, *no_lower, 0, left, limit(half) * its, half, left >= -limit(half) * its),
        ]

    return _check("concealment", pieces, judge)


def _counted_again(ledger: Ledger) -> int:
    """Further records of petitions at levels below."""
    return petitions_of(ledger, "recorded_twice", PETITION_LEVELS[:3])


def _pushed_down(ledger: Ledger) -> int:
    """Petitions to higher levels that are on the county's record instead."""
    return petitions_of(ledger, "pushed_down", ("county",))


def _due_again(ledger: Ledger) -> int:
    """Further records that are due when every petition on record is counted once more at each level below it."""
    has_counties = load_province(TINY.province.source).cities["county_tier"][ledger.county_city]
    return sum(
        int(((below - ~has_counties) * ledger.by_county(f"{first}registered_{channel}_{PETITION_LEVELS[below]}")).sum())
        for first in ("", "repeat_")
        for channel in CHANNELS
        for below in range(1, len(PETITION_LEVELS))
    )


def stress(seeds: Sequence[int]) -> Check:
    """Stresses do what they say, to the case where that can be counted."""

    def year(stress: Stress, seed: int) -> Ledger:
        services = replace(TINY.behaviour.services, service_grievance=0)
        behaviour = replace(TINY.behaviour, services=services)
        return run(replace(TINY, stress=stress, behaviour=behaviour), seed).year(2019)

    def figures(seed: int) -> dict[str, float]:
        usual, more = year(Stress(), seed), year(Stress(demand_shock=0.3), seed)
        hidden, twice = year(Stress(non_registration=1), seed), year(Stress(double_counting=1), seed)
        registers = PetitionLevers(
            registration_county=1, registration_city=1, registration_province=1, registration_nation=1
        )
        honest = replace(POLICY, petition=registers, assessment=replace(AssessmentLevers(), weight_recorded=0))
        complete = replace(TINY, before=honest, after=honest)
        ledger = run(complete, seed)
        pushed = run(replace(complete, stress=Stress(push_down=0.5)), seed)
        return {
            "shock": more.total("raised") / usual.total("raised"),
            "hidden": float(petitions_of(hidden, "registered")),
            "presented": float(petitions_of(hidden, "presented")),
            "twice": float(_counted_again(twice) - _due_again(twice)),
            "pushed": float(
                petitions_of(pushed, "presented") - petitions_of(pushed, "registered") - _pushed_down(pushed)
            ),
            "pushing": float(_pushed_down(pushed)),
            "unregistered": float(petitions_of(ledger, "presented") - petitions_of(ledger, "registered")),
        }

    def judge(results: Sequence[dict[str, float]]) -> list[Finding]:
        def total(name: str) -> float:
            return sum(each[name] for each in results)

        name, shocks = "stress", [each["shock"] for each in results]
        shock = "30 % more demand: grievances, ratio", "需求增加30%：诉求之比"
        none = "nothing registered: petitions on record", "一律不登记：在册信访"
        again = "counted again below: further records less those due", "逐级重复统计：多出记录减应有"
        complete = "complete registers, no concealment: presented less recorded", "完全登记、无瞒报：提出减在册"
        pushed = "the same, half pushed down: presented less recorded and pushed", "同上，半数下推：提出减在册减下推"
        down = exact(name, *pushed, 0, total("pushed"), len(seeds))
        hidden = exact(name, *none, 0, total("hidden"), len(seeds))
        return [
            against(name, *shock, 1.3, shocks),
            replace(hidden, passed=hidden.passed and total("presented") > 0),
            exact(name, *again, 0, total("twice"), len(seeds)),
            exact(name, *complete, 0, total("unregistered"), len(seeds)),
            replace(down, passed=down.passed and total("pushing") > 0),
        ]

    return _check("stress", [partial(figures, seed) for seed in seeds], judge)


def checks(seed: int, seeds: int) -> list[Check]:
    """All reverse tests; those judged by chance on three times as many seeds, concealment, of which there is little
    in so small a province, on six times as many."""
    few, many, most = (range(seed, seed + times * seeds) for times in (1, 3, 6))
    return [
        placebo(few),
        zero_capacity(few),
        relabelled(few),
        another_place("other_codes", "other codes", "换用其他代码", worlds.under_other_codes, 1.0, 1.1, many),
        another_place("twice", "twice the province", "两倍的省", worlds.twice, 2.0, 1.1, many),
        concealment(most),
        stress(many),
    ]
