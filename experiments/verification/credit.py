"""The reverse test of the toolkit's own verdict: centres that do nothing get no credit, and ones that do much are seen.

In one world petitions fall by themselves, year by year, and a strict rule of acceptance comes with the reform. The same
centres are built there on paper, with nobody in them, or so that they work. A report is what a comparison of ``PAIRS``
seeds says; it credits centres where it marks a change for the better as one that matters and is no chance find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from scipy import stats

from experiments.runs.record import values_of
from experiments.runs.windows import windows_of
from experiments.statistics.headline import HEADLINE
from experiments.statistics.paired import holm, paired_difference
from experiments.statistics.relevance import SIGNIFICANT, is_found, judge_effect
from experiments.verification.check import CHANCE, Check, Finding
from experiments.verification.reverse import SECTION
from experiments.verification.worlds import POLICY, TINY
from sim.measures import SummedLedger
from sim.model import run_branches
from sim.policy import Acceptance, Intake
from sim.scenario import Calendar

PAIRS = 10
"""Seeds of a report."""

REPORTS = 6
"""Reports for each seed that the checks are asked for."""

POWER = 0.9
"""Reports that must credit centres that do much."""

CREDITED = {"durable_resolution": 1, "petitions_total": -1, "petitions_province": -1}
"""Measures of which a change for the better is credited, and the better direction."""

CALENDAR = Calendar(start="2016-01-01", end="2019-12-31", reform="2019-01-01", measures="2018-01-01")
BEHAVIOUR = replace(
    TINY.behaviour,
    timing=replace(TINY.behaviour.timing, petition_trend=-0.3),
    centres=replace(TINY.behaviour.centres, known_first=1, centre_appeal=2),
)
"""Petitioning gets rarer by itself; everybody knows the centres that work, and likes them."""

BEFORE = replace(POLICY, centre=replace(POLICY.centre, working_share=0))
RULE = replace(BEFORE, petition=replace(BEFORE.petition, acceptance=Acceptance.strict))
WORKING = replace(
    RULE,
    centre=replace(
        RULE.centre,
        coverage_county=1,
        coverage_township=1,
        working_share=1,
        intake=Intake.unified,
        colocation=0.6,
        whistle_response=0.8,
        whistle_deadline=10,
    ),
    staff=replace(RULE.staff, mediators_township=8, mediators_county=30),
)
ON_PAPER = replace(WORKING, centre=replace(WORKING.centre, working_share=0))
ARMS = {"rule": RULE, "paper": ON_PAPER, "working": WORKING}
"""Policies after the reform: the rule alone, and with it centres on paper or centres that work."""

Values = Mapping[str, float]


def figures(seed: int) -> dict[str, Values]:
    """Headline measures of the year after the reform by arm, and of the year ``before`` it, which all share."""
    worlds = [replace(TINY, calendar=CALENDAR, behaviour=BEHAVIOUR, before=BEFORE, after=arm) for arm in ARMS.values()]
    wholes = [SummedLedger.of(ledger) for ledger in run_branches(worlds, seed)]
    windows = windows_of(CALENDAR)
    found = {
        name: values_of(whole, CALENDAR, windows["after"], HEADLINE) for name, whole in zip(ARMS, wholes, strict=True)
    }
    return {**found, "before": values_of(wholes[0], CALENDAR, windows["before"], HEADLINE)}


def is_credited(reference: Sequence[Values], policy: Sequence[Values]) -> bool:
    """Whether a report marks a change of ``CREDITED`` for the better, as a comparison stars it; pairs in one order."""
    effects = {
        name: paired_difference([pair[name] for pair in reference], [pair[name] for pair in policy])
        for name in HEADLINE
    }
    adjusted = dict(zip(effects, holm([effect.p_value for effect in effects.values()]), strict=True))
    return any(
        is_found(effects[name], name, adjusted[name]) and judge_effect(effects[name], name) == better
        for name, better in CREDITED.items()
    )


def credit(seeds: Sequence[int]) -> Check:
    """How often reports credit centres; ``PAIRS`` seeds are a report.

    The wrong model is a reader who compares the year after the reform with the year before. Where centres work it is a
    reader of the centres on paper.
    """

    def judge(results: Sequence[dict[str, Values]]) -> list[Finding]:
        reports = [results[first : first + PAIRS] for first in range(0, len(results), PAIRS)]
        n = len(reports)

        def share(reference: str, policy: str, shift: int = 0) -> float:
            """Of reports; with a ``shift`` the reference is that of another report, of which each serves once."""
            hits = [
                is_credited([each[reference] for each in other], [each[policy] for each in mine])
                for mine, other in zip(reports, reports[shift:] + reports[:shift], strict=True)
            ]
            return sum(hits) / n

        paper = share("rule", "paper")
        return [
            rate("centres on paper", "纸面上的中心", SIGNIFICANT, paper, n, share("before", "paper")),
            rate("the same, beside none with other luck", "同上，与运气不同的无中心相比", SIGNIFICANT,
                 share("rule", "paper", shift=1), n),
            rate("centres that work", "实际运转的中心", POWER, share("rule", "working"), n, paper, at_least=True),
        ]  # fmt: skip

    return Check("credit", SECTION, tuple(partial(figures, seed) for seed in seeds), judge)


def rate(
    what_en: str,
    what_zh: str,
    bound: float,
    observed: float,
    n: int,
    wrong: float | None = None,
    at_least: bool = False,
) -> Finding:
    """Judges a share of ``n`` independent reports that must not lie above (below) a bound by more than chance, and that
    of a wrong reader, which must."""
    law = stats.binom(n, bound)
    edge = float(law.ppf(CHANCE / 2) if at_least else law.isf(CHANCE / 2)) / n

    def holds(share: float) -> bool:
        return share >= edge if at_least else share <= edge

    passed = holds(observed) and (wrong is None or not holds(wrong))
    side_en, side_zh = ("at least", "不低于") if at_least else ("at most", "不高于")
    what = f"{what_en}: reports that credit them ({side_en})", f"{what_zh}：归功于中心的报告占比（{side_zh}）"
    return Finding("credit", *what, bound, observed, abs(edge - bound), n, passed, wrong=wrong)


def checks(seed: int, seeds: int) -> list[Check]:
    """The check, on ``REPORTS`` reports a seed."""
    return [credit(range(seed, seed + seeds * REPORTS * PAIRS))]
