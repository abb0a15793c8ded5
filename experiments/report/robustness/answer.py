"""What a robustness study answers: which policy is good enough most often, what it gives away, when a policy fails."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.costs import COST, SETTLED, Change, Expense
from experiments.report.measure_text import brief_change, change_with_unit, difference_text
from experiments.report.record import BESIDE, record_text
from experiments.report.robustness import failures, regrets
from experiments.report.robustness.evidence import RobustnessEvidence
from experiments.report.robustness.satisficing import share_text
from experiments.report.robustness.tables import TOGETHER
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.runs.tables import plain_rows
from experiments.statistics.behaviours import paired_spread
from experiments.statistics.intervals import known_mean
from experiments.statistics.paired import PairedEffect, paired_difference


def answer(evidence: RobustnessEvidence, words: Words) -> Answer:
    """Which policy is good enough most often, its record and its cost, regret, failures, stresses."""
    named = leading(evidence)
    shown = named or most_often(evidence)
    lines = [_finding(evidence, named, words), _record(evidence, shown, words), _regret(evidence, words)]
    lines += [_fails(evidence, words), _stresses(evidence, shown, words)]
    measure = evidence.ranked[0] if evidence.ranked else None
    effect = effect_of(evidence, shown, measure) if measure else None
    has_range = effect is not None and math.isfinite(effect.low)
    expense = _expense(evidence, shown)
    return Answer(
        policy=named,
        text=tuple(line for line in lines if line),
        effect=Quantity(measure, effect.difference, unit_of(measure)) if measure and effect else None,
        range=(float(effect.low), float(effect.high)) if effect is not None and has_range else None,
        n_of=count_of(evidence, shown)[0],
        of=count_of(evidence, shown)[1],
        cost=expense.data(evidence.residents) if expense is not None and named else None,
        bases={"range": "futures"} if has_range else {},
    )


def count_of(evidence: RobustnessEvidence, policy: str, stress: str = "all") -> tuple[int, int]:
    """In how many futures (of one stress) a policy is good enough, and of how many."""
    found = evidence.satisficing(policy, TOGETHER, stress)
    return round(found.share * found.futures) if found.futures else 0, found.futures


def most_often(evidence: RobustnessEvidence) -> str:
    """The policy beside the reference that is good enough in the most futures; the first of several."""
    others = [policy for policy in evidence.policies if policy != evidence.reference]
    return max(others or evidence.policies, key=lambda policy: evidence.satisficing(policy).share)


def leading(evidence: RobustnessEvidence) -> str | None:
    """That policy, if it is good enough anywhere, and more often than the reference and every other one."""
    policy = most_often(evidence)
    rivals = [count_of(evidence, other)[0] for other in evidence.policies if other != policy]
    mine = count_of(evidence, policy)[0]
    return policy if mine > max([0, *rivals]) else None


def _finding(evidence: RobustnessEvidence, named: str | None, words: Words) -> str:
    counts = {policy: count_of(evidence, policy)[0] for policy in evidence.policies}
    asked = words("sweep.semicolon").join(evidence.asked(name, words) for name in evidence.thresholds)
    policy = named or most_often(evidence)
    values = {"futures": evidence.futures, "n": counts[policy], "asked": asked, "policy": words.quoted(policy)}
    if named:
        rest = sorted((other for other in counts if other != named), key=lambda other: -counts[other])
        others = [
            words("robustness.answer.other", policy=words.quoted(other), n=counts[other])
            for other in rest
            if counts[other]
        ]
        told = words.listed(others) if len(others) == len(rest) else words("list.comma").join(others)
        if len(others) < len(rest):
            told += words("robustness.answer.others" if others else "robustness.answer.no_other")
        share = share_text(evidence.satisficing(named), words)
        return words("robustness.answer.best", share=share, others=told, **values)
    if not max(counts.values()):
        return words("robustness.answer.none", **values)
    if evidence.reference and counts[evidence.reference] == max(counts.values()):
        n, reference = counts[evidence.reference], words.quoted(evidence.reference)
        return words("robustness.answer.reference", **{**values, "n": n, "reference": reference})
    tied = [words.quoted(other) for other, count in counts.items() if count == max(counts.values())]
    return words("robustness.answer.tied", policies=words.listed(tied), **values)


def effect_of(evidence: RobustnessEvidence, policy: str, measure: str) -> PairedEffect | None:
    """What a policy changes against the reference over the futures without stress: median and middle 95 %."""
    if evidence.reference is None or policy == evidence.reference or measure not in evidence.measures:
        return None
    plain = [name for name in evidence.stress_names if name not in evidence.stresses]
    if not plain:
        return None
    before, after = (evidence.values(name, measure, plain[0]) for name in (evidence.reference, policy))
    known = np.isfinite(before) & np.isfinite(after)
    if not known.any():
        return None
    return paired_spread(before[known], after[known], paired_difference(before[known], after[known]))


def _beside(evidence: RobustnessEvidence, policy: str) -> dict[str, PairedEffect]:
    return {name: effect for name in BESIDE if (effect := effect_of(evidence, policy, name)) is not None}


def _record(evidence: RobustnessEvidence, policy: str, words: Words) -> str:
    effects, expense = _beside(evidence, policy), _expense(evidence, policy)
    parts = []
    if len(effects) == len(BESIDE):
        parts.append(record_text(words.quoted(policy), words.scenario(str(evidence.reference)), effects, words))
    if expense is not None:
        parts.append(expense.text(words.quoted(policy), words))
    return words.joined(*parts)


def _expense(evidence: RobustnessEvidence, policy: str) -> Expense | None:
    paid, settled = effect_of(evidence, policy, COST), effect_of(evidence, policy, SETTLED)
    if paid is None:
        return None
    return Expense(Change.of(paid), Change.of(settled) if settled else None, evidence.uncosted(policy))


def _regret(evidence: RobustnessEvidence, words: Words) -> str:
    """The policy that gives away least where it gives away most."""
    if not evidence.ranked:
        return ""
    measure = evidence.ranked[0]
    largest = {policy: _largest(values) for policy, values in evidence.regret(measure).items()}
    policy = min(largest, key=largest.__getitem__)
    if not math.isfinite(largest[policy]):
        return ""
    return words(
        f"robustness.answer.regret{'' if largest[policy] > 0 else '.never'}",
        policy=words.quoted(policy),
        measure=words.measure(measure),
        gives=regrets.regret_text(largest[policy], unit_of(measure), words),
    )


def _largest(values: NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(known.max()) if len(known) else math.inf


def _fails(evidence: RobustnessEvidence, words: Words) -> str:
    """When the policy that is looked into is not good enough."""
    policy = evidence.discover
    held, futures = count_of(evidence, policy)
    values = {"policy": words.quoted(policy), "n": futures - held, "futures": futures}
    if held in (0, futures):
        return words(f"robustness.answer.{'always' if held else 'never'}", **values)
    steps = evidence.tables["trajectory"]
    chosen = steps[steps["chosen"]]
    if not failures.available(evidence) or chosen.empty:
        return words("robustness.answer.no_box", **values)
    row = chosen.iloc[0]
    limits = [failures.limit_text(limit, words) for limit in plain_rows(evidence.tables["limits"])]
    return words(
        "robustness.answer.box",
        limits=words.listed(limits),
        coverage=numbers.plain(100 * row["coverage"], 0),
        density=numbers.plain(100 * row["density"], 0),
        **values,
    )


def _stresses(evidence: RobustnessEvidence, policy: str, words: Words) -> str:
    """How often a policy is good enough under each stress, and what the stress does to the first measure."""
    plain = [name for name in evidence.stress_names if name not in evidence.stresses]
    if not evidence.stresses or not evidence.measures:
        return ""
    measure = evidence.ranked[0] if evidence.ranked else evidence.measures[0]
    parts = []
    for stress in evidence.stresses:
        n, futures = count_of(evidence, policy, stress)
        parts.append(
            words(
                "robustness.answer.under",
                stress=words.scenario(stress).removesuffix(words("stress.label")).strip(),
                n=n,
                futures=futures,
                change=_under(evidence, policy, measure, stress, plain, words),
            )
        )
    return words(
        "robustness.answer.stresses",
        policy=words.quoted(policy),
        measure=words.measure(measure),
        parts=words("sweep.semicolon").join(parts),
    )


def _under(evidence: RobustnessEvidence, policy: str, measure: str, stress: str, plain: list[str], words: Words) -> str:
    if not plain:
        return numbers.NONE
    with_stress, without = (known_mean(evidence.values(policy, measure, name)) for name in (stress, plain[0]))
    change = difference_text(with_stress - without, math.nan, math.nan, measure, words)
    return change_with_unit(change, unit_of(measure), words)


def closing(evidence: RobustnessEvidence, words: Words) -> list[Table]:
    """What closes the answer: how often, the record, the cost and the stresses of the policy that it speaks of."""
    policy = leading(evidence) or most_often(evidence)
    rows = []
    plain = [name for name in evidence.stress_names if name not in evidence.stresses]
    measure = evidence.ranked[0] if evidence.ranked else evidence.measures[0]
    counts = [
        [words.scenario(name), f"{count_of(evidence, name)[0]}", f"{evidence.futures - count_of(evidence, name)[0]}"]
        for name in evidence.policies
    ]
    header = [words("table.policy"), words("robustness.held"), words("robustness.failed")]
    found = [Table(words("robustness.counts.title", futures=evidence.futures), header, counts)]
    effects, expense = _beside(evidence, policy), _expense(evidence, policy)
    row = [brief_change(effect, name, words) for name, effect in effects.items()]
    header = [words.measure(name) for name in effects]
    if expense is not None:
        header += [words(f"costs.header.{name}") for name in ("paid", "settled", "each")[: len(expense.cells(words))]]
        row += expense.cells(words)
    if row:
        title = words("robustness.changes.title", reference=words.scenario(str(evidence.reference)))
        found.append(Table(title, [words("table.policy"), *header], [[words.scenario(policy), *row]]))
    for stress in evidence.stresses:
        n, futures = count_of(evidence, policy, stress)
        change = _under(evidence, policy, measure, stress, plain, words)
        rows.append([words.scenario(stress), f"{n}", f"{futures}", change])
    if rows:
        header = [words(f"robustness.stresses.{name}") for name in ("stress", "held", "futures")]
        title = words("robustness.stresses.title", policy=words.scenario(policy))
        found.append(Table(title, [*header, words.measure(measure)], rows))
    return found
