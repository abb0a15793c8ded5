"""A made-up calibration: some assumptions are told, some are not, two trade off, one held-out figure is missed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.command import Invocation
from experiments.results.folder import Results
from experiments.studies.calibrate.frames import frames_of
from experiments.studies.calibrate.plan import Calibration
from experiments.studies.calibrate.result import Calibrated, Member
from experiments.studies.calibrate.schema import CalibrateConfig, CalibrationChoice
from experiments.studies.calibrate.targets import Scale, Target, implausibility, largest
from experiments.studies.calibrate.waves import Matched, Wave
from sim.parameters import Declaration
from tests.experiments.report.made_up.kept import keep

UNCERTAINTIES = {
    # name: low, high, default, share of the prior's width that is left
    "constant_petition": (-8.0, 2.0, -3.4, 0.12),
    "constant_village": (-8.0, 2.0, -2.3, 0.2),
    "bilateral_success": (0.4, 0.95, 0.92, 0.25),
    "nominal_share": (0.6, 0.95, 0.89, 0.3),
    "relapse_rate": (0.0, 2.5, 1.7, 0.45),
    "loose_acceptance": (0.0, 1.0, 0.74, 0.5),
    "intercept_mediation": (-2.0, 4.0, 0.7, 0.6),
    "weight_trust": (0.0, 8.0, 3.6, 0.75),
    "satisfaction_base": (0.5, 1.0, 0.85, 0.85),
    "patience": (5.0, 40.0, 14.0, 0.95),
    "repeat_higher": (0.0, 1.0, 0.18, 1.0),
    "desirability": (0.0, 0.9, 0.6, 1.0),
}
TARGETS = (
    Target("first_nothing_share", 0.33, 0.33, 0.03, 0.02),
    Target("first_bilateral_share", 0.47, 0.47, 0.03, 0.02),
    Target("city_before", -np.inf, 1.0, 0.0, 0.05),
    Target("county_late", 3.0, 3.0, 0.3, 0.2, Scale.log),
    Target("visits_province", -0.42, -0.42, 0.005, 0.02, Scale.log_change),
    Target("recorded_success", 0.96, 0.98, 0.003, 0.003),
    Target("durable_success", 0.65, 0.74, 0.01, 0.01),
    Target("suits", 9.3, 9.8, 0.2, 0.2),
    Target("wait_township", -np.inf, 15.0, 0.0, 5.0, is_limit=True),
    Target("wait_court", -np.inf, 60.0, 0.0, 20.0, is_limit=True),
)
HELD_OUT = (
    Target("visits_nation", -0.631, -0.631, 0.005, 0.04, Scale.log_change),
    Target("satisfaction_change", 0.0281, 0.0302, 0.003, 0.005),
)
OFF = (0.01, -0.03, -0.2, -0.5, 0.03, 0.004, -0.02, 0.3, -9.0, -20.0, 0.06, -0.035)
"""How far from what is reported the members lie on average, by target."""

MEMBERS, TRIALS, SHARES = 40, 60, (1.0, 0.09, 0.013, 0.0031)


def calibration(folder: Path) -> Results:
    """Three waves, and forty members out of what they left."""
    choice = CalibrationChoice(
        name="gansu_2019_patterns",
        question={
            "en": "Which assumptions about people reproduce what is reported, and what do the reports not tell?",
            "zh": "哪些关于人的假设能再现公开报道的情况？这些报道又不能说明什么？",
        },
        trials=TRIALS,
        waves=len(SHARES) - 1,
        members=MEMBERS,
    )
    uncertainties = tuple(
        Declaration(name, default, "", low, high, (), "A", "", "")
        for name, (low, high, default, _) in UNCERTAINTIES.items()
    )
    study = Calibration(CalibrateConfig(study=choice), Invocation("calibrate"), uncertainties, TARGETS, HELD_OUT)
    random = np.random.default_rng(19)
    waves = [_wave(number, random) for number in range(choice.waves)]
    points = _left(MEMBERS, random)
    figures = _figures(points, random)
    members = tuple(
        Member(point, figure, 1 + random.random() * 1.9) for point, figure in zip(points, figures, strict=True)
    )
    default = study.place({name: each[2] for name, each in UNCERTAINTIES.items()})[None]
    means = _figures(default, random)
    judged = implausibility(TARGETS, means[:, : len(TARGETS)], np.zeros((1, len(TARGETS))))[0]
    found = Calibrated(
        study,
        Matched(tuple(waves), points, SHARES[-1], 3.0),
        TARGETS,
        members,
        55,
        200,
        (means[0], judged),
        [2] * len(TARGETS),
    )
    return keep(folder, "calibrate", study.as_dict(), frames_of(found), (TRIALS * choice.waves + 200) * 2)


def _left(count: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Points that are not ruled out: about the default, each uncertainty over the share of its width that is left."""
    widths = np.array([each[3] for each in UNCERTAINTIES.values()])
    places = np.array([(default - low) / (high - low) for low, high, default, _ in UNCERTAINTIES.values()])
    drawn = random.random((count, len(widths)))
    drawn[:, 4] = np.clip(1 - drawn[:, 3] + 0.12 * random.standard_normal(count), 0, 1)  # each makes up for the other
    drawn[:, 6] = np.clip(drawn[:, 7] + 0.25 * random.standard_normal(count), 0, 1)
    start = np.clip(places - widths / 2, 0, 1 - widths)
    return start + widths * drawn


def _figures(points: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """Figures at points, shape (n, targets + held out), in their own units."""
    everything = (*TARGETS, *HELD_OUT)
    reported = np.array([each.high if np.isinf(each.low) else (each.low + each.high) / 2 for each in everything])
    errors = np.array([np.hypot(each.observation, each.discrepancy) for each in everything])
    luck = 0.7 * random.standard_normal((len(points), len(everything))) + (points[:, :1] - 0.46) * 4
    return reported + np.array(OFF) + errors * luck


def _wave(number: int, random: np.random.Generator) -> Wave:
    points = random.random((TRIALS, len(UNCERTAINTIES)))
    figures = _figures(points, random)[:, : len(TARGETS)]
    k = len(TARGETS)
    plausible = float(np.mean(largest(implausibility(TARGETS, figures, np.zeros_like(figures))) <= 3))
    return Wave(
        points, figures, np.full(k, 1e-4), SHARES[number], random.uniform(0.8, 1.3, k), random.uniform(0, 0.02, k),
        min(1.0, plausible + 0.25 * number),
    )  # fmt: skip
