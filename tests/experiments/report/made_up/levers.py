"""Made-up levers at work: one does nothing, one acts, one acts against its claim, one is drowned in noise."""

from __future__ import annotations

from pathlib import Path

from experiments.configuration.command import Invocation
from experiments.report.levers_at_work.stored import TABLES
from experiments.results.folder import Results
from experiments.runs.tables import frame_like
from experiments.runs.year_figures import YearFigures, link_unit
from experiments.studies.levers_at_work.effects import Arms, Rows, rows_of
from experiments.studies.levers_at_work.plan import LeversAtWork, levers_of
from experiments.studies.levers_at_work.schema import LeversChoice, LeversConfig
from sim.policy import Acceptance, PetitionLevers, Policy
from tests.experiments.report.made_up.kept import CITY, keep, noise

BASES = {"status_quo": Policy(), "gansu_2019": Policy(petition=PetitionLevers(acceptance=Acceptance.strict))}

GAINS = {
    "staff.mediators_county": (0.0, 0.0001),
    "grid.visits_per_day": (0.05, 0.001),
    "norms.moral_bank": (0.0, 0.0001),
    "centre.coverage_county": (0.001, 0.05),
}
"""What each lever adds to durable settlement in the third year, and how much of it is luck: nothing; as it claims;
nothing, while grievances rise, which it claims to lower; and something that luck drowns."""

SEEDS = 6


def study() -> LeversAtWork:
    """Four levers from two bases."""
    choice = LeversChoice(
        question={"en": "Which levers do what is claimed of them?", "zh": "哪些手段符合预期？"},
        bases=list(BASES),
        levers=list(GAINS),
    )
    config = LeversConfig(study=choice, replicates=SEEDS, province=CITY)
    return LeversAtWork(config, Invocation("levers-at-work"), None, 1, BASES, levers_of(choice.levers))


def rows(of: LeversAtWork) -> dict[str, Rows]:
    """What the study would store."""
    figures = {}
    for (base, lever, end), runs in of.runs.items():
        luck = noise(end, f"{base} {lever}", SEEDS)
        for run, mine in zip(runs, luck.tolist(), strict=True):
            common = float(noise(7, str(run.seed), 1)[0])
            figures[run.key] = {year: _year(of, lever, end * min(1, year / 3), mine, common) for year in of.years}
    return rows_of(of, Arms(of, figures))


def _year(of: LeversAtWork, lever: str, end: float, luck: float, common: float) -> YearFigures:
    """One year of one run: ``end`` says how far the lever is at its high end."""
    gain, spread = GAINS[lever]
    measures = dict.fromkeys(of.measures, 1.0) | {
        "durable_resolution": 0.6 + 0.01 * common + gain * end + spread * luck,
        "petitions_per_1000": 5 + 0.2 * common + 0.001 * luck,
        "grievances": 60 + common + (6 * end if lever == "norms.moral_bank" else 0) + 0.01 * luck,
    }
    links = {link for each in of.levers for link in each.claim.chain}
    counts = {link: 2 + 0.1 * common + 0.001 * luck for link in sorted(links) if link_unit(link) == "1/1000/year"}
    if lever == "grid.visits_per_day":
        counts |= {link: counts[link] * (1 + 2 * end) for link in ("noticed", "settled_on_spot", "referred")}
    if lever == "norms.moral_bank":
        counts |= {"prevented_by_norms": 0.0}
    return YearFigures(measures, counts)


def levers(folder: Path) -> Results:
    """Their results."""
    found = study()
    made = rows(found)
    more = {"runs": dict.fromkeys(found.measures, "float")}
    tables = {
        name: frame_like({**declared.kinds, **more.get(name, {})}, made[name]) for name, declared in TABLES.items()
    }
    return keep(folder, "levers-at-work", found.as_dict(), tables, len(BASES) * len(GAINS) * 2 * SEEDS, BASES)
