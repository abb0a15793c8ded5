"""What a robustness study answers: who is good enough most often, what is given away, failures and stresses."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from experiments.report.robustness.answer import answer, closing, effect_of, leading
from experiments.report.robustness.evidence import RobustnessEvidence
from experiments.report.robustness.tables import TOGETHER
from experiments.report.text import Words
from experiments.results.folder import Results

ZH = Words("zh")
EN = Words("en", frozenset({"staff_cut"}))
FUTURES = 4


@pytest.fixture
def made(tmp_path):
    """Evidence of policies over four futures without stress and four under one.

    ``policies`` has, by name, durable settlement without stress and the number of futures of either kind in which it
    is good enough; under the stress two points less are settled.
    """

    def evidence(policies, measures=("durable_resolution",), beside=None, box=False, **settings) -> RobustnessEvidence:
        stresses = {"none": {}, "staff_cut": {"staff_lost": 0.5}}
        futures = [{"future": f"f{n}", "stress": stress} for stress in stresses for n in range(FUTURES)]
        outcomes, shares = [], []
        for policy, (durable, held, held_under) in policies.items():
            for future in futures:
                n, is_under = int(future["future"][1:]), future["stress"] != "none"
                more = {name: values[policy] for name, values in (beside or {}).items()}
                value = durable[n] - 0.02 * is_under
                outcomes.append({"policy": policy, **future, "holds": True, "durable_resolution": value, **more})
            for stress, count, of in (
                ("all", held + held_under, 2 * FUTURES), ("none", held, FUTURES), ("staff_cut", held_under, FUTURES)
            ):  # fmt: skip
                share = {"share": count / of, "low": 0.0, "high": 1.0, "futures": of}
                shares.append({"policy": policy, "threshold": TOGETHER, "stress": stress, **share})
        limits = [
            {"factor": "patience", "low": None, "high": 12.0, "words": "", "smallest": 5.0, "largest": 40.0,
             "quasi_p": 0.01}
        ]  # fmt: skip
        steps = [{"coverage": 0.75, "density": 0.9, "mass": 0.2, "limits": 1, "chosen": True}]
        study = {
            "name": "trial",
            "policies": list(policies),
            "reference": "status_quo",
            "stresses": stresses,
            "thresholds": {"durable_resolution": {"at_least": 0.6}},
            "discover": list(policies)[-1],
            "measures": list(measures),
            "uncosted": {"whistle": ["centre.intake"]},
            "replicates": 2,
            "calendar": {"start": "2015-01-01", "end": "2019-12-31", "reform": "2019-01-01", "measures": "2018-01-01"},
            **settings,
        }
        tables = {
            "futures": pd.DataFrame(futures),
            "outcomes": pd.DataFrame(outcomes),
            "satisficing": pd.DataFrame(shares),
            "limits": pd.DataFrame(limits if box else [], columns=list(limits[0])),
            "trajectory": pd.DataFrame(steps if box else [], columns=list(steps[0])),
        }
        manifest = {"province": {"population": 1000}}
        return RobustnessEvidence(
            Results(tmp_path, study, manifest, *[pd.DataFrame()] * 2, [], kind="robustness", tables=tables)
        )

    return evidence


QUO = ((0.60, 0.60, 0.60, 0.60), 1, 0)
BETTER = ((0.62, 0.64, 0.66, 0.68), 4, 3)


def test_the_policy_that_is_good_enough_most_often_is_named(made):
    evidence = made({"status_quo": QUO, "one_stop": (QUO[0], 0, 0), "whistle": BETTER})
    found = answer(evidence, EN)
    assert found.policy == "whistle" and (found.n_of, found.of) == (7, 8)
    assert found.effect and found.effect.measure == "durable_resolution"
    assert found.effect.value == pytest.approx(0.05)  # the median of 2, 4, 6 and 8 points
    assert found.range == pytest.approx((0.0215, 0.0785)) and found.bases["range"] == "futures"
    assert found.text[0] == (
        "“Whistle and report” is good enough most often: in 7 of 8 futures (88 [0\xa0to\xa0100] %); “Status quo” in 1 "
        "and the others in none. Good enough means – Durable settlement per grievance: at least 60.0\xa0%."
    )
    assert "其余均为0种" in answer(evidence, ZH).text[0]


def test_a_gain_that_is_asked_for_is_told_in_points(made):
    asked = {"durable_resolution": {"at_most": 0.9, "better_by": 0.03}, "trust_local": {"better_by": 0.02}}
    evidence = made({"status_quo": QUO, "whistle": BETTER}, thresholds=asked)
    first = answer(evidence, EN).text[0].replace("\xa0", " ")
    assert first.endswith(
        "Good enough means – Durable settlement per grievance: at most 90.0 % and better than Status quo by 3.00 "
        "points or more; Trust in village and township: better than Status quo by 0.0200 or more."
    )
    assert "比维持现状至少好3.00个百分点" in answer(evidence, ZH).text[0].replace("“", "").replace("”", "")


def test_none_is_named_where_none_is_ever_good_enough(made):
    found = answer(made({"status_quo": (QUO[0], 0, 0), "whistle": (BETTER[0], 0, 0)}), EN)
    assert found.policy is None and (found.n_of, found.of) == (0, 8) and found.cost is None
    assert found.text[0].startswith("No policy is good enough in any of 8 futures.")


def test_none_is_named_where_the_reference_is_as_good(made):
    found = answer(made({"status_quo": (QUO[0], 4, 3), "whistle": BETTER}), EN)
    assert found.policy is None
    assert found.text[0].startswith(
        "No policy is good enough more often than “Status quo”, which is so in 7 of 8 futures."
    )


def test_none_is_named_of_several_that_are_equally_good(made):
    evidence = made({"status_quo": QUO, "one_stop": BETTER, "whistle": BETTER})
    assert leading(evidence) is None
    assert (
        answer(evidence, EN)
        .text[0]
        .startswith("“One-stop centres” and “Whistle and report” are good enough equally often, in 7 of 8 futures")
    )


def test_regret_is_what_is_given_away_at_worst(made):
    # whistle gives away 2 points in the first future, one_stop 3, 5 and 7 in the others
    evidence = made({"status_quo": QUO, "one_stop": ((0.64, 0.61, 0.61, 0.61), 2, 2), "whistle": BETTER})
    line = next(line for line in answer(evidence, EN).text if "regret" in line)
    assert line.startswith("“Whistle and report” has the smallest largest regret") and "more than 2.00 points" in line
    never = answer(made({"status_quo": QUO, "whistle": BETTER}), EN)
    assert any("gives nothing away in “Durable settlement per grievance”" in line for line in never.text)


def test_when_a_policy_fails_is_told_in_plain_words(made):
    found = answer(made({"status_quo": QUO, "whistle": ((0.6,) * 4, 2, 1)}, box=True), EN)
    assert (
        "“Whistle and report” is not good enough in 5 of 8 futures; 75 % of these lie where “Median time before "
        "acting” is below 12, and of all futures there it fails in 90 %."
    ) in found.text
    few = answer(made({"status_quo": QUO, "whistle": BETTER}), EN)
    assert any("too few, or too many, for a rule" in line for line in few.text)
    always = answer(made({"status_quo": QUO, "whistle": (BETTER[0], 4, 4)}), EN)
    assert "“Whistle and report” is good enough in all 8 futures." in always.text


def test_stresses_are_scored_as_harm_and_never_named_as_best(made):
    found = answer(made({"status_quo": QUO, "whistle": BETTER}), EN)
    assert found.text[-1] == (
        "Under stress, scored as harm, “Whistle and report” is good enough, and “Durable settlement per grievance” "
        "differs from that without stress: Half the staff gone, in 3 of 4, −2.00 points."
    )


def test_record_truth_and_cost_are_those_without_stress(made):
    beside = {
        "recorded_success": {"status_quo": 0.95, "whistle": 0.95},
        "durable_success": {"status_quo": 0.70, "whistle": 0.72},
        "petitions_total": {"status_quo": 1000.0, "whistle": 900.0},
        "petitions_province": {"status_quo": 300.0, "whistle": 200.0},
        "cost_per_resident": {"status_quo": 40.0, "whistle": 55.0},
        "durable_per_10000": {"status_quo": 300.0, "whistle": 330.0},
    }
    without_price = {"whistle": ["centre.intake"]}
    measures = ("durable_resolution", *beside)
    evidence = made({"status_quo": QUO, "whistle": BETTER}, measures, beside, uncosted=without_price)
    found = answer(evidence, EN)
    assert "registered petitions (in batches, all channels, repeats counted) by −10.0\xa0%" in found.text[1]
    assert found.text[1].endswith(
        "“Whistle and report” changes yearly cost per resident by +15.0 [+15.0\xa0to\xa0+15.0] yuan; durable "
        "settlements per 10,000 residents a year change by +30.0 [+30.0\xa0to\xa0+30.0]; 5,000 yuan for each "
        "additional one. Uncosted, so not in it: intake."
    )
    assert found.cost and found.cost.per_settlement == pytest.approx(5000)
    assert found.cost.yearly == pytest.approx(15_000) and found.cost.uncosted == ("centre.intake",)
    counts, changes, stresses = closing(evidence, EN)
    assert counts.rows == [["Status quo", "1", "7"], ["Whistle and report", "7", "1"]]
    assert changes.rows[0][-1] == "5,000"
    assert stresses.rows == [["Half the staff gone (stress, scored as harm)", "3", "4", "−2.00 points"]]


def test_without_a_value_nothing_is_told_of_it(made):
    nothing = (math.nan,) * 4
    evidence = made({"status_quo": QUO, "whistle": (nothing, 0, 0)})
    assert effect_of(evidence, "whistle", "durable_resolution") is None
    found = answer(evidence, EN)
    assert found.effect is None and found.range is None
