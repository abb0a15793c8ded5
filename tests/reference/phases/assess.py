"""Phase 9, after 31 December: residents are surveyed, governments scored, graded, rewarded (ODD 7.20)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist, fmean, pstdev
from typing import TYPE_CHECKING

from sim import chance
from sim.chance import Purpose
from sim.county_profile import ratios
from sim.ledger import CHANNELS, FORUMS
from tests.reference.fixed import REWARD
from tests.reference.government import Government
from tests.reference.numbers import rounded, within
from tests.reference.resident import LOCAL, MIDDLE

if TYPE_CHECKING:
    from tests.reference.places import County

GRADES = ("ungraded", "excellent", "good", "qualified")
"""As the ledger numbers them."""

DURABLE = ["settled_on_spot", "police_durable", *(f"durable_{forum}" for forum in FORUMS[1:])]
UPWARD = [
    f"{repeat}{record}_{channel}_{level}"
    for record, levels in (("registered", ("city", "province", "nation")), ("recorded_twice", ("city", "province")))
    for repeat in ("", "repeat_")
    for level in levels
    for channel in CHANNELS
]


def assess(model) -> None:
    """The year that ends."""
    regime = model.cities[0].regime
    year, counties = model.month // 12, model.counties
    surveyed = {county: survey(model, county, year) for county in counties}
    governed = [city for city in model.cities if city.has_city_tier]  # the counties of others are the province's own
    of_counties, of_cities = [[county] for county in counties], [city.counties for city in governed]
    for units, places, excellent, qualified in (
        (of_counties, counties, regime.excellent_units, regime.qualified_units),
        (of_cities, governed, regime.excellent_cities, 0.0),
    ):
        governments = [place.government for place in places]
        judge(model, units, governments, surveyed, year)
        grade(governments, rounded(excellent * len(units)), rounded(qualified * len(units)))
    adjust(model, model.behaviour.effort_adjustment)
    for city in governed:
        government = city.government
        model.ledger.book_government(
            city,
            year,
            effort=government.effort,
            concealment=government.concealment,
            score=government.score,
            grade=GRADES.index(government.grade),
            vetoed=government.is_vetoed,
            reward=REWARD[government.grade],
        )


def adjust(model, share: float) -> None:
    """All governments; the assessment is the same everywhere."""
    regime = model.cities[0].regime
    governed = [city for city in model.cities if city.has_city_tier]
    of_counties = spurs(
        model,
        model.counties,
        [county.population for county in model.counties],
        regime.excellent_units,
        regime.qualified_units,
    )
    of_cities = spurs(
        model,
        governed,
        [sum(county.population for county in city.counties) for city in governed],
        regime.excellent_cities,
        0.0,
    )
    for city in model.cities:
        if city.has_city_tier:
            city.government.adjust(city, share, *of_cities[city])
        for county in city.counties:
            county.government.adjust(city, share, *of_counties[county])
    model.government.adjust(model.cities[-1], share, 0.0, 0.0)


def spurs(model, places, people: Sequence[int], excellent: float, qualified: float) -> dict:
    """What a better score, and fewer incidents, are worth to places that compete, by place."""
    behaviour, regime = model.behaviour, model.cities[0].regime
    scores = [place.government.score for place in places]
    is_graded = any(place.government.grade != "ungraded" for place in places)
    found = {}
    for place, residents in zip(places, people, strict=True):
        worth = 0.0
        for prizes, gain in (
            (rounded(excellent * len(places)), REWARD["excellent"] - REWARD["good"]),
            (len(places) - rounded(qualified * len(places)), REWARD["good"] - REWARD["qualified"]),
        ):
            worth += (
                regime.reward
                * gain
                * pull(scores, place.government.score, prizes, is_graded, behaviour.assessment_luck)
            )
        spared = 0.0
        if regime.veto:
            expected = place.government.incidents
            below = math.floor(behaviour.veto_incidents * residents / 100_000)  # the most that trips nothing
            chance_below = math.exp(-expected) * expected**below / math.factorial(below)
            spared = regime.reward * (REWARD["excellent"] - REWARD["good"]) * chance_below * expected
        found[place] = worth, spared
    return found


def pull(scores: Sequence[float], score: float, prizes: int, is_graded: bool, luck: float) -> float:
    """Chance of a prize that one more of the score brings, at a distance from last year's cut-off."""
    units = len(scores)
    if not 0 < prizes < units:
        return 0.0
    normal = NormalDist()

    def tie(x: float) -> float:
        """Own luck at x, and the best loser among the others there too."""
        others = math.comb(units - 1, prizes) * prizes * normal.cdf(x) ** (units - 1 - prizes)
        return others * (1 - normal.cdf(x)) ** (prizes - 1) * normal.pdf(x) ** 2

    step = 0.01
    density = step * sum(tie(step * n) for n in range(-900, 901))
    of_equals = normal.inv_cdf(1 - prizes / units)
    ranked = sorted(scores, reverse=True)
    away = ((ranked[prizes - 1] + ranked[prizes]) / 2 - score) / luck if is_graded else of_equals
    return density / luck * normal.pdf(away) / normal.pdf(of_equals)


def survey(model, county: County, year: int) -> float:
    """Content residents of a county: books the true share, gives and books what a sample answers."""
    behaviour, ledger, until = model.behaviour, model.ledger, model.month + 1
    people = [r for township in county.townships for village in township.villages for r in village.residents]
    for body in people[0].learned:
        ledger.trust[county.row, year, body] = sum(r.learned[body] for r in people) / 100 / len(people)
    learned = (ledger.trust[county.row, year, LOCAL] + ledger.trust[county.row, year, MIDDLE]) / 2
    unresolved = ledger.total(["lumped", "gave_up", "founded_old"], [county], 0, until)
    unresolved -= ledger.total(["faded", "reactivated"], [county], 0, until)
    content = behaviour.satisfaction_base + behaviour.satisfaction_trust * learned
    content += behaviour.satisfaction_service * (county.hall.met - 0.5)
    content -= behaviour.satisfaction_unresolved * unresolved / len(people)
    content = within(content, 0.0, 1.0)
    expected = content + behaviour.desirability * (1 - content)
    sample = int(behaviour.survey_sample)
    u, v, _, _ = model.luck.four(Purpose.SURVEY, county.code, year)
    spread = math.sqrt(sample * expected * (1 - expected))
    surveyed = within(rounded(sample * expected + chance.normal(u, v) * spread) / sample, 0.0, 1.0)
    ledger.survey[county.row, year, "content"] = content
    ledger.survey[county.row, year, "surveyed"] = surveyed
    return surveyed


def judge(
    model,
    units: Sequence[Sequence[County]],
    governments: Sequence[Government],
    surveyed: dict[County, float],
    year: int,
) -> None:
    """Scores units of one level, each a list of counties, and tells who is vetoed."""
    behaviour, regime, ledger = model.behaviour, model.cities[0].regime, model.ledger
    months = 12 * year, 12 * year + 12
    people = [sum(county.population for county in unit) for unit in units]
    raised = [max(1, ledger.total(["raised"], unit, *months)) for unit in units]
    real = [ledger.total(DURABLE, unit, *months) / n for unit, n in zip(units, raised, strict=True)]
    upward = [ledger.total(UPWARD, unit, *months) / n for unit, n in zip(units, people, strict=True)]
    if regime.difficulty_adjustment:
        upward = beside_their_like(upward, units, model.province.whole)
    content = [
        sum(surveyed[county] * county.population for county in unit) / n for unit, n in zip(units, people, strict=True)
    ]
    for government, unit in zip(governments, units, strict=True):
        government.incidents = ledger.total(["mass_incident"], unit, *months) * (1 - government.concealment)
    parts = zip(standard(real), standard(content), standard(upward), strict=True)
    for government, residents, happy, (r, s, p) in zip(governments, people, content, parts, strict=True):
        rate = government.incidents * 100_000 / residents
        government.score = regime.weight_resolution * r + regime.weight_satisfaction * s - regime.weight_recorded * p
        trips = rate > behaviour.veto_incidents or happy < behaviour.veto_satisfaction
        government.is_vetoed = bool(regime.veto) and trips


def beside_their_like(rates: Sequence[float], units: Sequence[Sequence[County]], whole) -> Sequence[float]:
    """What a straight line through urban share, schooling, movers and farming leaves of the rates (ordinary least
    squares by the normal equations), with a number estimated for every four units."""
    if not units:
        return rates
    relative = {**ratios(whole), "urban": whole.urban / (whole.urban + whole.rural)}
    row = {int(code): n for n, code in enumerate(whole.codes)}
    columns = []
    for name in ("urban", "schooling", "movers", "agriculture"):
        values = [
            sum(float(relative[name][row[c.code]]) * c.population for c in unit) / sum(c.population for c in unit)
            for unit in units
        ]
        if pstdev(values) > 1e-12:
            columns.append(standard(values))
    columns = columns[: max(0, len(units) // 4 - 1)]
    if not columns or pstdev(rates) == 0:
        return rates
    spread, left = pstdev(rates), standard(rates)
    # Gram and Schmidt: what each column adds to those before it
    bases: list[list[float]] = []
    for column in columns:
        for base in bases:
            column = _less(column, base)
        if pstdev(column) > 1e-9:
            bases.append(column)
    for base in bases:
        left = _less(left, base)
    return [round(value, 9) * spread for value in left]


def _less(values: Sequence[float], base: Sequence[float]) -> list[float]:
    share = sum(a * b for a, b in zip(values, base, strict=True)) / sum(b * b for b in base)
    return [a - share * b for a, b in zip(values, base, strict=True)]


def standard(values: Sequence[float]) -> list[float]:
    """Less the mean, over the standard deviation; all 0 when all are equal but for rounding."""
    if not values or math.isclose(max(values), min(values), rel_tol=1e-12):
        return [0.0] * len(values)
    mean, spread = fmean(values), pstdev(values)
    return [(value - mean) / spread for value in values]


def grade(governments: Sequence[Government], excellent: int, qualified: int) -> None:
    """By quota: the last are qualified only; the best of the others who are not vetoed are excellent."""
    ranking = sorted(governments, key=lambda government: -government.score)
    last = ranking[len(ranking) - qualified :]
    best = [government for government in ranking if not government.is_vetoed][:excellent]
    for government in ranking:
        government.grade = "good"
        if government in best:
            government.grade = "excellent"
        if government in last:
            government.grade = "qualified"
