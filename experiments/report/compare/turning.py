"""What the effect of the policy that settles most turns on, over the sets of assumptions that were tried."""

from __future__ import annotations

from experiments.report import numbers
from experiments.report.compare.choice import SETTLED
from experiments.report.compare.evidence import Evidence
from experiments.report.factors import column_name
from experiments.report.measure_text import title_of_effects
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of


def turning_table(evidence: Evidence, words: Words) -> Table | None:
    """A row a measure and assumption: the effect in the sets with its lowest third of values and with its highest."""
    found = evidence.settings.turns_on
    if not found:
        return None
    header = [words(f"turning.{key}") for key in ("measure", "assumption", "low", "high")]
    body = []
    for row in found:
        unit, sides = unit_of(row.measure), [row.low, row.high]
        decimals = numbers.POINTS_DECIMALS if numbers.is_share(unit) else numbers.decimals_for(sides, unit)
        low, high = (numbers.difference(side, unit, decimals) for side in sides)
        below, above = (numbers.significant(end) for end in (row.below, row.above))
        name = column_name(row.assumption, words)
        texts = [words("turning.below", effect=low, value=below), words("turning.above", effect=high, value=above)]
        body.append([title_of_effects(row.measure, words), name, *texts])
    return Table(words("turning.title"), header, body)


def turning_sentence(evidence: Evidence, policy: str, words: Words) -> str:
    """What a policy's effect on settlement turns on most, in the words of an answer; empty where nothing is told of."""
    told = [row for row in evidence.settings.turns_on if (row.policy, row.measure) == (policy, SETTLED)]
    found = next(iter(told), None)
    if found is None:
        return ""
    low, high = (numbers.difference(end, "share", numbers.POINTS_DECIMALS) for end in (found.low, found.high))
    return words("turning.told", assumption=words.in_sentence(column_name(found.assumption, words)), low=low, high=high)
