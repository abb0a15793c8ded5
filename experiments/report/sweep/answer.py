"""The question's answer, from the numbers of a sweep: what does most, what moves it, what the record says, the cost."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.costs import COST, SETTLED, Change, Expense, uncosted_text
from experiments.report.factors import short_label
from experiments.report.measure_text import brief_change
from experiments.report.record import BESIDE, RECORD, looks, record_text
from experiments.report.sweep import pilots, places
from experiments.report.sweep.effects import FactorEffect, effect_on, held_at_ends, interaction, main_effects
from experiments.report.sweep.evidence import SweepEvidence, value_text
from experiments.report.sweep.finding import Finding, change_text, factor_names, measure_text
from experiments.report.sweep.naive import naive_lines
from experiments.report.sweep.ranking import amount_text
from experiments.report.text import Words
from experiments.runs.groups import unit_of

ALSO = 4
"""Further measures that the sentence of a factor names."""


def answer(evidence: SweepEvidence, words: Words) -> Answer:
    """What a careful reader of the ranking would say of it, at most five lines."""
    if not evidence.ranked:
        return Answer(text=(words("answer.missing"),))
    if not evidence.candidates:
        return Answer(text=(words("sweep.answer.stressed"), *_factors(evidence, words)))
    if evidence.is_of_places:
        told = [*places.lines(evidence, words), *_factors(evidence, words)]
        return Answer(text=tuple(told), caveats=places.caveats(evidence, words), **places.claim(evidence))
    found = Finding(evidence)
    is_of_pilots = pilots.available(evidence)  # what a naive comparison shows: no point is asked for
    if is_of_pilots:
        lines = [*naive_lines(evidence, words), found.text(words)]
    else:
        lines = [found.text(words), *_factors(evidence, words)]
    expense = _expense(evidence, found.first)
    lines += [_record(evidence, found.first, words), _cost(evidence, found, expense, words)]
    claim = found.claim
    return Answer(
        policy=evidence.typed(found.first) if found.stands_out and not is_of_pilots else None,
        text=tuple(line for line in lines if line),
        effect=Quantity(evidence.rank_by, claim.difference, unit_of(evidence.rank_by)) if claim else None,
        range=found.range,
        n_of=found.count[0] if claim else None,
        of=found.count[1] if claim else None,
        cost=expense.data(evidence.residents) if expense and found.stands_out else None,
        bases={"range": "behaviours" if evidence.members > 1 else "chance"} if found.range else {},
    )


def setting(evidence: SweepEvidence, words: Words) -> str:
    """How many points of which design, on what."""
    design = words(f"sweep.design.{evidence.settings.design}")
    text = words(
        "sweep.setting",
        points=len(evidence.names),
        design=design,
        factors=factor_names(evidence, words),
        replicates=evidence.replicates,
        place=evidence.place(words),
        after=words.span(evidence.after),
    )
    if evidence.reference:
        text = words.joined(text, words("sweep.setting.reference", reference=words.scenario(evidence.reference)))
    return text


def _factors(evidence: SweepEvidence, words: Words) -> list[str]:
    """What each factor does: a sentence each for one or two, else one sentence of all."""
    effects = main_effects(evidence)
    if not effects:
        return []
    if len(effects) <= 2:
        return [_factor(evidence, each, words) for each in effects]
    measure = evidence.rank_by
    moving = [
        words(
            "sweep.answer.mover", factor=_name(each, words), **_ends(each, words), change=_written(each, measure, words)
        )
        for each in effects
        if each.judgement
    ]
    parts = [words("sweep.semicolon").join(moving)] if moving else []
    for key, judgement in (("no_difference", 0), ("open", None)):
        if names := [_name(each, words) for each in effects if each.judgement == judgement and not each.judgement]:
            parts.append(words(f"sweep.answer.{key}", factors=words.listed(names)))
    told = words("sweep.semicolon").join(parts)
    return [words("sweep.answer.movers", measure=measure_text(measure, words), parts=told)]


def _factor(evidence: SweepEvidence, each: FactorEffect, words: Words) -> str:
    """What a factor does to the ranking measure, by itself and with the other one held, and what else it changes."""
    measure = evidence.rank_by
    held, together = held_at_ends(evidence, each), interaction(evidence, each)
    change = _written(each, measure, words)
    if held and (together or (together is None and any(part.judgement for *_, part in held))):
        parts = [
            words(
                "sweep.answer.held",
                change=_written(part, measure, words),
                other=short_label(other.key, words),
                value=value_text(value, other, words),
            )
            for other, value, part in held
        ]
        change = words("sweep.answer.comma").join(parts)
    else:
        change += words("sweep.answer." + {0: "too_little", None: "cannot_tell"}.get(each.judgement, "enough"))
        if held and together == 0:
            change += words("sweep.answer.whatever", other=short_label(held[0][0].key, words))
    text = words(
        "sweep.answer.factor",
        factor=_capital(_name(each, words)),
        measure=measure_text(measure, words),
        change=change,
        **_ends(each, words),
    )
    return words.joined(text, *_also(evidence, each, words, is_one_effect=not together))


def _also(evidence: SweepEvidence, each: FactorEffect, words: Words, is_one_effect: bool) -> list[str]:
    """What else of the study a factor changes, and whether the record alone looks better or worse for it.

    The latter only where the factor has one effect, whatever the other one (``is_one_effect``).
    """
    others = [name for name in evidence.measures if name != evidence.rank_by]
    steps = {name: step for name in others if (step := effect_on(evidence, each, name)) is not None}
    changed = [name for name, step in steps.items() if step.judgement]
    if not changed:
        return []
    rest = len(changed) <= ALSO and all(step.judgement is not None for step in steps.values())
    nothing_else = words("sweep.answer.nothing_else") if rest and len(changed) < len(steps) else ""
    shown = changed[:ALSO]
    held = {name: held_at_ends(evidence, each, name) for name in shown}
    is_held = any(interaction(evidence, each, name) for name in shown) and all(held.values())
    told = {name: [part.effect for *_, part in held[name]] if is_held else [steps[name].effect] for name in shown}
    parts = [
        words(
            "sweep.answer.also_one",
            measure=measure_text(name, words),
            change=words("sweep.answer.comma").join(brief_change(effect, name, words) for effect in effects),
        )
        for name, effects in told.items()
    ]
    values = {"changes": words("list.comma").join(parts) if is_held else words.listed(parts)}
    if is_held:
        (other, first, _), (_, last, _) = held[shown[0]]
        values["other"] = short_label(other.key, words)
        values["first"], values["last"] = (value_text(value, other, words) for value in (first, last))
    key = "also_held" if is_held else "also"
    found = [words(f"sweep.answer.{key}", nothing_else=nothing_else, **values)]
    truth = effect_on(evidence, each, "durable_resolution")
    if not is_one_effect or truth is None or truth.judgement != 0:
        return found
    record = {name: step.judgement for name in RECORD if (step := effect_on(evidence, each, name)) is not None}
    return [*found, words(f"sweep.answer.looks.{looks(record)}")] if looks(record) else found


def _record(evidence: SweepEvidence, point: str, words: Words) -> str:
    """Record beside truth at a point: against the reference, or as it is without one."""
    if not evidence.has(*BESIDE):
        return ""
    if not evidence.reference:
        values = {name: amount_text(evidence.estimate(point, name), name, words) for name in BESIDE}
        return words("sweep.answer.record", best=evidence.label(point, words), basis=words("basis.stated"), **values)
    effects = {name: effect for name in BESIDE if (effect := evidence.effect(point, name)) is not None}
    if len(effects) < len(BESIDE):
        return ""
    return record_text(evidence.label(point, words), words.scenario(evidence.reference), effects, words)


def _expense(evidence: SweepEvidence, point: str) -> Expense | None:
    paid = evidence.effect(point, COST) if evidence.has(COST) else None
    if paid is None:
        return None
    settled = evidence.effect(point, SETTLED) if evidence.has(SETTLED) else None
    return Expense(Change.of(paid), Change.of(settled) if settled else None, evidence.uncosted(point))


def _cost(evidence: SweepEvidence, found: Finding, expense: Expense | None, words: Words) -> str:
    """What the first point costs more than the reference; where no point is better, what the points cost."""
    if found.stands_out and expense is not None:
        return expense.text(_capital(evidence.label(found.first, words)), words)
    means = {name: evidence.estimate(name, COST).mean for name in evidence.candidates} if evidence.has(COST) else {}
    known = {name: mean for name, mean in means.items() if math.isfinite(mean)}
    if not known:
        return ""
    low, high = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
    least, most = (numbers.amount(known[name], unit_of(COST)) for name in (low, high))
    parts = []
    if evidence.rank_by != COST:
        labels = {"cheap": evidence.label(low, words), "dear": evidence.label(high, words)}
        parts.append(words("costs.same" if least == most else "costs.between", low=least, high=most, **labels))
    moved = {lever for name in known for lever in evidence.uncosted(name)}
    swept = [key for factor in evidence.factors if (key := factor.key.removeprefix("after.")) in moved]
    told = swept or ([] if parts else evidence.uncosted(found.first))
    return words.joined(*parts, *([uncosted_text(told, words)] if told else []))


def _written(each: FactorEffect, measure: str, words: Words) -> str:
    return change_text(each.effect, measure, words)


def _name(each: FactorEffect, words: Words) -> str:
    return short_label(each.factor.key, words)


def _ends(each: FactorEffect, words: Words) -> dict[str, str]:
    return dict(zip(("low", "high"), each.ends(words), strict=True))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
