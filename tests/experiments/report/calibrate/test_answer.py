"""What a calibration answers, on tables made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.report.answer import Answer
from experiments.report.calibrate.answer import answer
from experiments.report.calibrate.evidence import CalibrationEvidence
from experiments.report.text import Words
from sim.scenario import Calendar
from tests.experiments.report.made_up.kept import keep

KEPT = {"patience": 0.10, "trust_mean": 0.5, "grievances": 0.81, "repeats": 1.0}
TARGET = {"target": "durable_success", "role": "target", "reported_low": 0.65, "reported_high": 0.74, "error": 0.01,
          "default": 0.66, "default_implausibility": 0.0, "low": 0.66, "median": 0.70, "high": 0.73}  # fmt: skip
HIT = {**TARGET, "target": "suits", "role": "held_out", "reported_low": 9.3, "reported_high": 9.8, "error": 0.1,
       "default_implausibility": None, "low": 8.0, "median": 8.5, "high": 9.25}  # fmt: skip
MISSED = {**HIT, "target": "satisfaction", "reported_low": 0.9586, "reported_high": 0.9586, "error": 0.001,
          "low": 0.90, "median": 0.91, "high": 0.95}  # fmt: skip


def calibrated(
    folder: Path, targets: list[dict[str, Any]], kept: dict[str, float] | None = None, members: int = 2
) -> CalibrationEvidence:
    """A calibration of some targets, of which some widths of the prior are kept."""
    kept = KEPT if kept is None else kept
    settings = {
        "name": "trial",
        "calendar": vars(Calendar()),
        "trials": 10,
        "waves": 1,
        "cut": 3.0,
        "uncertainties": {name: {"low": 0.0, "high": 1.0} for name in kept},
    }
    numbers = dict.fromkeys(set(targets[0]) - {"target", "role"}, "float64")
    frames = {"targets": pd.DataFrame(targets).astype(numbers)}
    frames["emulators"] = pd.DataFrame(
        {"wave": [1], "target": [targets[0]["target"]], "error": [1.0], "surprises": [0.0]}
    )
    frames["waves"] = pd.DataFrame({"wave": [1, 2], "trials": [10, 0], "left": [1.0, 0.0031], "plausible": [0.1, 0.0]})
    frames["trials"] = pd.DataFrame({"wave": [1], "implausibility": [1.0], **dict.fromkeys(kept, 0.5)})
    some = {"member": list(range(members)), "implausibility": [1.0] * members}
    whole = {"member": "int64"}
    frames["members"] = pd.DataFrame({**some, **{name: [0.5] * members for name in kept}}, dtype="float64").astype(
        whole
    )
    frames["figures"] = pd.DataFrame({"member": some["member"]}).astype(whole)
    frames["identifiability"] = pd.DataFrame(
        [
            {"uncertainty": name, "prior_low": 0.0, "prior_high": 1.0, "default": 0.5, "low": 0.1, "median": 0.5,
             "high": 0.9, "kept": value}
            for name, value in kept.items()
        ]
    )  # fmt: skip
    return CalibrationEvidence(keep(folder, "calibrate", settings, frames, 20))


def lines(found: Answer) -> list[str]:
    return [line.replace("\xa0", " ") for line in found.text]


def test_what_fits_what_is_told_and_what_was_predicted(tmp_path):
    limit = {**TARGET, "target": "wait_county", "role": "limit", "reported_low": None, "reported_high": 40.0}
    found = answer(calibrated(tmp_path, [TARGET, limit, HIT, MISSED]), Words("en"))
    assert lines(found) == [
        "2 sets of assumptions about people fit 1 reported figures and 1 limits of ours; they come out of the 0.31 % "
        "of the prior of 4 assumptions that is not ruled out.",
        "The data tell most of “Median time before acting” (10 %) and “Mean baseline trust” (50 %); the brackets "
        "hold what they leave of each range.",
        "They tell nothing about 2 of 4 assumptions: “Grievances per 1,000 residents a year” and “Repeat petitions per "
        "unit of stake in 30 days”. What turns on these stays open.",
        "Held out and predicted, 1 of 2 reached: P5 first-instance civil suits per 1,000 a year, before, 8.00 to 9.25 "
        "where 9.30 to 9.80 is reported (reached); P6 surveyed safety and satisfaction, after, 90.0 % to 95.0 % where "
        "95.9 % is reported (missed).",
        "The default behaviour is not ruled out either: it is one of many that fit.",
    ]
    assert (found.n_of, found.of, found.policy) == (1, 2, None)
    assert found.effect.value == pytest.approx(0.0031) and found.bases["untold"] == ["grievances", "repeats"]


def test_the_same_in_chinese(tmp_path):
    worse = {**TARGET, "default_implausibility": 3.5}
    found = answer(calibrated(tmp_path, [worse, HIT]), Words("zh"))
    assert lines(found)[0] == "2组行为假设与1个公开数字相符；它们取自4项假设的先验中未被排除的0.31 %。"
    assert lines(found)[2].startswith("4项假设中有2项数据无法说明：“每千居民每年产生的诉求”和“")
    assert lines(found)[3].startswith("留出并预测的1个数字中，命中1个：P5 ")
    assert lines(found)[4] == "默认行为被“P4 调解后十二个月不反复的比例，改革前”排除。"


def test_all_is_told_or_nothing(tmp_path):
    told = lines(answer(calibrated(tmp_path / "told", [TARGET], {"patience": 0.1}), Words("en")))
    assert told[2] == "They tell something of all 1 assumptions." and len(told) == 4
    nothing = lines(answer(calibrated(tmp_path / "nothing", [TARGET], {"patience": 0.9}), Words("en")))
    assert nothing[1] == "Of none of the 1 assumptions do the data tell anything." and len(nothing) == 3


def test_many_that_are_not_told_are_named_in_part(tmp_path):
    names = ("patience", "trust_mean", "grievances", "repeats", "loose_acceptance", "relapse_rate")
    kept = {name: 0.9 for name in names[1:]} | {"patience": 0.2}
    told = lines(answer(calibrated(tmp_path, [TARGET], kept), Words("en")))
    assert told[2].startswith("They tell nothing about 5 of 6 assumptions: among them “") and told[2].count("“") == 4


def test_nobody_fits(tmp_path):
    held_out = {**HIT, "low": None, "median": None, "high": None}
    found = answer(calibrated(tmp_path, [{**TARGET, "default_implausibility": None}, held_out], members=0), Words("en"))
    assert lines(found)[0] == (
        "No set of assumptions about people that was tried fits all 1 reported figures; 0.31 % of the prior of 4 "
        "assumptions is not ruled out by the emulators."
    )
    assert lines(found)[3] == "What was held out (1) is not predicted: there are no members." and len(found.text) == 4
    assert (found.n_of, found.of) == (0, 1)
