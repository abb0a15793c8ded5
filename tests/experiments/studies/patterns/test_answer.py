"""What a table of patterns answers, on outcomes made by hand."""

from __future__ import annotations

import math
from dataclasses import replace

from experiments.configuration.ensemble import Ensemble
from experiments.patterns.arithmetic import arithmetic_of
from experiments.patterns.pattern import PatternOutcome
from experiments.patterns.reported import patterns_of
from experiments.report.text import Words
from experiments.statistics.intervals import Estimate
from experiments.studies.patterns.answer import answer_of, score_of
from sim.scenario import Calendar, Scenario
from sim.stress import Stress

PATTERNS = [each for each in patterns_of("gansu") if not each.is_held_out]

MET = {pattern.name: (pattern.low + pattern.high) / 2 for pattern in PATTERNS}
"""Every figure as it is reported."""


def outcomes(**simulated: float) -> list[PatternOutcome]:
    """Every pattern met but for those with another figure."""
    return [
        PatternOutcome(pattern, Estimate(value, value, value, value, value, 3))
        for pattern in PATTERNS
        for value in [simulated.get(pattern.name, MET[pattern.name])]
    ]


def lines_of(found: list[PatternOutcome], language: str = "en", **more: object) -> list[str]:
    parts = {"implied": [], "ensemble": None, "seeds": (0, 1, 2), "scenario": Scenario(), **more}
    return [line.replace("\xa0", " ") for line in answer_of(found, words=Words(language), **parts).text]


def test_all_are_met():
    answer = answer_of(outcomes(), [], None, (0, 1, 2), Scenario(), Words("en"))
    assert answer.text[0] == "Reproduced within their tolerances: 26 of 26 reported figures (means of 3 replicates)."
    assert answer.text[1].startswith(
        "Patterns reproduced in all their figures: 9 of 9 (P1 where people turn first; P2 "
    )
    assert answer.text[2:] == ("What is reproduced is no proof, since other assumptions reproduce it, too.",)
    assert (answer.n_of, answer.of) == (26, 26)
    assert answer.bases == {"range": "chance", "replicates": 3, "behaviours": None}
    (caveat,) = answer.caveats
    assert caveat.startswith("One set of assumptions about people: ranges are chance alone.")


def test_what_is_missed_most_is_told_by_its_size_one_a_pattern():
    missed = outcomes(
        county_after=0.6,  # 80 % below 3
        city_after=1.4,  # 30 % below 2, of the same pattern
        petitions_per_1000=7.95,  # 50 % above 5.3
        recorded_success=0.90,  # 6 points below 96 %, 6.1 % of 98 %
        prelitigation_days=29.163,  # 25 % above 23.33
        mass_incidents=0.1,  # up instead of down: 125 %
    )
    lines = lines_of(missed)
    assert lines[0] == "Reproduced within their tolerances: 20 of 26 reported figures (means of 3 replicates)."
    assert lines[1] == (
        "Missed most, for their size: mass incidents, change (+10.0 % where −40.2 % is reported); "
        "county for one at the province, after (0.60 where 3.00 is reported); "
        "petitions per 1,000 residents a year, before (7.95 where 5.30 is reported)."
    )
    assert lines[2].startswith("Patterns reproduced in all their figures: 4 of 9 (P1 where people turn first; P3 ")
    assert lines[2].endswith("In none: P9 days with the courts' mediators.")
    assert lines[3].startswith("Read effects on what is missed as directions at most;")
    chinese = lines_of(missed, "zh")
    assert chinese[0] == "26个公开数字中，20个在容差内得到再现（3次重复的均值）。"
    assert chinese[1].startswith("按相对大小，偏差最大的是：群体性事件，变化（模拟+10.0%，公开数字−40.2%）；")
    assert chinese[2].endswith("完全未再现：P9 法院调解天数。")


def test_what_cannot_be_told_is_neither_met_nor_missed():
    found = outcomes(mass_incidents=math.nan, city_after=9.0)
    found = [replace(each, simulated=None) if each.pattern.name == "suits" else each for each in found]
    lines = lines_of(found)
    assert lines[0] == (
        "Reproduced within their tolerances: 23 of 26 reported figures; 1 are missed and 2 cannot be told "
        "(means of 3 replicates)."
    )
    assert "P5" not in lines[2] and "P8" not in lines[2]


def test_nothing_is_known():
    nothing = [PatternOutcome(pattern, None) for pattern in PATTERNS]
    lines = lines_of(nothing)
    assert lines[0].startswith(
        "Reproduced within their tolerances: 0 of 26 reported figures; 0 are missed and 26 cannot"
    )
    assert lines[1] == "No pattern is reproduced in all its figures."


def test_what_two_patterns_imply_of_each_other():
    values = {"petitions_share": 0.5, "petitions_total": 1.15}
    implied = [
        (rule, Estimate(values[rule.name], 0, 0, 0, 0, 3) if rule.name in values else None)
        for rule in arithmetic_of(PATTERNS)
    ]
    lines = lines_of(outcomes(city_after=9.0), implied=implied)
    assert lines[3] == (
        "A change of −35.9 % in the provincial count and a ratio of 1 : 2 : 3 in one year take 1.92 times the "
        "petitions of the year before; the model has 1.15 times."
    )
    assert len(lines) == 5


def test_behaviours_a_stress_and_a_short_warm_up_are_said():
    people = Ensemble("people", ("patience",), ((10.0,), (20.0,)), "")
    scenario = Scenario(stress=Stress(demand_shock=0.3), calendar=Calendar(start="2017-01-01"))
    answer = answer_of(outcomes(), [], people, (0, 1, 2), scenario, Words("en"))
    assert answer.text[0].endswith("(medians of 2 behaviours of people).")
    assert answer.bases["behaviours"] == {"name": "people", "members": 2} and answer.bases["range"] == "behaviours"
    assert answer.caveats[0].startswith("People: 2 of the 2 sets of assumptions of people;")
    assert answer.caveats[1] == "Under stress, scored as harm: demand shock 0.3."
    assert answer.caveats[2].startswith("Warning: 12 months of warm-up")
    chinese = answer_of(outcomes(), [], people, (0, 1, 2), scenario, Words("zh"))
    assert chinese.caveats[1] == "处于压力情景（按损害计）：额外的诉求 0.3。"


def test_what_was_never_fitted_is_scored_hits_and_every_miss():
    held_out = [each for each in patterns_of("gansu") if each.is_held_out]
    values = {each.name: (each.low + each.high) / 2 for each in held_out}
    values |= {"online_share": 0.2, "february": 1.0, "long_run": math.nan}
    found = [
        PatternOutcome(each, Estimate(value, value - 0.01, value + 0.01, value, value, 3), is_range=True)
        for each in held_out
        for value in [values[each.name]]
    ]
    people = Ensemble("people", ("patience",), ((10.0,), (20.0,), (30.0,)), "x")
    answer = score_of(found, people, (0, 1, 2), Scenario(), "", Words("en"))
    lines = [line.replace("\xa0", " ") for line in answer.text]
    assert (
        lines[0]
        == "Predicted as reported: 19 of 21 figures that were never fitted (medians of 3 behaviours of people)."
    )
    assert lines[1] == (
        "Missed: registered petitions made online, before (20.00 % where 40.1 % is reported); "
        "petitions of February over the mean month, before (1.00 where 0.72 is reported)."
    )
    assert lines[2].startswith("Of 1 more nothing is predicted") and lines[3].startswith("A hit with a wide range")
    assert (answer.n_of, answer.of, answer.bases["range"]) == (19, 21, "behaviours")
    assert answer.caveats[0].startswith("People: 3 of the 3 sets")
    elsewhere = score_of(found, people, (0, 1, 2), Scenario(), "zhejiang", Words("en")).caveats[0]
    assert elsewhere.startswith("Reported of Zhejiang and simulated in Gansu, with nothing fitted to it: ")
    chinese = score_of(found, people, (0, 1, 2), Scenario(), "Zhejiang", Words("zh"))
    assert chinese.caveats[0].startswith("公开数字来自浙江省，模拟的是甘肃省")
    chinese = chinese.text
    assert chinese[0] == "从未用于拟合的21个公开数字中，19个预测与公开数字相符（people中3组行为假设的中位数）。"
