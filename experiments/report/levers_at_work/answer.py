"""What levers at work answer: how many act as claimed, which act otherwise, which do nothing, and where chains end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.factors import lever_name
from experiments.report.levers_at_work.evidence import LeversEvidence
from experiments.report.levers_at_work.tables import NAME, link_name
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.verdicts import AS_CLAIMED, NOTHING, OTHERWISE, SAME, VERDICTS

NAMED = 8
"""Levers that a sentence names."""


def answer(evidence: LeversEvidence, words: Words) -> Answer:
    """The verdicts of the last year, from every base; the levers to look at."""
    frame = evidence.tables["verdicts"]
    rows = plain_rows(frame[frame["year"] == evidence.last])
    bases, levers = evidence.settings.bases, evidence.settings.levers
    verdicts = {base: {row["lever"]: row["verdict"] for row in rows if row["base"] == base} for base in bases}
    lines = [_counted(evidence, verdicts, words)]
    for verdict, key in ((OTHERWISE, "otherwise"), (NOTHING, "nothing")):
        agreed = all if verdict == NOTHING else any
        named = [lever for lever in levers if agreed(verdicts[base][lever] == verdict for base in bases)]
        lines.append(_named(key, named, words))
    if told := _chains(rows, words):
        lines.append(told)
    acting = Counter(verdicts[bases[-1]].values())[AS_CLAIMED]
    return Answer(
        text=tuple(lines),
        effect=Quantity("levers acting as claimed", float(acting), "levers"),
        n_of=acting,
        of=len(levers),
        caveats=(words(f"{NAME}.caveat", year=words.year_after(evidence.last)),),
    )


def _counted(evidence: LeversEvidence, verdicts: dict[str, dict[str, str]], words: Words) -> str:
    """How many levers have which verdict, from each base."""
    told = []
    for base, mine in verdicts.items():
        counts = Counter(mine.values())
        values = {verdict: numbers.plain(counts[verdict], 0) for verdict in VERDICTS}
        told.append(words(f"{NAME}.answer.base", base=words.quoted(base), **values))
    return words(
        f"{NAME}.answer.counted",
        told=words(f"{NAME}.answer.apart").join(told),
        year=words.year_after(evidence.last),
        levers=len(evidence.settings.levers),
    )


def _chains(rows: Sequence[Mapping[str, Any]], words: Words) -> str:
    """At which links chains end, and how many levers are not read at all."""
    told = []
    if ends := Counter(row["link"] for row in rows if row["verdict"] != AS_CLAIMED and row["link"]):
        link, often = ends.most_common(1)[0]
        values = {"n": sum(ends.values()), "link": link_name(link, words), "often": often}
        told.append(words(f"{NAME}.answer.chains", **values))
    if unread := len({row["lever"] for row in rows if row["chain"] == SAME}):
        told.append(words(f"{NAME}.answer.unread", n=unread))
    return words.joined(*told)


def _named(key: str, levers: list[str], words: Words) -> str:
    """Which levers have a verdict, the first of them by name."""
    if not levers:
        return words(f"{NAME}.answer.{key}_none")
    names = [words.in_sentence(lever_name(lever, words)) for lever in levers[:NAMED]]
    if len(levers) > NAMED:
        names.append(words(f"{NAME}.answer.more", n=len(levers) - NAMED))
    return words(f"{NAME}.answer.{key}", n=len(levers), names=words.listed(names))
