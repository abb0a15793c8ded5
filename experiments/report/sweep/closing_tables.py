"""Tables that close the ranking: what each factor does, all else averaged; what is recorded under the first point."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.factors import short_label
from experiments.report.sweep.effects import main_effects
from experiments.report.sweep.evidence import SweepEvidence
from experiments.report.sweep.finding import change_text, measure_text
from experiments.report.sweep.ranking import amount_text
from experiments.report.table import Table
from experiments.report.text import Words

RECORD = ("recorded_success", "durable_success", "petitions_total", "petitions_province")
"""The record beside the truth, and the total beside the province."""


def tables(key: str, evidence: SweepEvidence, words: Words) -> list[Table]:
    """The tables of a section, by its key."""
    if key != "ranking":
        return []
    return [table for table in (_movers(evidence, words), _record(evidence, words)) if table is not None]


def _movers(evidence: SweepEvidence, words: Words) -> Table | None:
    rows = [
        [
            short_label(each.factor.key, words),
            *each.ends(words),
            change_text(each.effect, evidence.rank_by, words),
            words("sweep.judgement." + {0: "little", None: "open"}.get(each.judgement, "matters")),
        ]
        for each in main_effects(evidence)
    ]
    header = [words(f"sweep.movers.{name}") for name in ("factor", "low", "high")]
    header += [measure_text(evidence.rank_by, words), words("sweep.movers.judgement")]
    return Table(words("sweep.movers.title"), header, rows) if rows else None


def _record(evidence: SweepEvidence, words: Words) -> Table | None:
    if not evidence.has(*RECORD) or not evidence.candidates:
        return None
    first = evidence.candidates[0]
    cells = [amount_text(evidence.estimate(first, name), name, words) for name in RECORD]
    header = [words("sweep.first"), *(words.measure(name) for name in RECORD)]
    if ratio := _ratio(evidence, first):
        cells.append(ratio)
        header.append(words("together.ratio"))
    return Table(words("sweep.record.title"), header, [[evidence.label(first, words), *cells]])


def _ratio(evidence: SweepEvidence, point: str) -> str:
    """The pyramid of a point; empty where it was not measured."""
    if not evidence.has("ratio_city_to_province", "ratio_county_to_province"):
        return ""
    city, county = (evidence.estimate(point, f"ratio_{level}_to_province").mean for level in ("city", "county"))
    return numbers.ratio(city, county) if math.isfinite(city) and math.isfinite(county) else ""
