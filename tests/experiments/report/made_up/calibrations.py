"""A made-up calibration: some figures exclude many, one choice hardly fits, one held-out figure is missed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from experiments.configuration.command import Invocation
from experiments.patterns.pattern import Pattern
from experiments.patterns.statistics import STATISTICS
from experiments.results.folder import Results
from experiments.studies.calibrate.frames import frames_of
from experiments.studies.calibrate.plan import Calibration
from experiments.studies.calibrate.result import Calibrated, Candidate
from experiments.studies.calibrate.scale import Scale
from experiments.studies.calibrate.schema import CalibrateConfig, CalibrationChoice
from experiments.studies.calibrate.secant import Secant
from experiments.studies.calibrate.solving import Draw, Trial, judged
from experiments.studies.calibrate.study import draws
from experiments.studies.calibrate.target import Check, Knob, Varied
from sim.behaviour import Behaviour
from sim.parameters import declarations
from sim.policy import Policy
from tests.experiments.report.made_up.kept import keep

BEHAVIOUR = {each.name: each for each in declarations(Behaviour())}
LEVERS = {each.name: each for each in declarations(Policy())}

KNOBS = {
    # name: figure, what is reported or asked, tolerance (of a range of ours a share), scale, place in the prior, width
    "constant_bilateral": ("first_bilateral_share", 0.47, 0.47, 0.05, Scale.logit, 0.35, 0.2),
    "constant_village": ("mediations", 5.9, 6.6, 1.0, Scale.log, 0.45, 0.25),
    "court_background": ("suits", 9.3, 9.8, 0.4, Scale.plain, 0.6, 0.12),
    "strict_refusal": ("visits_province", -0.42, -0.42, 0.03, Scale.log_change, 0.7, 0.4),
    "nominal_share": ("recorded_success", 0.96, 0.98, 0.01, Scale.logit, 0.8, 0.1),
    "intercept_mediation": ("durable_success", 0.65, 0.74, 0.02, Scale.logit, 0.5, 0.3),
    "disclosure": ("notices_per_grid", 3.0, 8.0, 0.1, Scale.log, 0.4, 0.5),
}
DRAWN = ("disclosure",)
VARIED = {"bilateral_success": (0.45, 0.95), "grievances": (40.0, 90.0), "relapse_rate": (0.5, 2.0)}
CHECKS = (Check("city_before", high=1.05), Check("first_nothing_share", 0.25, 0.41))
PREDICTED = {"visits_nation": (-0.631, -0.631, 0.04), "satisfaction_change": (0.0281, 0.0302, 0.005)}

CANDIDATES, MEMBERS = 90, 40


def calibration(folder: Path) -> Results:
    """Ninety candidates of seven knobs, three varied assumptions and a choice."""
    study = made_up_study()
    random = np.random.default_rng(19)
    candidates = tuple(_candidate(study, draw, random) for draw in draws(study))
    members = tuple(each for each in candidates if each.is_member)[:MEMBERS]
    reported = [(knob.low + knob.high) / 2 for knob in study.knobs]
    default = (*(value * 1.02 for value in reported), 1.0, 0.33, -0.58, 0.012)
    found = Calibrated(study, candidates, members, default)
    return keep(folder, "calibrate", study.as_dict(), frames_of(found), CANDIDATES)


def made_up_study() -> Calibration:
    """The study, planned."""
    choice = CalibrationChoice(
        name="gansu_2019_patterns",
        question={
            "en": "Which assumptions about people reproduce what is reported, and what do the reports not tell?",
            "zh": "哪些关于人的假设能再现公开报道的情况？这些报道又不能说明什么？",
        },
        training_places=[620122, 620402, 620523],
        members=MEMBERS,
        candidates=CANDIDATES,
    )
    knobs = []
    for name, (figure, low, high, tolerance, scale, *_) in KNOBS.items():
        half, along = tolerance / 2, (BEHAVIOUR["constant_township"],) * (name == "constant_village")
        ends = (low, high, tolerance) if name in DRAWN else (low - half, high + half, half)
        is_drawn = name in DRAWN
        knobs.append(Knob(BEHAVIOUR[name], along, figure, *ends, scale, 0.1, not is_drawn, is_drawn))
    varied = [Varied(BEHAVIOUR[name], *ends, Scale.plain, (), False) for name, ends in VARIED.items()]
    acceptance = LEVERS["petition.acceptance"]
    varied.append(Varied(acceptance, 0.0, 0.0, Scale.plain, ("loose", "strict"), True))
    predicted = [
        Pattern(STATISTICS[name], low, high, "F", ("", ""), tolerance=near)
        for name, (low, high, near) in PREDICTED.items()
    ]
    config, invocation = CalibrateConfig(study=choice), Invocation("calibrate")
    return Calibration(config, invocation, tuple(knobs), tuple(varied), CHECKS, tuple(predicted))


def _candidate(study: Calibration, draw: Draw, random: np.random.Generator) -> Candidate:
    """A draw as if it had been solved: knobs make up for what is varied, figures miss their aims by some luck."""
    success, grievances, relapse = (float(each) for each in draw.varied[:3])
    is_strict = draw.varied[3] == "strict"
    moved = {"constant_bilateral": (0.7 - success) / 0.5, "court_background": (grievances - 65) / 50,
             "intercept_mediation": (relapse - 1.25) / 1.5, "strict_refusal": 0.6 * is_strict}  # fmt: skip
    knobs = []
    for knob, (*_, place, width) in zip(study.knobs, KNOBS.values(), strict=True):
        low, high = float(knob.declared.low or 0), float(knob.declared.high or 0)
        luck = moved.get(knob.name, 0.0) + 0.4 * random.standard_normal()
        knobs.append(low + (high - low) * min(max(place + width / 2 * luck, 0.0), 1.0))
    figures = []
    for knob, aim in zip(study.knobs, draw.aims, strict=True):
        near = knob.slack * (abs(aim) if knob.is_relative else 1.0)
        far = 1.4 * is_strict if knob.name == "strict_refusal" else 0.0
        figures.append(aim + near * (0.45 * random.standard_normal() + far))
    figures += [0.98 + 0.04 * random.standard_normal(), 0.02 + 0.5 * success + 0.02 * random.standard_normal()]
    figures += [-0.6 + 0.03 * random.standard_normal(), 0.013 + 0.004 * random.standard_normal()]
    trial = Trial(draw, tuple(knobs), Secant(()), ())
    return judged(study, trial, figures)
