"""The report of a counterfactual."""

from __future__ import annotations

import math
from types import ModuleType

from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.counterfactual import changes, flows
from experiments.report.counterfactual.changes import largest_changes, pair_text
from experiments.report.counterfactual.evidence import FATES, CounterfactualEvidence
from experiments.report.measure_text import bracketed, count_change_text
from experiments.report.page_parts import parts_of_study
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.intervals import estimate

FIGURES: dict[str, ModuleType] = {"flows": flows, "changes": changes}

SECTIONS = {"answer": ("flows",), "changes": ("changes",), "reasons": (), "counties": ()}


def answer(evidence: CounterfactualEvidence, words: Words) -> Answer:
    """How many ended elsewhere, what made the change in durable settlement, and in disputes before the province."""
    everything, elsewhere, share = _moved(evidence)
    sentences = [words("counterfactual.answer.moved", all=everything, moved=elsewhere, share=share)]
    for column in ("durable", "province"):
        parts = [
            words(
                "counterfactual.answer.part",
                pair=pair_text(pair, words),
                change=numbers.signed(float(evidence.changes[pair][column]), 0),
            )
            for pair in largest_changes(evidence, column)[:3]
        ]
        sentences.append(
            words(
                f"counterfactual.answer.{column}",
                change=_total(evidence, column, words),
                parts=words("sweep.join").join(parts),
            )
        )
    return Answer(text=tuple(sentences))


def setting(evidence: CounterfactualEvidence, words: Words) -> str:
    """What A and B are."""
    text = words(
        "counterfactual.setting",
        a=evidence.world_name(0, words),
        place=evidence.place(words),
        replicates=evidence.replicates,
        after=words.span(evidence.after),
    )
    return words.joined(text, words("counterfactual.stressed")) if evidence.acting else text


def tables(key: str, evidence: CounterfactualEvidence, words: Words) -> list[Table]:
    """Why registered petitions changed; flows by county, small cells merged."""
    if key == "answer":
        return [_together(evidence, words)]
    if key == "reasons":
        return [_reasons(evidence, words)]
    return [_counties(evidence, words)] if key == "counties" else []


def _together(evidence: CounterfactualEvidence, words: Words) -> Table:
    """Over all disputes: how many end elsewhere, and what it comes to."""
    header = [words(f"counterfactual.together.{name}") for name in ("all", "moved", "share")]
    row = [*_moved(evidence)]
    for column in ("durable", "province"):
        header.append(words(f"changes.{column}"))
        row.append(_total(evidence, column, words))
    return Table(words("counterfactual.together.title"), header, [row])


def _moved(evidence: CounterfactualEvidence) -> tuple[str, str, str]:
    """All disputes, those that end elsewhere, and their share, as text."""
    everything = sum(evidence.total(fate, 0) for fate in FATES)
    elsewhere = sum(flows.moved(evidence).values())
    share = elsewhere / everything if everything else math.nan
    return numbers.plain(everything, 0), numbers.plain(elsewhere, 0), numbers.percent(share, 1)


def _total(evidence: CounterfactualEvidence, column: str, words: Words) -> str:
    """B less A over all disputes, with its interval."""
    return count_change_text(estimate(evidence.by_seed(column)), words)


def _reasons(evidence: CounterfactualEvidence, words: Words) -> Table:
    body = []
    for row in plain_rows(evidence.tables["reasons"]):
        part = str(row["part"])
        name = words.line(f"part.{part}", words("counterfactual.sum"))
        body.append([name, bracketed((numbers.signed(row[key], 0) for key in ("mean", "low", "high")), words)])
    header = [words("counterfactual.part"), words("counterfactual.change")]
    return Table(words("counterfactual.reasons.title"), header, body)


def _counties(evidence: CounterfactualEvidence, words: Words) -> Table:
    frame = evidence.tables["county_flows"]
    shown = [fate for fate in evidence.shown if fate in frame.columns]
    header = [words("counterfactual.county"), words("counterfactual.under_a"), *(words(f"fate.{b}") for b in shown)]
    header.append(words("counterfactual.fewer"))
    body = []
    for row in plain_rows(frame):
        if row["a"] not in FATES:
            continue
        cells = ["·" if row[b] is None else numbers.plain(row[b], 0) for b in shown]
        fewer = numbers.NONE if row["fewer"] is None else numbers.plain(row["fewer"], 0)
        body.append([str(row["place"]), words(f"fate.{row['a']}"), *cells, fewer])
    return Table(words("counterfactual.counties.title"), header, body)


PARTS = parts_of_study(
    "counterfactual",
    evidence=CounterfactualEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=lambda name, evidence, words: words(f"{name}.caption", a=evidence.world_name(0, words)),
    told={"changes": 1},
)
