"""The report of a counterfactual."""

from __future__ import annotations

from types import ModuleType

from experiments.report import numbers
from experiments.report.caveats import means_note
from experiments.report.counterfactual import changes, flows
from experiments.report.counterfactual.answer import answer, change_text, count_of, moved_text, per_text
from experiments.report.counterfactual.evidence import FATES, CounterfactualEvidence
from experiments.report.measure_text import bracketed
from experiments.report.page_parts import parts_of_study
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

FIGURES: dict[str, ModuleType] = {"flows": flows, "changes": changes}

SECTIONS = {"answer": ("flows",), "changes": ("changes",), "reasons": (), "counties": ()}


def setting(evidence: CounterfactualEvidence, words: Words) -> str:
    """What A and B are."""
    text = words(
        "counterfactual.setting",
        a=evidence.world_name(0, words),
        place=evidence.place(words),
        replicates=evidence.replicates,
        after=words.span(evidence.after),
    )
    text = words.joined(text, means_note(evidence.settings.ensemble, evidence.replicates, words))
    return words.joined(text, words("counterfactual.stressed")) if evidence.acting else text


def tables(key: str, evidence: CounterfactualEvidence, words: Words) -> list[Table]:
    """Why registered petitions changed; flows by county, small cells merged."""
    if key == "answer":
        return [_together(evidence, words), _changes(evidence, words)]
    if key == "reasons":
        return [_reasons(evidence, words)]
    return [_counties(evidence, words)] if key == "counties" else []


def _together(evidence: CounterfactualEvidence, words: Words) -> Table:
    """Over all disputes: how many end elsewhere."""
    header = [words(f"counterfactual.together.{name}") for name in ("all", "moved", "share")]
    return Table(words("counterfactual.together.title"), header, [[*moved_text(evidence)]])


def _changes(evidence: CounterfactualEvidence, words: Words) -> Table:
    """What it comes to: settled for good, and before the province."""
    body = []
    for column in ("durable", "province"):
        count = words("counterfactual.count", **count_of(evidence, column))
        texts = change_text(evidence, column, words), per_text(evidence, column)
        body.append([words(f"changes.{column}"), *texts, count])
    header = [words("counterfactual.figure"), words("counterfactual.difference"), words("counterfactual.per_10000")]
    return Table(words("counterfactual.sums.title"), [*header, words("counterfactual.same_sign")], body)


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
    told={"changes": 2},
)
