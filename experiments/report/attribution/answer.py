"""What an attribution answers: the whole difference, what of it each group of levers brings, and which act together."""

from __future__ import annotations

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.attribution.evidence import AttributionEvidence
from experiments.report.attribution.shared_out import MATTERS, Row, SharedOut
from experiments.report.attribution.stored import RELATIVE
from experiments.report.attribution.tables import NAME, group_name, pair_name, share_text, value_text
from experiments.report.measure_text import bracketed, change_with_unit, effect_text, title_of
from experiments.report.text import Words
from experiments.runs.groups import unit_of

NAMED = 4
"""Pairs of groups that a sentence names."""


def answer(evidence: AttributionEvidence, words: Words) -> Answer:
    """The whole difference in the first measure, groups by size, pairs that act together, the other measures."""
    found = evidence.found
    measure = found.measures[0]
    whole = found.whole[found.last, measure]
    is_over_time = evidence.settings.over_time
    parts = _shares(found, words) if is_over_time else _parts(found, words)
    lines = [_whole(found, is_over_time, words), parts, _together(found, words), _others(found, words)]
    caveats = [words(f"{NAME}.caveat.model")]
    if is_over_time:
        people = evidence.settings.ensemble
        caveats.append(words(f"{NAME}.caveat.sum.members" if people else f"{NAME}.caveat.sum"))
    if evidence.settings.ensemble:
        caveats.append(words(f"{NAME}.caveat.medians"))
    if alike := evidence.settings.alike:
        key = f"{NAME}.caveat.at_rest" if is_over_time else f"{NAME}.caveat.alike"
        caveats.append(words(key, groups=_listed(alike, words)))
    told = [group for group in found.ranked() if found.parts[group, found.last, measure]["verdict"] in MATTERS]
    low, high = numbers.known(whole["low"]), numbers.known(whole["high"])
    return Answer(
        text=tuple(line for line in lines if line),
        effect=Quantity(measure, numbers.known(whole["difference"]), unit_of(measure)),
        range=(low, high) if whole["low"] is not None and whole["high"] is not None else None,
        n_of=len(told),
        of=len(evidence.settings.parts),
        caveats=tuple(caveats),
    )


def _whole(found: SharedOut, is_over_time: bool, words: Words) -> str:
    """The first measure under both policies, or before the reform and after it, year by year."""
    measure, unit = found.measures[0], unit_of(found.measures[0])
    told = []
    for year in found.first_and_last:
        row = found.whole[year, measure]
        ends = {key: numbers.amount(row[key], unit) for key in ("before", "after")}
        effect = change_with_unit(effect_text(row, measure, words), unit, words)
        if is_over_time and not numbers.is_share(unit):
            relative = [numbers.signed(100 * numbers.known(row[key]), 1) for key in RELATIVE]
            effect = bracketed((words(f"{NAME}.percent", value=relative[0]), *relative[1:]), words)
        told.append(words(f"{NAME}.answer.from_to", year=words.year_after(year), effect=effect, **ends))
    together = words(f"{NAME}.answer.and").join(told)
    key = f"{NAME}.answer.whole.over_time" if is_over_time else f"{NAME}.answer.whole"
    return words(key, measure=_measure(measure, words), told=together)


def _parts(found: SharedOut, words: Words) -> str:
    """Groups that matter, by size, with their parts year by year; then those that do not."""
    measure, years = found.measures[0], found.first_and_last
    told, rest = [], []
    for group in found.ranked():
        rows = [found.parts[group, year, measure] for year in years]
        if any(row["verdict"] in MATTERS for row in rows):
            texts = [_part(row, measure, words) for row in rows]
            told.append(words(f"{NAME}.answer.part", group=_group(group, words), values=" / ".join(texts)))
        else:
            rest.append(group)
    if not told:
        return words(f"{NAME}.answer.parts_none")
    named = words.listed([words.year_after(year) for year in years])
    sentence = words(f"{NAME}.answer.parts", years=named, told=words(f"{NAME}.answer.apart").join(told))
    return words.joined(sentence, words(f"{NAME}.answer.rest", groups=_listed(rest, words))) if rest else sentence


def _shares(found: SharedOut, words: Words) -> str:
    """Each part's share of the change in the first measure, year by year; where nothing changes there is none."""
    measure, told = found.measures[0], []
    for year in found.first_and_last:
        if found.whole[year, measure]["verdict"] not in MATTERS:
            told.append(words(f"{NAME}.answer.shares_none", year=words.year_after(year)))
            continue
        shares = [
            words(f"{NAME}.answer.part", group=_group(group, words), values=text)
            for group in found.ranked()
            for text in [share_text(found.parts[group, year, measure], words)]
        ]
        shared = words(f"{NAME}.answer.apart").join(shares)
        told.append(words(f"{NAME}.answer.shares", year=words.year_after(year), told=shared))
    return words.joined(*told)


def _part(row: Row, measure: str, words: Words) -> str:
    if row["verdict"] not in MATTERS:
        return words(f"{NAME}.answer.untold")
    return change_with_unit(value_text(row, measure, words), unit_of(measure), words)


def _together(found: SharedOut, words: Words) -> str:
    """Pairs of groups that act together on the first measure in the last year, by size; empty where there is none."""
    if not found.pairs:
        return ""
    measure, year = found.measures[0], words.year_after(found.last)
    told = []
    for pair in found.pairs:
        row = found.together[*pair, found.last, measure]
        if row["verdict"] in MATTERS:
            effect = change_with_unit(effect_text(row, measure, words), unit_of(measure), words)
            name = words.in_sentence(pair_name(pair, words))
            told.append(words(f"{NAME}.answer.pair", pair=name, effect=effect))
    if not told:
        return words(f"{NAME}.answer.together_none", year=year)
    if len(told) > NAMED:
        told = [*told[:NAMED], words(f"{NAME}.answer.more", n=len(told) - NAMED)]
    return words(f"{NAME}.answer.together", year=year, told=words(f"{NAME}.answer.apart").join(told))


def _others(found: SharedOut, words: Words) -> str:
    """Of each other measure that changes in the last year the group that has the largest part; empty without any."""
    told = []
    for measure in found.measures[1:]:
        group = found.ranked(measure)[0]
        whole, part = found.whole[found.last, measure], found.parts[group, found.last, measure]
        if part["verdict"] in MATTERS:
            values = [
                change_with_unit(value_text(row, measure, words), unit_of(measure), words) for row in (whole, part)
            ]
            told.append(
                words(
                    f"{NAME}.answer.other",
                    measure=_measure(measure, words),
                    whole=values[0],
                    group=_group(group, words),
                    part=values[1],
                )
            )
    if not told:
        return ""
    apart = words(f"{NAME}.answer.apart")
    return words(f"{NAME}.answer.others", year=words.year_after(found.last), told=apart.join(told))


def _measure(measure: str, words: Words) -> str:
    """A measure in a sentence, with its unit unless it is a share, and petitions with their counting basis."""
    is_share = numbers.is_share(unit_of(measure))
    label = words.in_sentence(words.measure(measure) if is_share else title_of(measure, words))
    if not measure.startswith("petitions_"):
        return label
    return words("basis.of", label=label, basis=words("basis.stated"))


def _group(group: str, words: Words) -> str:
    return words.in_sentence(group_name(group, words))


def _listed(groups: list[str], words: Words) -> str:
    return words.listed([_group(group, words) for group in groups])
