"""The answer of a counterfactual: what became of the same disputes under the other policy."""

from __future__ import annotations

import math
from typing import Any

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.counterfactual.changes import largest_changes, pair_text
from experiments.report.counterfactual.evidence import DURABLE, CounterfactualEvidence
from experiments.report.measure_text import bracketed
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import NAMES, in_proportion, judge
from sim.measures.smallest_effect import OTHERS

PARTS = 3
"""Transitions that are named of each change."""

SETTLING = ("prevented", "resolved")
"""Parts of a change in registered petitions that are settlement."""


def answer(evidence: CounterfactualEvidence, words: Words) -> Answer:
    """How many end elsewhere, whether more are settled for good, through what, and what the registers say."""
    everything, elsewhere, share = moved_text(evidence)
    a = (
        words("counterfactual.answer.kept")
        if evidence.held_against == "before"
        else words.quoted(evidence.held_against)
    )
    lines = [words("counterfactual.answer.moved", all=everything, moved=elsewhere, share=share, a=a)]
    judgement = judged(evidence.change("durable"))
    lines.append(_settled(evidence, judgement, words))
    lines.append(words("counterfactual.answer.through", parts=_parts(evidence, "durable", words)))
    province = evidence.change("province")
    way = "up" if province.difference > 0 else "down" if province.difference < 0 else "same"
    lines.append(
        words(
            f"counterfactual.answer.province.{way}",
            change=change_text(evidence, "province", words),
            parts=_parts(evidence, "province", words),
        )
    )
    lines.append(_recorded(evidence, words))
    net = evidence.change("durable")
    n, of = evidence.agreeing("durable")
    return Answer(
        policy="after" if judgement == 1 else None,
        text=tuple(line for line in lines if line),
        effect=Quantity("durable", net.difference, "disputes"),
        range=(net.low, net.high) if math.isfinite(net.low) else None,
        n_of=n,
        of=of,
        bases={
            "range": "behaviours" if evidence.members else "chance",
            "disputes": evidence.everything,
            "per_10000_a_year": evidence.per_10000(net.difference) if evidence.settings.residents else None,
        },
    )


def judged(change: PairedEffect) -> int | None:
    """+1 or −1 where a change in a count matters, 0 where it is too small to, ``None`` where that is open."""
    return judge(in_proportion(change), OTHERS) if math.isfinite(change.relative) else judge(change, 0.0)


def moved_text(evidence: CounterfactualEvidence) -> tuple[str, str, str]:
    """All disputes, those that end elsewhere, and their share, as text."""
    everything, elsewhere = evidence.everything, sum(evidence.moved.values())
    share = elsewhere / everything if everything else math.nan
    return numbers.plain(everything, 0), numbers.plain(elsewhere, 0), numbers.percent(share, 1)


def change_text(evidence: CounterfactualEvidence, column: str, words: Words) -> str:
    """B less A over all disputes, with its interval."""
    found = evidence.change(column)
    return bracketed((numbers.signed(each, 0) for each in (found.difference, found.low, found.high)), words)


def per_text(evidence: CounterfactualEvidence, column: str) -> str:
    """The same per 10,000 residents a year, without its interval."""
    return numbers.signed(evidence.per_10000(evidence.change(column).difference), 1)


def count_of(evidence: CounterfactualEvidence, column: str) -> dict[str, Any]:
    """In how many behaviours or replicates the change has the sign of its mean."""
    n, of = evidence.agreeing(column)
    return {"n": n, "of": of}


def _settled(evidence: CounterfactualEvidence, judgement: int | None, words: Words) -> str:
    """Whether more are settled for good in the end, and how many there are in both directions."""
    per = per_text(evidence, "durable")
    replicates = "behaviours" if evidence.members else "replicates"
    gained, lost = (
        sum(flow for pair, flow in evidence.moved.items() if (pair[to] in DURABLE) and pair[1 - to] not in DURABLE)
        for to in (1, 0)
    )
    text = words(
        f"counterfactual.answer.settled.{NAMES[judgement]}",
        change=change_text(evidence, "durable", words),
        per="" if per == numbers.NONE else words("counterfactual.answer.per", per=per),
        band=numbers.plain(100 * OTHERS, 0),
        count=words(f"counterfactual.answer.{replicates}", **count_of(evidence, "durable")),
    )
    both = words("counterfactual.answer.both", gained=numbers.plain(gained, 0), lost=numbers.plain(lost, 0))
    return words.joined(text, both)


def _parts(evidence: CounterfactualEvidence, column: str, words: Words) -> str:
    parts = [
        words(
            "counterfactual.answer.part",
            pair=pair_text(pair, words),
            change=numbers.signed(float(evidence.changes[pair][column]), 0),
        )
        for pair in largest_changes(evidence, column)[:PARTS]
    ]
    return words("sweep.semicolon").join(parts) or numbers.NONE


def _recorded(evidence: CounterfactualEvidence, words: Words) -> str:
    """What the registers say, and how much of it is settlement."""
    reasons = {str(row["part"]): row["mean"] for row in plain_rows(evidence.tables["reasons"])}
    change = reasons.pop("change", None)
    if change is None or any(mean is None for mean in reasons.values()):
        return ""
    others = sorted((name for name in reasons if name not in SETTLING), key=lambda name: -abs(reasons[name]))
    settling, other = (
        words("sweep.join").join(
            words("counterfactual.answer.reason", part=words(f"part.{name}"), change=numbers.signed(reasons[name], 0))
            for name in names
        )
        for names in (SETTLING, others[:1])
    )
    values = {"change": numbers.signed(change, 0), "settling": settling, "other": other}
    return words("counterfactual.answer.recorded", basis=words("basis.stated"), **values)
