"""Reasons to distrust a policy's record, or the policy: the flags, judged replicate by replicate.

Changes count beyond the smallest effect of interest alone (``sim.measures.smallest_effect``). A policy without any
effect moves a figure one way in at most half of its replicates, since both ways are equally likely, and each flag needs
one that does: petitions, durable settlement, or a figure of the record. Any of several may well move in more than half,
so the cosmetic flag is counted by the one that moves most often. A flag counts as raised where a fair coin would fall
that way so often less than once in twenty times (a one-sided sign test, adjusted neither over policies nor over figures
of the record: a warning rather once too often). Fewer than five replicates can never tell.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import effect_difference, relative_text
from experiments.report.table import Table
from experiments.report.text import Words
from sim.measures.smallest_effect import smallest_effects
from sim.measures.welfare import FLAGS, RECORD, Values, cosmetic_flag

CHANCE = 0.05

TRUTH = ("durable_resolution", "unresolved_stock", "open_cases", "trust_middle")
READ = (*RECORD, *TRUTH)
"""Measures that the flags read."""

MAY_LACK = ("distance_to_target", "trust_middle")
"""Of these: a level without a petition has no ratio, a window without a year end no trust; neither raises a flag."""

SHOWN = ("petitions_total", "unresolved_stock", "open_cases")
"""Counts whose relative change the table shows beside the flags, with that of durable settlement and trust."""


@dataclass(frozen=True)
class Flagged:
    """In how many of ``n`` replicates each flag is raised for a scenario."""

    scenario: str
    raised: dict[str, int]
    n: int

    def verdict(self, flag: str) -> bool | None:
        """Whether a flag counts as raised; ``None`` where there are too few replicates to tell."""
        least = needed(self.n)
        return None if least is None else self.raised[flag] >= least


def needed(n: int) -> int | None:
    """Of ``n`` replicates, how many must raise a flag for it to count; ``None`` where all would not do."""
    return next((k for k in range(n + 1) if stats.binom.sf(k - 1, n, 0.5) < CHANCE), None)


def flags_of(evidence: Evidence) -> list[Flagged]:
    """Flags of every policy against the reference of the same seed; empty without one, or where measures lack."""
    if evidence.reference is None or not evidence.has(*(name for name in READ if name not in MAY_LACK)):
        return []
    found = []
    reference = _by_seed(evidence, evidence.reference)
    bands = smallest_effects({name: evidence.estimate(evidence.reference, name).mean for name in READ})
    for name in evidence.contrasts:
        policy = _by_seed(evidence, name)
        pairs = [(reference[seed], policy[seed]) for seed in sorted(set(reference) & set(policy))]
        found.append(Flagged(name, {flag: _times(flag, pairs, bands) for flag in FLAGS}, len(pairs)))
    return found


def _times(flag: str, pairs: Sequence[tuple[Values, Values]], bands: Values) -> int:
    """In how many pairs a flag is raised; the cosmetic one by the figure of the record that does so most often."""
    if flag != "cosmetic":
        return sum(FLAGS[flag](*pair, bands) for pair in pairs)
    return max(sum(cosmetic_flag(*pair, bands, (figure,)) for pair in pairs) for figure in RECORD)


def _by_seed(evidence: Evidence, scenario: str) -> dict[int, dict[str, float]]:
    """What the flags read, by seed; the distance is to the study's own target."""
    values = {name: evidence.by_seed(scenario, name) for name in READ}
    seeds = sorted(set().union(*values.values()))
    return {seed: {name: values[name].get(seed, math.nan) for name in READ} for seed in seeds}


def paragraphs(evidence: Evidence, words: Words) -> list[str]:
    """What the flags mean, and under which policies they are raised."""
    found = flags_of(evidence)
    if not found:
        return [words("flags.unknown")]
    n = evidence.replicates
    least = needed(n)
    rule = words("flags.few", n=n) if least is None else words("flags.rule", least=least, n=n)
    meaning = words.joined(words("flags.meaning"), rule)
    if least is None:
        return [meaning]
    raised = {flag: [words.quoted(each.scenario) for each in found if each.verdict(flag)] for flag in FLAGS}
    clauses = [
        words("flags.under", flag=words(f"flag.{flag}"), policies=words.listed(names))
        for flag, names in raised.items()
        if names
    ]
    verdict = words("flags.raised", clauses=words("flags.join").join(clauses)) if clauses else words("flags.clear")
    return [meaning, verdict]


def flags_table(evidence: Evidence, words: Words) -> Table | None:
    """In how many replicates each flag is up, with the sizes of what it reads; ``None`` where there are no flags."""
    found = flags_of(evidence)
    if not found:
        return None
    header = [words("table.policy"), *(words(f"flag.{flag}") for flag in FLAGS)]
    header += [words("flags.change", measure=words.measure(name)) for name in SHOWN]
    header += [words("flags.points", measure=words.measure("durable_resolution"))]
    header += [words("flags.difference", measure=words.measure("trust_middle"))]
    body = []
    for each in found:
        cells = [words.scenario(each.scenario), *(_count(each, flag, words) for flag in FLAGS)]
        cells += [relative_text(evidence.effect(each.scenario, name), words) for name in SHOWN]
        for name, unit in (("durable_resolution", "share"), ("trust_middle", "")):
            cells.append(effect_difference(evidence.effect(each.scenario, name), unit, words))
        body.append(cells)
    return Table(words("flags.title"), header, body)


def _count(flagged: Flagged, flag: str, words: Words) -> str:
    """``raised (9 of 10)``, ``no (2 of 10)``, ``1 of 3``."""
    count = words("flags.count", k=flagged.raised[flag], n=flagged.n)
    verdict = flagged.verdict(flag)
    if verdict is None:
        return count
    return words("flags.verdict", verdict=words("flags.yes" if verdict else "no"), count=count)
