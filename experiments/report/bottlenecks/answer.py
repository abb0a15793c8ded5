"""What bottlenecks answer: which pools are short, what a post settles and costs there, and from which load on."""

from __future__ import annotations

from typing import Any

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.bottlenecks.evidence import BottlenecksEvidence
from experiments.report.bottlenecks.stored import ABSENT, SHORT
from experiments.report.bottlenecks.tables import NAME, pool_name
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

NAMED = 4
"""Pools that a sentence names."""


def answer(evidence: BottlenecksEvidence, words: Words) -> Answer:
    """The pools that are short under every base, and where."""
    pools, places = (plain_rows(evidence.tables[name]) for name in ("pools", "places"))
    lines = []
    for base in evidence.settings.bases:
        mine, there = ([row for row in rows if row["base"] == base] for rows in (pools, places))
        lines += [_kinds(base, mine, words), *_where(there, words)]
    last = [row for row in pools if row["base"] == evidence.settings.bases[-1] and row["verdict"] != ABSENT]
    short = sum(row["verdict"] == SHORT for row in last)
    return Answer(
        text=tuple(lines),
        effect=Quantity("pools that are short", float(short), "pools"),
        n_of=short,
        of=len(last),
        caveats=(words(f"{NAME}.caveat"),),
    )


def _kinds(base: str, rows: list[dict[str, Any]], words: Words) -> str:
    """Which kinds of pools are short, those first where a post settles most."""
    there = [row for row in rows if row["verdict"] != ABSENT]
    short = sorted((row for row in there if row["verdict"] == SHORT), key=lambda row: -row["settled"])
    if not short:
        return words(f"{NAME}.answer.none", base=words.quoted(base), of=len(there))
    told = [
        words(
            f"{NAME}.answer.pool",
            pool=words.in_sentence(pool_name(row["pool"], words)),
            settled=numbers.plain(row["settled"], 1),
            yuan=words.yuan(row["yuan"]),
        )
        for row in short[:NAMED]
    ]
    if len(short) > NAMED:
        told.append(words(f"{NAME}.answer.more", n=len(short) - NAMED))
    return words(f"{NAME}.answer.short", base=words.quoted(base), n=len(short), of=len(there), told=words.listed(told))


def _where(rows: list[dict[str, Any]], words: Words) -> list[str]:
    """In which places a pool is short by itself, and how busy the least busy of these is."""
    short = sorted((row for row in rows if row["verdict"] == SHORT), key=lambda row: -row["settled"])
    if not short:
        return []
    named = [
        words(
            f"{NAME}.answer.place",
            pool=words.in_sentence(pool_name(row["pool"], words)),
            place=row[f"name_{words.language}"],
            settled=numbers.plain(row["settled"], 1),
        )
        for row in short[:NAMED]
    ]
    if len(short) > NAMED:
        named.append(words(f"{NAME}.answer.more", n=len(short) - NAMED))
    load = min(numbers.known(row["utilisation"]) for row in short)
    values = {"n": len(short), "of": len(rows), "told": words.listed(named), "load": numbers.percent(load, 0)}
    return [words(f"{NAME}.answer.where", **values)]
