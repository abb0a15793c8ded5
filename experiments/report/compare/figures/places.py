"""Places on maps: how each lies from all together in the first one, and its paired change under every policy."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure

from experiments.configuration.ensemble import seeds_by_member
from experiments.report import numbers
from experiments.report.compare.comparison_table import cell, unit_text
from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.compare.rows import Row, window_rows
from experiments.report.compare.tables import StoredPlace
from experiments.report.maps.colours import Scale, band_of
from experiments.report.maps.dots import MOST, Dot, PlaceMap, draw_maps
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import AT, PLACE_MEASURES
from experiments.statistics.places import PlaceSpread, place_spread, told_apart
from sim.measures.smallest_effect import smallest_effect
from sim.province.names import everyday_name

DURABLE, _, REGISTERED = PLACE_MEASURES

DIGITS = {2: "provinces", 4: "cities", 6: "counties"}
"""What a place is by the digits of its code."""


def measured_places(evidence: Evidence) -> list[StoredPlace]:
    """Places that these results measure apart, in the order of the province."""
    return [place for place in evidence.places if evidence.has(*(of(name, place) for name in PLACE_MEASURES))]


def seated_places(evidence: Evidence) -> list[StoredPlace]:
    """Those of them whose seats are known."""
    return [place for place in measured_places(evidence) if None not in (place.latitude, place.longitude)]


def of(measure: str, place: StoredPlace) -> str:
    """The name of a measure of one place."""
    return f"{measure}{AT}{place.code}"


def kind_of(evidence: Evidence) -> str:
    """What the places are: ``provinces``, ``cities``, ``counties``, or ``both`` of the latter."""
    kinds = {DIGITS.get(len(str(place.code)), "counties") for place in evidence.places}
    return kinds.pop() if len(kinds) == 1 else "both"


def available(evidence: Evidence) -> bool:
    """Needs the measures of at least two places, where these are, and something to compare."""
    return bool(evidence.contrasts) and 1 < len(seated_places(evidence)) <= MOST


def base_of(evidence: Evidence, words: Words) -> Row:
    """What changes are measured from: the reference policy, or the first row's window before the reform."""
    rows = window_rows(evidence, words)
    return next((row for row in rows if row.scenario == evidence.reference and row.span == evidence.after), rows[0])


def from_whole(evidence: Evidence, base: Row, measure: str = DURABLE) -> dict[int, Effect]:
    """How a measure of every place differs from that of all places together, pair by pair, by code."""
    whole = evidence.by_seed(base.scenario, measure, base.span)
    found = {
        place.code: evidence.paired(base.scenario, of(measure, place), whole, base.span)
        for place in measured_places(evidence)
    }
    return {code: effect for code, effect in found.items() if effect is not None}


def place_effects(evidence: Evidence, scenario: str, measure: str = DURABLE) -> dict[int, Effect]:
    """The paired effect of a policy in every place where it is known, by code."""
    found = {place.code: evidence.effect(scenario, of(measure, place)) for place in measured_places(evidence)}
    return {code: effect for code, effect in found.items() if effect is not None}


def spread_of(evidence: Evidence, base: Row, scenario: str = "") -> PlaceSpread:
    """The spread between places of what they differ by: of a policy's effects, or without one from all together."""
    values = []
    for place in measured_places(evidence):
        if scenario and evidence.reference:
            other = evidence.by_seed(evidence.reference, of(DURABLE, place))
        elif scenario:
            other = evidence.by_seed(scenario, of(DURABLE, place), evidence.before)
        else:
            other = evidence.by_seed(base.scenario, DURABLE, base.span)
        row = (scenario, evidence.after) if scenario else (base.scenario, base.span)
        mine = evidence.by_seed(row[0], of(DURABLE, place), row[1])
        both = {seed: value - other[seed] for seed, value in mine.items() if seed in other}
        groups = seeds_by_member(both, evidence.members) if evidence.behaviours > 1 else {0: list(both)}
        values.append([[both[seed] for seed in seeds] for seeds in groups.values()])
    return place_spread(values)


def draw(evidence: Evidence, words: Words) -> Figure:
    """All maps in one frame, the changes in one scale of colours."""
    places, base = seated_places(evidence), base_of(evidence, words)
    if evidence.outline:
        evidence.outline.check_near([(place.latitude or 0.0, place.longitude or 0.0) for place in places])
    levels = from_whole(evidence, base), from_whole(evidence, base, REGISTERED)
    scale = _scale({"": levels[0]}, words("places.level"), [spread_of(evidence, base)], words)
    maps = [PlaceMap(base.title, _dots(places, *levels, words), scale)]
    effects = {name: place_effects(evidence, name) for name in evidence.contrasts}
    spreads = [spread_of(evidence, base, name) for name in evidence.contrasts]
    change = _scale(effects, words("places.change"), spreads, words)
    for name, found in effects.items():
        dots = _dots(places, found, place_effects(evidence, name, REGISTERED), words)
        maps.append(PlaceMap(words.title(name), dots, change))
    return draw_maps(maps, words, evidence.outline)


def _scale(effects: Mapping[str, Mapping[int, Effect]], label: str, spreads: list[PlaceSpread], words: Words) -> Scale:
    """The colours of the effects of one map or more, in percentage points."""
    every = [effect for found in effects.values() for effect in found.values()]
    seen = [
        abs(found[code].difference) for found in effects.values() for code, sign in told_apart(found, DURABLE).items()
        if sign
    ]  # fmt: skip
    band = band_of([(effect.high - effect.low) / 2 for effect in every], smallest_effect(DURABLE, 0.0))
    reach = max(seen, default=0.0)
    return Scale(label, spread_text(spreads, words), 100 * band, 100 * reach, words("map.none"), numbers.signed)


def _dots(
    places: list[StoredPlace], durable: Mapping[int, Effect], registered: Mapping[int, Effect], words: Words
) -> list[Dot]:
    """Dots with what settlement changes by, in points, and what is registered, in per cent."""
    apart = told_apart(durable, DURABLE)
    dots = []
    for place in places:
        effect = durable.get(place.code)
        value, note = None, ""
        if effect is not None and apart[place.code]:
            value = 100 * effect.difference
            record = registered.get(place.code)
            beside = numbers.NONE if record is None else numbers.signed_percent(record.relative, 0)
            note = words("places.note", settled=numbers.signed(value, 1), registered=words.spaced(beside))
        name = everyday_name(getattr(place, words.language))
        dots.append(Dot(name, place.latitude or 0.0, place.longitude or 0.0, place.residents, value, note))
    return dots


def spread_text(spreads: list[PlaceSpread], words: Words) -> str:
    """How much of the spread between places is chance: of one map, or of several from least to most."""
    observed = [numbers.plain(100 * each.observed, 2) for each in spreads]
    chance = [numbers.plain(100 * each.chance, 2) for each in spreads]
    key = "unknown" if numbers.NONE in chance else "chance"
    return words(f"map.spread.{key}", observed=_between(observed, words), chance=_between(chance, words))


def _between(texts: list[str], words: Words) -> str:
    low, high = min(texts, key=_size), max(texts, key=_size)
    return low if low == high else words("map.to", low=low, high=high)


def _size(text: str) -> float:
    return -1.0 if text == numbers.NONE else float(text.replace(",", ""))


def counts_of(evidence: Evidence, scenario: str) -> tuple[int, int]:
    """Places in which durable settlement clearly rises, and clearly falls."""
    signs = list(told_apart(place_effects(evidence, scenario), DURABLE).values())
    return signs.count(1), signs.count(-1)


def place_sentences(evidence: Evidence, words: Words) -> str:
    """Which places lie clearly above and below all together, how much is chance, and in how many policies act."""
    base, places = base_of(evidence, words), measured_places(evidence)
    apart = told_apart(from_whole(evidence, base), DURABLE)
    parts = []
    for key, sign in (("above", 1), ("below", -1)):
        names = [getattr(place, words.language) for place in places if apart.get(place.code) == sign]
        if names:
            parts.append(words(f"places.{key}", places=words.listed(names)))
    told = words("places.join").join(parts) if parts else words("places.none")
    spread = words("map.sentence", text=spread_text([spread_of(evidence, base)], words).replace("\n", " "))
    counts = [
        words("places.count", policy=words.scenario(name), rises=rises, falls=falls)
        for name in evidence.contrasts
        for rises, falls in [counts_of(evidence, name)]
    ]
    return words.joined(
        words("places.told", base=base.label, n=len(places), told=told),
        spread,
        words("places.counts", n=len(places), counts=words("places.join").join(counts)),
    )


def table(evidence: Evidence, words: Words) -> Table:
    """Every measure of every place with paired differences, then in how many places it clearly rises and falls."""
    rows = window_rows(evidence, words)
    header = [words("places.place"), words("table.measure"), words("table.unit"), *(row.label for row in rows)]
    body = [
        [getattr(place, words.language), words.measure(measure), unit_text(measure, words)]
        + [cell(evidence, row, of(measure, place), words) for row in rows]
        for place in measured_places(evidence)
        for measure in PLACE_MEASURES
    ]
    compared = [
        row.scenario if row.span == evidence.after and row.scenario in evidence.contrasts else "" for row in rows
    ]
    for number, key in enumerate(("rises", "falls")):
        counts = [str(counts_of(evidence, name)[number]) if name else numbers.NONE for name in compared]
        body.append([words(f"places.{key}"), words.measure(DURABLE), words("places.unit"), *counts])
    return Table(words("places.title"), header, body)
