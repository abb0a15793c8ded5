"""What a counterfactual answers, on flows made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from experiments.report.answer import Answer
from experiments.report.counterfactual.answer import answer
from experiments.report.counterfactual.evidence import CounterfactualEvidence
from experiments.report.text import Words
from experiments.studies.counterfactual.fates import FATES, Fate
from experiments.studies.counterfactual.flows import Flows
from experiments.studies.counterfactual.study import frames_of
from sim.ledger import EVENTS
from sim.scenario import Calendar
from tests.experiments.report.made_up.kept import keep

STAYED = {"self": 1000, "gave_up": 900, "petition": 100}


def flows_of(moved: dict[tuple[str, str], int], at_province: tuple[int, int]) -> Flows:
    """Disputes of one county; those at the province all end in a petition under both."""
    table = np.zeros((FATES, FATES), np.int64)
    for name, count in STAYED.items():
        table[Fate[name.upper()], Fate[name.upper()]] = count
    for (a, b), count in moved.items():
        table[Fate[a.upper()], Fate[b.upper()]] = count
    province = np.zeros((2, FATES, FATES), np.int64)
    province[:, Fate.PETITION, Fate.PETITION] = at_province
    return Flows(table[None], province[0], province[1], np.array([620702]), np.zeros((2, len(EVENTS)), np.int64))


def followed(folder: Path, *replicates: Flows, residents: int = 100_000, **study: object) -> CounterfactualEvidence:
    """The results of some replicates, followed through 2019."""
    settings = {
        "name": "trial",
        "reference": "before",
        "replicates": len(replicates),
        "seeds": list(range(len(replicates))),
        "calendar": vars(Calendar(end="2019-12-31")),
        "residents": residents,
        **study,
    }
    members = settings["ensemble"]["members"] if "ensemble" in settings else 0  # type: ignore[index]
    tables = frames_of(dict(enumerate(replicates)), members)
    return CounterfactualEvidence(keep(folder, "counterfactual", settings, tables, len(replicates)))


def lines(found: Answer) -> list[str]:
    return [line.replace("\xa0", " ") for line in found.text]


MORE = {("gave_up", "township"): 60, ("self", "gave_up"): 20, ("nominal", "county"): 10}
"""Of 2,090 disputes 90 end elsewhere: 70 come to be settled, 20 no longer are; of 1,120 settled, 50 more."""


def test_more_are_settled(tmp_path):
    same = flows_of(MORE, (40, 30))
    found = answer(followed(tmp_path, same, same, same), Words("en"))
    assert lines(found) == [
        "Of the same 2,090 disputes 90 (4.3 %) end elsewhere under the policy after the reform than under the policy "
        "before, kept.",
        "More are settled for good: +50 [+50 to +50], +5.0 per 10,000 residents a year, and more in 3 of 3 replicates. "
        "70 come to be settled that were not, and 20 no longer are.",
        "Through these changes above all: given up unresolved → township +60; the parties themselves → given up "
        "unresolved −20; settled on paper only → county +10.",
        "Fewer are taken to the province or the nation: −10 [−10 to −10], above all petition under both −10.",
    ]
    assert (found.policy, found.effect.value, found.range) == ("after", 50.0, (50.0, 50.0))
    assert (found.n_of, found.of) == (3, 3)
    assert found.bases == {"range": "chance", "disputes": 2090.0, "per_10000_a_year": 5.0}


def test_the_same_in_chinese_and_against_another_policy(tmp_path):
    same = flows_of(MORE, (30, 40))
    found = answer(followed(tmp_path, same, same, reference="one_stop"), Words("zh"))
    assert lines(found) == [
        "同样的2,090件纠纷中，有90件（4.3 %）在改革后政策下的结局与“一站式中心”下不同。",
        "稳定化解增加：+50 [+50 至 +50]件（每万名居民每年+5.0件），2次重复中2次增加。"
        "70件由未化解变为稳定化解，20件不再稳定化解。",
        "主要通过以下变化：放弃（未化解）→乡镇 +60；双方自行解决→放弃（未化解） −20；仅台账化解→县 +10。",
        "到省或进京的纠纷增加：+10 [+10 至 +10]件，主要是两者均为信访 +10。",
    ]


def test_fewer_little_and_open(tmp_path):
    fewer = flows_of({("self", "gave_up"): 60}, (0, 0))
    found = answer(followed(tmp_path / "fewer", fewer, fewer), Words("en"))
    assert lines(found)[1].startswith(
        "Fewer are settled for good: −60 [−60 to −60], −6.0 per 10,000 residents a year, and"
    )
    assert lines(found)[3] == "As many are taken to the province or the nation." and found.policy is None
    little = flows_of({("self", "gave_up"): 5, ("gave_up", "self"): 10}, (0, 0))  # 5 of 1,105 are 0.5 %
    found = answer(followed(tmp_path / "little", little, little), Words("en"))
    assert lines(found)[1].startswith("The number settled for good stays within 2 %: +5 [+5 to +5], +0.5 per 10,000")
    found = answer(followed(tmp_path / "open", flows_of(MORE, (0, 0)), little, fewer), Words("en"))
    assert lines(found)[1].startswith("Whether more are settled for good cannot be told: −2 [")  # (50 + 5 − 60) / 3
    assert "of the same sign in 1 of 3 replicates" in lines(found)[1]


def test_behaviours_have_their_range(tmp_path):
    replicates = [flows_of({("gave_up", "self"): count}, (0, 0)) for count in (40, 60, 80, 50)]
    people = {"name": "people", "members": 3, "sha256": "0", "uncertainties": []}
    found = answer(followed(tmp_path, *replicates, ensemble=people), Words("en"))
    # the first behaviour has 40 and 50: 45, 60, 80
    assert found.range == pytest.approx((45 + 0.05 * 15, 80 - 0.05 * 20))
    assert found.effect.value == 57.5 and (found.n_of, found.of) == (3, 3)
    assert (
        lines(found)[1].startswith("More are settled for good: +58 [+46 to +79]")
        and "3 of 3 behaviours" in found.text[1]
    )
    assert found.bases["range"] == "behaviours"


def test_one_replicate_and_unknown_residents(tmp_path):
    found = answer(followed(tmp_path, flows_of(MORE, (40, 30)), residents=0), Words("en"))
    assert lines(found)[1].startswith("More are settled for good: +50, and more in 1 of 1 replicates.")
    assert found.range is None and found.bases["per_10000_a_year"] is None


def test_nothing_changes(tmp_path):
    same = flows_of({}, (5, 5))
    found = answer(followed(tmp_path, same, same), Words("en"))
    assert lines(found)[0].startswith("Of the same 2,000 disputes 0 (0.0 %) end elsewhere")
    assert lines(found)[1].startswith("The number settled for good stays within 2 %: 0 [0 to 0]")
    assert lines(found)[2] == "Through these changes above all: –."
    assert found.policy is None


def test_what_the_registers_say_is_told_apart(tmp_path):
    evidence = followed(tmp_path, flows_of(MORE, (40, 30)))
    means = {"prevented": -5.0, "resolved": -20.0, "diverted": 4.0, "discouraged": -60.0, "repeats": 0.0,
             "unregistered": 10.0, "relabelled": 0.0, "change": -71.0}  # fmt: skip
    reasons = evidence.tables["reasons"].set_index("part")
    reasons["mean"] = means
    evidence.tables["reasons"] = reasons.reset_index()
    assert lines(answer(evidence, Words("en")))[4] == (
        "Registered petitions (in batches, all channels, repeats counted) change by −71, of which settlement accounts "
        "for “Fewer grievances” −5, “Settled earlier or for good” −20; the largest part that is no settlement is "
        "“Gave up or did nothing” −60."
    )
    assert lines(answer(evidence, Words("zh")))[4] == (
        "登记信访（按件次计，全部渠道、含重复）变化−71件，其中属于化解的有“诉求减少”−5件，“提前或彻底化解”−20件；不属于化解的最大一项为“放弃或隐忍”−60件。"
    )
