"""Verdicts and chains as tables, for the page and the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from experiments.report import numbers
from experiments.report.factors import lever_name, lever_value
from experiments.report.measure_text import bracketed, effect_text, title_of_effects
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.verdicts import BESIDE, EMPTY, VERDICTS
from sim.measures import MEASURES

if TYPE_CHECKING:
    import pandas as pd

    type Frames = Mapping[str, pd.DataFrame]

NAME = "levers-at-work"
"""Of the kind: how its words begin."""


def counted_table(tables: Frames, words: Words) -> Table:
    """How many levers have which verdict, by base and year."""
    frame = tables["verdicts"]
    header = [words(f"{NAME}.base"), words(f"{NAME}.year"), *(words(f"{NAME}.verdict.{each}") for each in VERDICTS)]
    body = []
    for base in dict.fromkeys(frame["base"]):
        mine = frame[frame["base"] == base]
        for year in dict.fromkeys(mine["year"]):
            counts = mine[mine["year"] == year]["verdict"].value_counts()
            cells = [numbers.plain(int(counts.get(each, 0)), 0) for each in VERDICTS]
            body.append([words.scenario(base), words.year_after(year), *cells])
    return Table(words(f"{NAME}.counted"), header, body)


def verdict_table(tables: Frames, base: str, years: Sequence[int], words: Words) -> Table:
    """A row a lever moved from a base: its claim, of each year the verdict and the effect, and what moves beside it.

    What is looked at beside the claim is that of the last year.
    """
    verdicts, effects = (_by_lever(tables[name], base) for name in ("verdicts", "effects"))
    header = [words(f"{NAME}.{name}") for name in ("lever", "range", "claim")]
    header += [words(f"{NAME}.verdict_in", year=words.year_after(year)) for year in years]
    header += [words(f"{NAME}.chain"), *(words(f"{NAME}.effect_in", year=words.year_after(year)) for year in years)]
    header += [title_of_effects(name, words) for name in BESIDE]
    body = []
    for claim in plain_rows(tables["claims"]):
        lever, measure = claim["lever"], claim["measure"]
        mine = {row["year"]: row for row in verdicts[lever]}
        moved = {(row["measure"], row["year"]): row for row in effects[lever]}
        row = [lever_name(lever, words), words(f"{NAME}.from_to", low=lever_value(claim["low"], words),
               high=lever_value(claim["high"], words)), claim_text(claim, words)]  # fmt: skip
        row += [verdict_text(mine[year], words) for year in years]
        row.append(chain_text(mine[years[-1]], words))
        row += [effect_text(moved[measure, year], measure, words) for year in years]
        beside = [moved.get((name, years[-1])) if name != measure else None for name in BESIDE]
        row += [effect_text(each, each["measure"], words) if each else numbers.NONE for each in beside]
        body.append(row)
    return Table(words(f"{NAME}.verdicts_from", base=words.scenario(base)), header, body)


def chain_table(tables: Frames, base: str, year: int, words: Words) -> Table:
    """A row a link of each lever's chain moved from a base: its figure at both ends, and the difference."""
    frame = tables["links"]
    mine = frame[(frame["base"] == base) & (frame["year"] == year)]
    header = [words(f"{NAME}.{name}") for name in ("lever", "link", "at_low", "at_high", "difference")]
    body = []
    for row in plain_rows(mine):
        name = lever_name(row["lever"], words) if row["place"] == 1 else numbers.NONE
        unit = "share" if row["unit"] == "share" else ""
        ends = [numbers.amount(row[key], unit) for key in ("at_low", "at_high")]
        difference = bracketed((numbers.difference(row[key], unit) for key in ("difference", "low", "high")), words)
        body.append([name, link_name(row["link"], words), *ends, difference])
    caption = words(f"{NAME}.chains_from", base=words.scenario(base), year=words.year_after(year))
    return Table(caption, header, body)


def claim_text(claim: Mapping[str, Any], words: Words) -> str:
    """The measure of a claim with the unit of its effects, and an arrow for its direction."""
    return words(f"{NAME}.{claim['direction']}", measure=title_of_effects(claim["measure"], words))


def verdict_text(row: Mapping[str, Any], words: Words) -> str:
    """A verdict; over a set of behaviours with the share of its members that have it."""
    told, share = words(f"{NAME}.verdict.{row['verdict']}"), row[f"share_{row['verdict']}"]
    return told if share is None else words(f"{NAME}.in_members", verdict=told, share=numbers.percent(share, 0))


def chain_text(row: Mapping[str, Any], words: Words) -> str:
    """Where the chain ends, and why: no link stays without a reason."""
    link, before = (link_name(row[key], words) if row[key] else "" for key in ("link", "before"))
    how = f"{row['chain']}_after" if row["chain"] == EMPTY and before else row["chain"]
    told = words(f"{NAME}.chain.{how}", link=link, before=before)
    if row["empty"] and row["empty"] != row["link"]:
        told = words.joined(told, words(f"{NAME}.chain.empty_too", link=link_name(row["empty"], words)))
    return told


def link_name(name: str, words: Words) -> str:
    """A link as people say it."""
    key = f"{NAME}.link.{name}"
    return words(key) if words.has(key) or name not in MEASURES else words.measure(name)


def _by_lever(frame: pd.DataFrame, base: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in plain_rows(frame[frame["base"] == base]):
        found.setdefault(row["lever"], []).append(row)
    return found
