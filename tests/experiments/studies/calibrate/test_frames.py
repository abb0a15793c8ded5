"""The tables of a calibration, of candidates made by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.configuration.command import Invocation
from experiments.runs.tables import plain_rows
from experiments.studies.calibrate.frames import frames_of
from experiments.studies.calibrate.plan import plan
from experiments.studies.calibrate.result import Calibrated, Candidate
from experiments.studies.calibrate.schema import CalibrateConfig, CalibrationChoice
from sim.scenario import ProvinceChoice

ACCEPTANCE = "status_quo.petition.acceptance"
FITTED = {
    "constant_village": {"figure": "mediations", "along": ["constant_township"]},
    "disclosure": {"figure": "notices_per_grid", "low": 3.0, "high": 8.0, "tolerance": 0.1},
}
VARIED = {
    "patience": {"low": 8.0, "high": 20.0},
    "grievances": {"low": 45.0, "high": 80.0, "scale": "log"},
    ACCEPTANCE: {"values": ["loose", "strict"]},
}
PLACES = ((0.0, 0.0, 0.0), (0.3, 0.4, 0.0), (1.0, 0.0, 1.0))
"""Where members lie in what is varied: 0.5 / √3, √2 / √3 and so on from one another."""


@pytest.fixture(scope="module")
def study():
    choice = CalibrationChoice(
        fitted=FITTED,
        varied=VARIED,
        checks={"wait_county": {"high": 15.0}},
        held_out=["suits"],
        corners={"patience": [8.0, 20.0], "notices_per_grid": [3.0, 8.0]},
    )
    return plan(CalibrateConfig(study=choice, province=ProvinceChoice("tiny")), Invocation("calibrate"))


def candidate(number, place, figures, missed=(), **values):
    given = {"constant_village": -2.0, "constant_township": -2.0, "disclosure": 0.3, "patience": 14.0,
             "grievances": 60.0, ACCEPTANCE: "loose", **values}  # fmt: skip
    return Candidate(number, (*place, 0.5, 0.5), (6.5, 5.0), given, figures, missed)


@pytest.fixture(scope="module")
def frames(study):
    members = (
        candidate(4, PLACES[0], (6.0, 4.0, 9.0, 9.0), patience=8.0, grievances=45.0),
        candidate(1, PLACES[1], (7.0, 5.0, 10.0, math.nan), patience=14.0, grievances=60.0, constant_village=-3.0),
        candidate(2, PLACES[2], (6.5, 8.0, 11.0, 10.0), patience=20.0, grievances=80.0, **{ACCEPTANCE: "strict"}),
    )
    missing = (
        candidate(0, PLACES[0], (9.0, 5.0, 20.0, 9.0), ("mediations", "wait_county")),
        candidate(3, PLACES[0], (6.0, 5.0, 20.0, 9.0), ("wait_county",)),
    )
    every = tuple(sorted((*members, *missing), key=lambda each: each.number))
    return frames_of(Calibrated(study, every, members, (8.0, 5.5, 3.0, math.nan)))


def test_figures_with_what_is_asked_and_what_members_give(frames):
    rows = {row["figure"]: row for row in plain_rows(frames["figures"])}
    assert [(name, row["role"], row["knob"]) for name, row in rows.items()] == [
        ("mediations", "target", "constant_village"), ("notices_per_grid", "drawn", "disclosure"),
        ("wait_county", "check", ""), ("suits", "held_out", ""),
    ]  # fmt: skip
    asked = [(row["reported_low"], row["reported_high"], row["slack"]) for row in rows.values()]
    assert asked == [(6.0, 7.0, 0.25), (3.0, 8.0, 0.1), (None, 15.0, 0.0), (9.3, 9.8, 0.5)]
    assert [row["excluded"] for row in rows.values()] == [1, 0, 2, 0]
    assert [row["default"] for row in rows.values()] == [8.0, 5.5, 3.0, None]
    assert [row["median"] for row in rows.values()] == [6.5, 5.0, 10.0, 9.5]  # of suits two members alone
    assert (rows["mediations"]["low"], rows["mediations"]["high"]) == pytest.approx((6.025, 6.975))


def test_candidates_in_their_order_and_members_in_theirs(frames):
    assert frames["candidates"][["candidate", "accepted", "missed"]].values.tolist() == [
        [0, 0, 2], [1, 1, 0], [2, 1, 0], [3, 0, 1], [4, 1, 0]
    ]  # fmt: skip
    assert frames["candidates"]["notices_per_grid"].tolist() == [5.0, 5.0, 8.0, 5.0, 4.0]
    assert frames["members"][["member", "candidate"]].values.tolist() == [[0, 4], [1, 1], [2, 2]]
    assert frames["members"][ACCEPTANCE].tolist() == [0.0, 0.0, 1.0]  # the place among the values
    assert frames["members"]["patience"].tolist() == [8.0, 14.0, 20.0]


def test_what_is_kept_of_each_prior(frames):
    rows = {row["uncertainty"]: row for row in plain_rows(frames["identifiability"])}
    assert {name: row["is_fitted"] for name, row in rows.items()} == {
        "constant_village": 1, "constant_township": 1, "disclosure": 1, "patience": 0, "grievances": 0
    }  # fmt: skip
    patience = rows["patience"]
    assert [patience[key] for key in ("prior_low", "prior_high", "low", "median", "high")] == pytest.approx(
        [8, 20, 8.3, 14, 19.7]
    )
    assert patience["kept"] == pytest.approx(0.95 * 12 / (0.95 * 12))
    log = np.quantile(np.log([45, 60, 80]), [0.025, 0.975])
    assert rows["grievances"]["kept"] == pytest.approx((log[1] - log[0]) / (0.95 * np.log(80 / 45)))
    assert rows["grievances"]["low"] == pytest.approx(math.exp(log[0])) and rows["grievances"][
        "median"
    ] == pytest.approx(60)
    village = rows["constant_village"]  # -2, -3 and -2 between -8 and 2
    assert (village["prior_low"], village["prior_high"], village["high"]) == (-8, 2, -2)
    assert village["kept"] == pytest.approx(0.95 * 1 / (0.95 * 10)) and rows["constant_township"]["kept"] == 0


def test_how_far_members_are_from_one_another(frames):
    value = dict(zip(frames["spread"]["quantity"], frames["spread"]["value"], strict=True))
    apart = sorted([0.5 / 3**0.5, (2 / 3) ** 0.5, ((0.49 + 0.16 + 1) / 3) ** 0.5])
    assert value["median"] == pytest.approx(apart[1])
    assert (value["low"], value["high"]) == pytest.approx(tuple(np.quantile(apart, [0.025, 0.975])))
    assert value["distant"] == pytest.approx(2 / 3)  # 0.29 is near, 0.74 and 0.82 are far


def test_the_members_nearest_to_corners(frames):
    # patience 8 or 20 with 3 or 8 notices; members have (8, 4), (14, 5), (20, 8)
    corners = frames["corners"]
    assert corners["corner"].tolist() == [0, 1, 2, 3]
    assert corners["member"].tolist() == [0, 1, 1, 2]
    far = [math.sqrt(0.2**2 / 2), math.sqrt((0.5**2 + 0.6**2) / 2), math.sqrt((0.5**2 + 0.4**2) / 2), 0.0]
    assert corners["distance"].tolist() == pytest.approx(far)


def test_choices_with_what_excludes_most(frames):
    assert plain_rows(frames["choices"]) == [
        {"choice": ACCEPTANCE, "value": "loose", "tried": 4, "accepted": 2, "excluded_by": "wait_county"},
        {"choice": ACCEPTANCE, "value": "strict", "tried": 1, "accepted": 1, "excluded_by": ""},
    ]


def test_without_members_there_are_no_ranges(study):
    failed = candidate(0, PLACES[0], (math.nan,) * 4, ("mediations", "notices_per_grid", "wait_county"))
    frames = frames_of(Calibrated(study, (failed,), (), (8.0, 5.5, 3.0, 9.0)))
    assert frames["figures"][["low", "median", "high"]].isna().all(axis=None)
    assert frames["figures"]["excluded"].tolist() == [1, 1, 1, 0]
    assert frames["members"].shape == (0, 2 + 6) and frames["spread"]["value"].isna().all()
    assert frames["identifiability"]["kept"].eq(0).all() and frames["identifiability"]["low"].isna().all()
    assert frames["corners"]["member"].eq(-1).all() and frames["corners"]["distance"].isna().all()


def test_candidates_by_value_of_a_choice(study, frames):
    every = (
        candidate(0, PLACES[0], (9.0,) * 4, ("mediations", "wait_county"), **{ACCEPTANCE: "strict"}),
        candidate(1, PLACES[0], (9.0,) * 4, ("wait_county",), **{ACCEPTANCE: "strict"}),
        candidate(2, PLACES[0], (6.5,) * 4),
    )
    found = Calibrated(study, every, every[2:], (8.0, 5.5, 3.0, 9.0))
    assert found.shares(ACCEPTANCE) == {"loose": (1, 1), "strict": (0, 2)}
    assert found.excludes_most(ACCEPTANCE, "strict") == "wait_county" and found.excludes_most(ACCEPTANCE, "loose") == ""
    assert found.accepted == 1
