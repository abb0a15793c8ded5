"""A made-up attribution: two groups that do part of one another's work, two of petitions, one that does nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from experiments.configuration.command import Invocation
from experiments.configuration.schema import scenario_of
from experiments.report.attribution.stored import TABLES
from experiments.results.folder import Results
from experiments.runs.tables import frame_like
from experiments.runs.year_figures import YearFigures
from experiments.studies.attribution.plan import Attribution, moving_by_itself
from experiments.studies.attribution.schema import AttributionChoice, AttributionConfig
from experiments.studies.attribution.shares import Rows, rows_of
from experiments.studies.lever_groups import differences, members_of
from sim.behaviour import Behaviour
from sim.behaviour.timing import Timing
from sim.policy import Acceptance, CentreLevers, GridLevers, PetitionLevers, PlatformLevers, Policy
from tests.experiments.report.made_up.kept import CITY, keep, noise

REFORM = Policy(
    centre=CentreLevers(coverage_county=1.0),
    grid=GridLevers(visits_per_day=12, households_per_grid=150),
    platform=PlatformLevers(duplicate_detection=0.5),
    petition=PetitionLevers(registration_county=0.9, registration_city=0.9, acceptance=Acceptance.strict),
    places={"6207": {"centre": {"coverage_township": 0.9}}},
)

SEEDS = 6

GAINS = {"grid": 0.03, "centres": 0.02}
"""What each adds to durable settlement in the third year; both together add ``OVERLAP`` less."""

OVERLAP = 0.012


def study() -> Attribution:
    """Five groups of levers between the status quo and a small reform."""
    choice = AttributionChoice(
        question={"en": "What brings the reform about?", "zh": "改革的成效从何而来？"},
        measures=["durable_resolution", "petitions_per_1000", "satisfaction_surveyed", "cost_total"],
    )
    config = AttributionConfig(study=choice, replicates=SEEDS, province=CITY, after=REFORM)
    differing = differences(config.before, config.after)
    groups = members_of({}, [each.lever for each in differing])
    return Attribution(config, Invocation("attribution"), None, 1, differing, groups)


def rows(of: Attribution) -> dict[str, Rows]:
    """What the study would store."""
    figures = {}
    for coalition, runs in enumerate(of.runs):
        luck = noise(coalition, "attribution", SEEDS)
        for run, mine in zip(runs, luck.tolist(), strict=True):
            common = float(noise(7, str(run.seed), 1)[0])
            inside = frozenset(of.inside(coalition))
            figures[run.key] = {
                year: YearFigures(_year(inside, min(1, year / 3), mine, common), {}) for year in of.years
            }
    return rows_of(of, figures)


def _year(inside: frozenset[str], built: float, luck: float, common: float) -> dict[str, float]:
    gain = sum(GAINS.get(group, 0) for group in inside) - (OVERLAP if inside.issuperset(GAINS) else 0)
    return {
        "durable_resolution": 0.6 + 0.01 * common + built * gain + 0.0004 * luck,
        "petitions_per_1000": 5 + 0.2 * common + 2 * ("registers" in inside) - 0.4 * ("rules" in inside) + 0.01 * luck,
        "satisfaction_surveyed": 0.93 + 0.001 * common + 0.0001 * luck,
        "cost_total": 2e8 + 1e6 * common + 4e7 * built * ("grid" in inside) + 1e5 * luck,
    }


CONTROL = {
    "trend": ["timing.*"],
    "rule": ["petition.acceptance"],
    "campaign": ["petition.campaign_*"],
    "reform": ["centre.*", "grid.*", "platform.*", "petition.registration_*"],
}
FALLS = {"trend": 40.0, "rule": 250.0, "reform": 80.0}
"""By how much each lets visits to the province fall, of 1,000 the year before; they rise by 10 without any of them."""

SHARED = 30.0
"""What rule and reform would each have done alone."""


def control_study() -> Attribution:
    """Trend, rule and reform over time; a campaign that there is not."""
    question = {"en": "What is reform in the fall?", "zh": "下降中有多少是改革？"}
    measures = ["visits_province", "durable_resolution"]
    choice = AttributionChoice("control", question, CONTROL, True, measures, [1])
    people = Behaviour(timing=Timing(petition_trend=-0.05))
    config = AttributionConfig(study=choice, replicates=SEEDS, province=CITY, after=REFORM, behaviour=people)
    differing = [*differences(config.before, config.after), *moving_by_itself(scenario_of(config), None, 1)]
    groups = members_of(CONTROL, [each.lever for each in differing])
    return Attribution(config, Invocation("attribution"), None, 1, differing, groups)


def control_rows(of: Attribution) -> dict[str, Rows]:
    """What the study would store."""
    figures = {}
    for coalition, runs in enumerate(of.runs):
        inside = frozenset(of.inside(coalition))
        fall = sum(FALLS[group] for group in inside) - SHARED * (inside >= {"rule", "reform"})
        for run in runs:
            luck = float(noise(7, str(run.seed), 1)[0])
            figures[run.key] = {
                0: YearFigures({"visits_province": 1000.0 + 5 * luck, "durable_resolution": 0.6}, {}),
                1: YearFigures({"visits_province": 1010.0 - fall - 5 * luck, "durable_resolution": 0.601}, {}),
            }
    return rows_of(of, figures)


def attribution(folder: Path) -> Results:
    """The results of the difference between two policies."""
    return _kept(folder, study(), rows)


def control(folder: Path) -> Results:
    """The results of the change over time."""
    return _kept(folder, control_study(), control_rows)


def _kept(folder: Path, found: Attribution, make: Callable[[Attribution], dict[str, Rows]]) -> Results:
    made, more = make(found), {"runs": dict.fromkeys(found.measures, "float")}
    tables = {
        name: frame_like({**declared.kinds, **more.get(name, {})}, made[name]) for name, declared in TABLES.items()
    }
    return keep(folder, "attribution", found.as_dict(), tables, len(found.runs) * SEEDS, {"after": REFORM})
