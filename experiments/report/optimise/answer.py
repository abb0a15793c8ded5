"""What a search answers: what the front offers at which cost, the record beside the truth, the levers agreed on."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.costs import COST, SETTLED, Change, Expense
from experiments.report.factors import short_label
from experiments.report.measure_text import brief_change, change_with_unit, with_unit
from experiments.report.optimise import lever_map
from experiments.report.optimise.evidence import OptimisationEvidence, label_of, objective_unit
from experiments.report.optimise.frontier import objective_change
from experiments.report.record import BESIDE, record_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics.paired import PairedEffect

STEADY = 0.1
"""A lever that moves by less of its range than this along the front is one that all its points agree on."""


def answer(evidence: OptimisationEvidence, words: Words) -> Answer:
    """The front, its first point, the record beside the truth, what cost leaves out, the levers agreed on."""
    holding = ordered(evidence)
    all_of_them = len(evidence.points)
    if not holding:
        return Answer(text=(words("optimise.answer.none", n=all_of_them),), n_of=0, of=all_of_them)
    first, name = holding[0], next(iter(evidence.objectives))
    effect, expense = evidence.effect(first, name), _expense(evidence, first)
    lines = [_front(evidence, holding, words), _first(evidence, first, words)]
    lines += ["" if expense is None else expense.text(first, words, name == COST)]
    lines += [_record(evidence, first, words), _agreed(evidence, holding, words)]
    has_range = effect is not None and math.isfinite(effect.low)
    return Answer(
        policy=first,
        text=tuple(line for line in lines if line),
        effect=None if effect is None else Quantity(name, effect.difference, objective_unit(name)),
        range=(effect.low, effect.high) if effect is not None and has_range else None,
        n_of=len(holding),
        of=all_of_them,
        cost=None if expense is None else expense.data(evidence.residents),
        bases={"range": "behaviours" if evidence.settings.ensemble else "chance"} if has_range else {},
    )


def ordered(evidence: OptimisationEvidence) -> list[str]:
    """Points that hold on fresh seeds, the first in the first objective first."""
    name = next(iter(evidence.objectives))
    sign = 1 if evidence.objectives[name] == "low" else -1
    return sorted(evidence.holding, key=lambda point: sign * evidence.measured(point, name).mean)


def _front(evidence: OptimisationEvidence, holding: list[str], words: Words) -> str:
    ends = [_end(evidence, point, words) for point in (holding[0], holding[-1])]
    key = "one" if len(holding) == 1 else "front"
    return words(f"optimise.answer.{key}", n=len(holding), all=len(evidence.points), first=ends[0], last=ends[1])


def _end(evidence: OptimisationEvidence, point: str, words: Words) -> str:
    values = [
        words("optimise.answer.value", measure=label_of(name, words), value=_amount(evidence, point, name, words))
        for name in evidence.objectives
    ]
    return words("optimise.answer.end", objectives=words("list.comma").join(values), point=point)


def _amount(evidence: OptimisationEvidence, point: str, name: str, words: Words) -> str:
    unit = objective_unit(name)
    return with_unit(numbers.bare(evidence.measured(point, name).mean, unit), unit, words)


def _first(evidence: OptimisationEvidence, point: str, words: Words) -> str:
    """The point that comes first in the first objective, and what it changes in all of them."""
    first, *others = evidence.objectives
    changes = []
    for name in (first, *others):
        unit = objective_unit(name)
        change = change_with_unit(objective_change(evidence, point, name, words), unit, words)
        changes.append(words("optimise.answer.change", measure=label_of(name, words), change=change))
    return words(
        "optimise.answer.priced" if first == COST else "optimise.answer.first",
        point=point,
        measure=label_of(first, words),
        value=_amount(evidence, point, first, words),
        reference=words.scenario(str(evidence.reference)),
        changes=words.listed(changes),
    )


def _beside(evidence: OptimisationEvidence, point: str) -> dict[str, PairedEffect]:
    return {name: effect for name in BESIDE if (effect := evidence.effect(point, name)) is not None}


def _record(evidence: OptimisationEvidence, point: str, words: Words) -> str:
    effects = _beside(evidence, point)
    if len(effects) < len(BESIDE):
        return ""
    return record_text(point, words.scenario(str(evidence.reference)), effects, words)


def _agreed(evidence: OptimisationEvidence, holding: list[str], words: Words) -> str:
    """The levers on which all points that hold agree; all levers of a single one."""
    columns = [evidence.points.index(point) for point in holding]
    agreed = [
        words(
            "optimise.answer.lever",
            lever=short_label(key, words),
            value=lever_map.lever_text(evidence, holding[0], key, words),
        )
        for key, shares in zip(evidence.levers, lever_map.places(evidence)[:, columns], strict=True)
        if float(shares.max() - shares.min()) < STEADY
    ]
    key = "own" if len(holding) == 1 else "agreed" if agreed else "disagreed"
    return words(f"optimise.answer.{key}", levers=words("sweep.join").join(agreed))


def _expense(evidence: OptimisationEvidence, point: str) -> Expense | None:
    paid, settled = evidence.effect(point, COST), evidence.effect(point, SETTLED)
    if paid is None:
        return None
    return Expense(Change.of(paid), Change.of(settled) if settled else None, evidence.uncosted(point))


def tables(key: str, evidence: OptimisationEvidence, words: Words) -> list[Table]:
    """What closes the answer: the record, the truth and the cost of its point against the reference."""
    holding = ordered(evidence)
    if key != "answer" or not holding:
        return []
    effects, first = _beside(evidence, holding[0]), holding[0]
    expense = _expense(evidence, first)
    header = [words("optimise.point"), *(words.measure(name) for name in effects)]
    row = [first, *(brief_change(effect, name, words) for name, effect in effects.items())]
    if expense is not None:
        columns = ("paid", "settled", "each") if expense.settled else ("paid",)
        header += [words(f"costs.header.{name}") for name in columns]
        row += expense.cells(words)
    title = words("optimise.record.title", point=first, reference=words.scenario(str(evidence.reference)))
    return [Table(title, header, [row])]
