"""What a calibration answers, on tables made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.report.answer import Answer
from experiments.report.calibrate.answer import answer
from experiments.report.calibrate.evidence import CalibrationEvidence, reported_text, tolerance_text
from experiments.report.text import Words
from experiments.runs.tables import frame_like
from sim.scenario import Calendar
from tests.experiments.report.made_up.kept import keep

TARGET = {"figure": "durable_success", "role": "target", "knob": "intercept_mediation", "reported_low": 0.65,
          "reported_high": 0.74, "slack": 0.01, "default": 0.66, "low": 0.66, "median": 0.70, "high": 0.73,
          "excluded": 3}  # fmt: skip
DRAWN = {**TARGET, "figure": "notices_per_grid", "role": "drawn", "knob": "disclosure", "reported_low": 3.0,
         "reported_high": 8.0, "slack": 0.1, "excluded": 1}  # fmt: skip
CHECK = {**TARGET, "figure": "first_nothing_share", "role": "check", "knob": "", "reported_low": None,
         "reported_high": 0.41, "slack": 0.0, "excluded": 7}  # fmt: skip
HIT = {**TARGET, "figure": "suits", "role": "held_out", "knob": "", "reported_low": 9.3, "reported_high": 9.8,
       "slack": 0.1, "low": 8.0, "median": 8.5, "high": 9.25, "excluded": 0}  # fmt: skip
MISSED = {**HIT, "figure": "satisfaction", "reported_low": 0.9586, "reported_high": 0.9586, "slack": 0.001,
          "low": 0.90, "median": 0.91, "high": 0.95}  # fmt: skip
KEPT = {"relapse_rate": 0.5, "grievances": 0.81, "patience": 1.0}
ACCEPTANCE = "status_quo.petition.acceptance"


def calibrated(
    folder: Path,
    figures: list[dict[str, Any]],
    kept: dict[str, float] | None = None,
    members: int = 4,
    strict: int | None = 1,
    drawn: tuple[str, ...] = ("loose", "strict"),
    spread: tuple[float | None, float | None] = (0.41, 0.92),
) -> CalibrationEvidence:
    """Ten candidates, of which some are members; of these some have strict acceptance (``None``: no choice)."""
    kept = KEPT if kept is None else kept
    fitted = {row["knob"]: {"figure": row["figure"], "along": []} for row in figures if row["knob"]}
    varied: dict[str, Any] = {name: {"low": 0.0, "high": 1.0, "scale": "plain"} for name in kept}
    columns = {name: [0.5] * members for name in (*fitted, *kept)}
    if strict is not None:
        varied[ACCEPTANCE] = {"values": list(drawn)}
        columns[ACCEPTANCE] = [float(drawn.index("strict"))] * min(strict, members) + [0.0] * max(0, members - strict)
    settings = {"name": "trial", "calendar": vars(Calendar()), "fitted": fitted, "varied": varied, "steps": 3}
    numbers = dict.fromkeys(set(TARGET) - {"figure", "role", "knob", "excluded"}, "float64")
    told = {**dict.fromkeys(fitted, 0.05), **kept}
    lie = dict.fromkeys(("low", "median", "high"), 0.5 if members else float("nan"))
    values = {row["figure"]: np.linspace(0.6, 0.7, 10) for row in figures}
    whole = {"member": "int64", "candidate": "int64"}
    spread_rows = {"low": 0.1, "median": spread[0], "high": 0.9, "distant": spread[1]}
    frames = {
        "figures": pd.DataFrame(figures).astype(numbers),
        "candidates": pd.DataFrame(
            {"candidate": range(10), "accepted": [int(n < members) for n in range(10)], "missed": 1, **values}
        ),
        "members": pd.DataFrame(
            {"member": range(members), "candidate": range(members), **columns}, dtype="float64"
        ).astype(whole),
        "identifiability": pd.DataFrame(
            [
                {"uncertainty": name, "is_fitted": int(name in fitted), "prior_low": 0.0, "prior_high": 1.0,
                 "default": 0.5, **lie, "kept": value}
                for name, value in told.items()
            ]
        ),
        "spread": pd.DataFrame(
            {"quantity": list(spread_rows), "value": pd.Series(list(spread_rows.values()), dtype="float64")}
        ),
        "corners": pd.DataFrame({"corner": [0], "member": [-1], "distance": [float("nan")]}),
        "choices": frame_like(
            {"choice": "text", "value": "text", "tried": "int", "accepted": "int", "excluded_by": "text"},
            [
                {"choice": ACCEPTANCE, "value": "loose", "tried": 5, "accepted": 3, "excluded_by": "durable_success"},
                {"choice": ACCEPTANCE, "value": "strict", "tried": 5, "accepted": 0, "excluded_by": "durable_success"},
            ]
            if strict is not None
            else [],
        ),
    }  # fmt: skip
    return CalibrationEvidence(keep(folder, "calibrate", settings, frames, 20))


def lines(found: Answer) -> list[str]:
    return [line.replace("\xa0", " ") for line in found.text]


def test_what_is_met_what_is_told_and_what_was_predicted(tmp_path):
    found = answer(calibrated(tmp_path, [TARGET, DRAWN, CHECK, HIT, MISSED]), Words("en"))
    assert lines(found) == [
        "4 of 10 worlds that were drawn meet 1 reported figure, 1 figure drawn from a range of ours and 1 check; "
        "2 assumptions were fitted to do so, with 3 more and 1 choice of the status quo varied. "
        "“P1 first choices before: do nothing” excludes most of the others (7).",
        "“Keep to step-by-step acceptance (status quo)” is loose in 3 members, strict in 1 member.",
        "Of 3 varied assumptions, 2 stay as wide as they were drawn; the figures narrow “Relapse of nominal "
        "settlements” (to 50 % of its width).",
        "Held out and predicted, 1 of 2 reached: P5 first-instance civil suits per 1,000 a year, before, 8.00 to 9.25 "
        "where 9.30 to 9.80 is reported (reached); P6 surveyed safety and satisfaction, after, 90.0 % to 95.0 % where "
        "95.9 % is reported (missed).",
        "Members are 0.41 of the widths drawn apart in the median; 92 % of pairs are far from each other (more than "
        "0.3).",
    ]
    assert (found.n_of, found.of, found.policy) == (1, 2, None)
    assert found.effect is not None and found.effect.value == pytest.approx(0.4)
    assert found.bases["untold"] == ["grievances", "patience"]
    assert found.bases["fitted"] == ["intercept_mediation", "disclosure"]


def test_the_same_in_chinese(tmp_path):
    found = answer(calibrated(tmp_path, [TARGET, DRAWN, CHECK, HIT], strict=0), Words("zh"))
    assert lines(found)[:3] == [
        "抽取的10组假设中，有4组符合1个公开数字、1个取自自设范围的数字和1项核验；"
        "为此拟合了2项假设，另抽取3项假设和1项现状选项。其余各组中，“P1 改革前第一选择：什么也不做”排除最多（7组）。",
        "“是否严格逐级受理（现状）”：4个成员取宽松；没有成员取严格"
        "（“P4 调解后十二个月不反复的比例，改革前”排除最多）。",
        "抽取的3项假设中，2项仍与抽取范围同宽；公开数字收窄了“纸面化解的反复”（收窄至50 %）。",
    ]
    assert lines(found)[3].startswith("留出并预测的1个数字中，命中1个：P5 ")
    assert lines(found)[4] == "成员之间的距离，中位数为抽取宽度的0.41；92 %的成员对相距较远（超过0.3）。"


def test_a_value_that_no_member_has_is_said(tmp_path):
    found = lines(answer(calibrated(tmp_path, [TARGET], strict=0), Words("en")))
    assert found[1] == (
        "“Keep to step-by-step acceptance (status quo)” is loose in 4 members; no member has "
        "strict (“P4 mediation that holds for twelve months, before” excludes most)."
    )


def test_nobody_meets_everything(tmp_path):
    held_out = {**HIT, "low": None, "median": None, "high": None}
    found = answer(calibrated(tmp_path, [TARGET, CHECK, held_out], members=0, spread=(None, None)), Words("en"))
    assert lines(found) == [
        "None of the 10 worlds that were drawn meets 1 reported figure and 1 check: “P1 first choices before: do "
        "nothing” excludes most (7)."
    ]
    assert (found.n_of, found.of) == (0, 1)


def test_all_is_told_or_nothing_and_nothing_else_varied(tmp_path):
    narrow = calibrated(tmp_path / "narrow", [TARGET], {"patience": 0.1}, strict=None)
    assert lines(answer(narrow, Words("en")))[1] == (
        "Of 1 varied assumptions, none stays as wide as it was drawn; the figures narrow “Median time before acting” "
        "(to 10 % of its width)."
    )
    wide = lines(answer(calibrated(tmp_path / "wide", [TARGET], {"patience": 0.9}, strict=None), Words("en")))
    assert wide[1].startswith("The one varied assumption stays as wide as it was drawn: the figures tell nothing of it")
    alone = calibrated(tmp_path / "alone", [{**TARGET, "excluded": 0}], {}, strict=None, spread=(0.0, 0.0))
    assert lines(answer(alone, Words("en"))) == [
        "4 of 10 worlds that were drawn meet 1 reported figure; 1 assumption was fitted to do so, and nothing else was "
        "varied."
    ]


def test_many_that_are_narrowed_are_named_in_part(tmp_path):
    names = ("patience", "trust_mean", "grievances", "repeats", "loose_acceptance", "relapse_rate")
    kept = {name: 0.1 * place for place, name in enumerate(names, 1)} | {"court_background": 0.9}
    told = lines(answer(calibrated(tmp_path, [TARGET], kept, strict=None), Words("en")))[1]
    assert "1 stay as wide as they were drawn; the figures narrow 6, most of all “Median time before acting”" in told
    assert told.count("“") == 4 and "(to 40 % of its width)." in told


def test_a_held_out_figure_that_is_not_measured_is_not_predicted(tmp_path):
    held_out = {**HIT, "low": None, "median": None, "high": None}
    told = lines(answer(calibrated(tmp_path, [TARGET, held_out], {}, strict=None), Words("en")))
    assert told[1] == "What was held out (1) is not predicted: it is not measured here."


@pytest.mark.parametrize(
    ("low", "high", "is_hit"),
    [(8.0, 9.21, True), (8.0, 9.19, False), (9.89, 11.0, True), (9.91, 11.0, False), (9.0, 10.0, True)],
)
def test_a_hit_comes_within_the_tolerance_of_what_is_reported(tmp_path, low, high, is_hit):
    evidence = calibrated(tmp_path, [TARGET, HIT])
    assert evidence.hit({**HIT, "low": low, "high": high}) is is_hit
    assert evidence.hit({**HIT, "low": low, "high": high, "reported_low": None}) is (low < 9.9)


def test_values_are_those_of_the_members_in_their_order(tmp_path):
    evidence = calibrated(tmp_path, [TARGET])
    assert evidence.values("durable_success").tolist() == pytest.approx(
        [0.6, 0.6 + 0.1 / 9, 0.6 + 0.2 / 9, 0.6 + 0.3 / 9]
    )
    assert evidence.values("suits").size == 0
    assert evidence.choices == {ACCEPTANCE: {"loose": 3, "strict": 1}}
    often = calibrated(tmp_path / "often", [TARGET], drawn=("loose", "loose", "strict"))
    assert often.choices == {ACCEPTANCE: {"loose": 3, "strict": 1}}
    assert [row["figure"] for row in calibrated(tmp_path / "more", [TARGET, DRAWN, CHECK, HIT]).asked] == [
        "first_nothing_share", "durable_success", "notices_per_grid"
    ]  # fmt: skip


def test_a_place_within_a_logarithmic_prior_is_that_of_its_logarithm(tmp_path):
    evidence = calibrated(tmp_path, [TARGET])
    evidence.settings.varied["grievances"].scale = "log"
    row = {"uncertainty": "grievances", "prior_low": 1.0, "prior_high": 100.0}
    assert evidence.place_of(row, np.array([1.0, 10.0, 100.0])).tolist() == pytest.approx([0, 0.5, 1])
    other = {**row, "uncertainty": "patience"}
    assert evidence.place_of(other, np.array([1.0, 50.5])).tolist() == pytest.approx([0, 0.5])


def test_what_is_asked_is_said_with_its_tolerance():
    words = Words("en")
    low = {**CHECK, "reported_low": 0.25, "reported_high": None}
    said = [
        reported_text(row, words).replace("\xa0", " ")
        for row in (TARGET, CHECK, low, {**TARGET, "reported_high": 0.65})
    ]
    assert said == ["65.0 % to 74.0 %", "at most 41.0 %", "at least 25.0 %", "65.0 %"]
    near = [tolerance_text(row).replace("\xa0", " ") for row in (TARGET, DRAWN, CHECK, HIT)]
    assert near == ["±2.0 %", "±10 %", "–", "±0.10"]
