"""The report of an optimisation."""

from __future__ import annotations

from types import ModuleType

from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.factors import short_label
from experiments.report.measure_text import change_with_unit, interval_text, with_unit
from experiments.report.optimise import frontier, lever_map, search
from experiments.report.optimise.evidence import REFERENCE, OptimisationEvidence, label_of, objective_unit
from experiments.report.optimise.frontier import objective_change
from experiments.report.page_parts import parts_of_study
from experiments.report.text import Words

FIGURES: dict[str, ModuleType] = {"frontier": frontier, "lever_map": lever_map, "search": search}

SECTIONS = {"answer": ("frontier",), "levers": ("lever_map",), "search": ("search",)}

STEADY = 0.1
"""A lever that moves by less of its range than this along the front is one that all its points agree on."""


def answer(evidence: OptimisationEvidence, words: Words) -> Answer:
    """The cheapest point that holds, the whole of the front, and the levers that its points agree on."""
    names = list(evidence.objectives)
    holding = evidence.holding
    if not holding:
        return Answer(text=(words("optimise.answer.none", n=len(evidence.points)),))
    first = min(holding, key=lambda point: _signed(evidence, point, names[0]))
    parts = []
    for name in names:
        each, unit = evidence.measured(first, name), objective_unit(name)
        parts.append(
            words(
                "optimise.answer.objective",
                measure=label_of(name, words),
                value=with_unit(interval_text(each.mean, each.low, each.high, unit, words), unit, words),
                change=change_with_unit(objective_change(evidence, first, name, words), unit, words),
                reference=words.scenario(str(evidence.reference)),
            )
        )
    sentences = [
        words(
            "optimise.answer.first",
            point=first,
            objectives=words("sweep.semicolon").join(parts),
        )
    ]
    spans = []
    for name in names:
        values = [evidence.measured(point, name).mean for point in holding]
        low, high = (numbers.amount(each, objective_unit(name)) for each in (min(values), max(values)))
        spans.append(words("optimise.answer.span", measure=label_of(name, words), low=low, high=high))
    totals = [evidence.measured(point, "petitions_total").mean for point in (first, REFERENCE)]
    sentences.append(
        words(
            "optimise.answer.front",
            n=len(holding),
            spans=words("sweep.semicolon").join(spans),
            petitions=numbers.plain(totals[0], 0),
            reference_petitions=numbers.plain(totals[1], 0),
        )
    )
    agreed = [
        words(
            "optimise.answer.lever",
            lever=short_label(key, words),
            value=lever_map.lever_text(evidence, first, key, words),
        )
        for key, shares in zip(evidence.levers, lever_map.places(evidence), strict=True)
        if float(shares.max() - shares.min()) < STEADY
    ]
    key = "agreed" if agreed else "disagreed"
    sentences.append(words(f"optimise.answer.{key}", levers=words("sweep.join").join(agreed)))
    return Answer(text=tuple(sentences))


def _signed(evidence: OptimisationEvidence, point: str, name: str) -> float:
    value = evidence.measured(point, name).mean
    return value if evidence.objectives[name] == "low" else -value


def setting(evidence: OptimisationEvidence, words: Words) -> str:
    """How large the search was."""
    text = words(
        "optimise.setting",
        levers=len(evidence.levers),
        candidates=len(evidence.archive),
        generations=evidence.settings.generations,
        replicates=evidence.replicates,
        fresh=evidence.settings.fresh_replicates,
        place=evidence.place(words),
        after=words.span(evidence.after),
    )
    constraints = [
        evidence.threshold_text(label_of(name, words), objective_unit(name), asked, words)
        for name, asked in evidence.settings.constraints.items()
    ]
    conditions = words("optimise.conditions", constraints=words("sweep.semicolon").join(constraints))
    return words.joined(text, conditions) if constraints else text


PARTS = parts_of_study(
    "optimise",
    evidence=OptimisationEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    caption=lambda name, evidence, words: words(f"{name}.caption", fresh=evidence.settings.fresh_replicates),
)
