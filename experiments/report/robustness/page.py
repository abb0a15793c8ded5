"""The report of a robustness study."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from experiments.report import numbers
from experiments.report.measure_text import difference_text, in_unit
from experiments.report.page_parts import parts_of_study
from experiments.report.robustness import failures, regrets, satisficing, stresses
from experiments.report.robustness.answer import answer, closing
from experiments.report.robustness.evidence import RobustnessEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import is_cost
from experiments.runs.tables import plain_rows

FIGURES: dict[str, ModuleType] = {
    "satisficing": satisficing,
    "regrets": regrets,
    "stresses": stresses,
    "failures": failures,
}

SECTIONS = {
    "answer": ("satisficing",),
    "regrets": ("regrets",),
    "stresses": ("stresses",),
    "failures": ("failures",),
    "groups": (),
    "apart": (),
}


def setting(evidence: RobustnessEvidence, words: Words) -> str:
    """What the futures are."""
    people = evidence.settings.ensemble
    origin = (
        words("robustness.ensemble", n=people.members, name=people.name)
        if people
        else words("robustness.sampled", n=len(evidence.settings.uncertainties))
    )
    text = words(
        "robustness.setting",
        policies=len(evidence.policies),
        futures=evidence.futures,
        origin=origin,
        stresses=len(evidence.stresses),
        replicates=evidence.replicates,
        place=evidence.place(words),
        after=words.span(evidence.after),
    )
    return words.joined(text, *_uncosted(evidence, evidence.measures, words))


def _uncosted(evidence: RobustnessEvidence, measures: Iterable[str], words: Words) -> list[str]:
    """A sentence on the policies that are uncosted, where a measure is of money; none where there is none."""
    names = [words.quoted(policy) for policy in evidence.policies if evidence.uncosted(policy)]
    return [words("uncosted.policies", policies=words.listed(names))] if names and any(map(is_cost, measures)) else []


def caption(name: str, evidence: RobustnessEvidence, words: Words) -> str:
    """What stands below a figure; of regret in money, also who is left out."""
    text = words(f"{name}.caption", policy=words.scenario(evidence.discover))
    shown = evidence.ranked[: regrets.PANELS_MAX] if name == "regrets" else []
    return words.joined(text, *_uncosted(evidence, shown, words))


def tables(key: str, evidence: RobustnessEvidence, words: Words) -> list[Table]:
    """What the answer rests on, worst groups, and what people are like and chance apart."""
    if key == "answer":
        return closing(evidence, words)
    if key == "groups" and len(evidence.tables["groups"]):
        return [_groups(evidence, words)]
    if key == "apart" and len(evidence.tables["chance"]):
        return [_apart(evidence, words)]
    return []


def _groups(evidence: RobustnessEvidence, words: Words) -> Table:
    frame = evidence.tables["groups"]
    groups = list(dict.fromkeys(frame["group"]))
    header = [words("table.policy"), *(words.measure(f"resolution_{group}") for group in groups)]
    body = []
    for policy in evidence.policies:
        rows = {row["group"]: row for row in plain_rows(frame[frame["policy"] == policy])}
        cells = [
            words(
                "robustness.group",
                mean=numbers.bare(rows[group]["mean"], "share"),
                share=numbers.plain(100 * numbers.known(rows[group]["share"]), 0),
            )
            if group in rows
            else numbers.NONE
            for group in groups
        ]
        body.append([words.scenario(policy), *cells])
    return Table(words("robustness.groups.title"), header, body)


def _apart(evidence: RobustnessEvidence, words: Words) -> Table:
    header = [words("table.policy"), words("table.measure"), words("robustness.effect"), words("robustness.chance")]
    body = []
    for policy in evidence.policies:
        for measure in evidence.measures:
            row = evidence.chance(policy, measure)
            if row is None or row["effect"] is None:
                continue
            share = row["share_of_chance"]
            effect, low, high = (numbers.known(row[key]) for key in ("effect", "low", "high"))
            body.append(
                [
                    evidence.named(policy, measure, words),
                    in_unit(words.measure(measure), measure, words),
                    difference_text(effect, low, high, measure, words),
                    numbers.NONE if share is None else numbers.percent(share, 0),
                ]
            )
    return Table(words("robustness.apart.title"), header, body)


PARTS = parts_of_study(
    "robustness",
    evidence=RobustnessEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=caption,
    told={"failures": -1},
)
