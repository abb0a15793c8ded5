"""Every policy by the figures of the answer: what it does, for how many people, at what cost, and how sure that is."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.compare.answer import PEOPLE, PER_RESIDENTS, REACHED, WORST, chance_text, cost_of, count_text
from experiments.report.compare.choice import AIMED_AT, candidates, times_first
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import changed
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import marked
from sim.measures import MEASURES


def answer_table(evidence: Evidence, words: Words) -> Table | None:
    """A row a policy, those under a stress without a count of how often they come first; ``None`` without effects."""
    measure, better = AIMED_AT[evidence.settings.aim]
    names = [name for name in evidence.contrasts if evidence.against(name, measure) is not None]
    if not names:
        return None
    shown = [measure, *(name for name in (PEOPLE, PER_RESIDENTS, REACHED, WORST) if name != measure)]
    shown = [name for name in shown if evidence.has(name)]
    header = [words("table.policy"), words.measure(measure), words("answer.table.first")]
    for name in shown[1:]:
        header += [words.measure(name)] if name == REACHED else []
        header.append(words("answer.table.change", measure=words.measure(name)))
    header += [words(f"answer.table.{name}") for name in ("yearly", "resident", "each")]
    allowed = [name for name in candidates(evidence) if name in names]
    is_chance_known = evidence.behaviours > 1 and evidence.reference is not None
    header += [words("answer.table.chance")] if is_chance_known else []
    body = []
    for name in names:
        effect = evidence.against(name, measure)
        assert effect is not None
        unit = MEASURES[measure].unit
        mean = numbers.amount(effect.mean_policy, unit)
        row = [words.scenario(name), words("margin.cell", mean=mean, difference=changed(effect, unit, words))]
        first = times_first(evidence, name, allowed, measure, better) if name in allowed else None
        row.append(count_text(evidence, *first, words) if first else numbers.NONE)
        for each in shown[1:]:
            found = evidence.against(name, each)
            if found is None:
                row += [numbers.NONE] * (1 + (each == REACHED))
                continue
            if each == REACHED:
                both = (numbers.percent(found.mean_reference), numbers.percent(found.mean_policy))
                row.append(words("answer.table.from_to", earlier=both[0], later=both[1]))
            row.append(changed(found, MEASURES[each].unit if each in (REACHED, WORST) else "", words))
        row += _cost(evidence, name, words)
        row += [chance_text(evidence, name, measure, words) or numbers.NONE] if is_chance_known else []
        body.append(row)
    return Table(words("answer.table.title"), header, body)


def _cost(evidence: Evidence, name: str, words: Words) -> list[str]:
    cost = cost_of(evidence, name)
    if cost is None:
        return [numbers.NONE] * 3
    sign = "−" if cost.yearly < 0 else ""
    yearly = sign + words.yuan(cost.yearly)
    each = numbers.plain(cost.per_settlement, 0) if math.isfinite(cost.per_settlement) else numbers.NONE
    return [marked(yearly, words) if cost.uncosted else yearly, numbers.plain(cost.per_resident, 2), each]
