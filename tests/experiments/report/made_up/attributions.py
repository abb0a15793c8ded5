"""A made-up attribution: two groups that do part of one another's work, two of petitions, one that does nothing."""

from __future__ import annotations

from pathlib import Path

from experiments.configuration.command import Invocation
from experiments.report.attribution.stored import TABLES
from experiments.results.folder import Results
from experiments.runs.tables import frame_like
from experiments.runs.year_figures import YearFigures
from experiments.studies.attribution.groups import differences, members_of
from experiments.studies.attribution.plan import Attribution
from experiments.studies.attribution.schema import AttributionChoice, AttributionConfig
from experiments.studies.attribution.shares import Rows, rows_of
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


def attribution(folder: Path) -> Results:
    """Its results."""
    found = study()
    made, more = rows(found), {"runs": dict.fromkeys(found.measures, "float")}
    tables = {
        name: frame_like({**declared.kinds, **more.get(name, {})}, made[name]) for name, declared in TABLES.items()
    }
    return keep(folder, "attribution", found.as_dict(), tables, len(found.runs) * SEEDS, {"after": REFORM})
