"""A results folder with made-up but plausible numbers, written through the store: the same every time.

Policies differ by the ratio they lead to, the total, and durable settlement per grievance. Noise shared by a seed
(common random numbers) and noise of the run are both there, so that pairing has something to gain.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from experiments.configuration.stresses import acting
from experiments.report.kinds import open_results
from experiments.report.write import write_report
from experiments.results.folder import Results, RunRow
from experiments.results.provenance import parameter_rows
from experiments.runs.record import RunRecord
from sim.ledger import EVENT_INDEX, EVENTS
from sim.policy import Acceptance, Intake, Policy
from sim.prices import uncosted
from sim.scenario import Calendar, Scenario
from sim.stress import Stress
from tests.experiments.report.outcomes import PLACES, cities, outcomes
from tests.experiments.stand_ins import write_results

# registered (province, city, county), durable resolution, presented at county over registered
WORLDS = {
    "status_quo": ((16600, 16200, 14000), 0.525, 2.38),
    "gansu_2019": ((10640, 21800, 31500), 0.612, 1.03),
    "one_stop": ((16050, 15700, 13700), 0.548, 2.38),
    "whistle": ((15900, 15800, 13750), 0.556, 2.38),
    "grid_first": ((15100, 15000, 13000), 0.571, 2.38),
    "more_mediators": ((16200, 16000, 13900), 0.537, 2.38),
    "rule_and_register": ((11200, 22400, 32600), 0.526, 1.03),
    "placebo": ((16600, 16200, 14000), 0.525, 2.38),
    "push_down": ((8300, 16200, 22300), 0.521, 2.38),
}
STRESSES = {"push_down": Stress(push_down=0.5)}
"""The stress of the worlds that are under one; they keep the policy before the reform."""

UNITS = {"durable_resolution": "share", "petitions_total": "petitions"}
MONTHS = np.arange("2018-01", "2020-01", dtype="datetime64[M]")


def make_results(
    folder: Path, policies: tuple[str, ...], replicates: int = 10, reference: str = "status_quo", **study
) -> Results:
    """Writes and opens a folder of synthetic results."""
    scenarios = {name: Scenario(after=_policy(name), stress=STRESSES.get(name, Stress())) for name in policies}
    runs = [RunRow(name, f"id-{name}", seed, record(name, seed)) for name in policies for seed in range(replicates)]
    any_scenario = Scenario(calendar=Calendar(end="2019-12-31")).as_dict()
    settings = {
        "name": "configurations",
        "worlds": {
            name: {
                "after": "status_quo" if name in STRESSES else name,
                "acting": acting(scenario.stress),
                "uncosted": list(uncosted(Policy(), scenario.after)),
            }
            for name, scenario in scenarios.items()
        },
        "reference": reference,
        "measures": ["durable_resolution", "petitions_total"],
        "target": [1.0, 2.0, 3.0],
        "replicates": replicates,
        "seeds": list(range(replicates)),
        **{key: any_scenario[key] for key in ("province", "calendar", "stress")},
        "places": PLACES,
        **study,
    }
    manifest = {"study": "configurations", "model_version": "0123abcd", "versions": {"numpy": "2.3.0"}}
    write_results(folder, settings, manifest, {}, runs, parameter_rows(scenarios), UNITS)
    return open_results(folder)


def _policy(name: str) -> Policy:
    policy = Policy()
    if name in ("gansu_2019", "rule_and_register"):
        policy.petition.acceptance = Acceptance.strict
        policy.petition.registration_county = 0.97
    if name in ("gansu_2019", "one_stop"):
        policy.centre.intake = Intake.unified
    return policy


def record(name: str, seed: int) -> RunRecord:
    """One run: what the status quo gives in 2018, what the policy gives in 2019."""
    shared = np.random.default_rng([7, seed])
    own = np.random.default_rng([8, seed, 0 if name == "placebo" else list(WORLDS).index(name)])
    common = 1 + 0.02 * shared.standard_normal(5)
    before = 1 + 0.01 * shared.standard_normal(5)
    after = common * (1 + 0.006 * own.standard_normal(5))
    monthly = np.zeros((len(MONTHS), len(EVENTS)), np.int64)
    first = _window("status_quo", before, monthly[:12], shared)
    second = _window(name, after, monthly[12:], own)
    return RunRecord(second, first, MONTHS, monthly)


def _window(name: str, noise, monthly, generator) -> dict[str, float]:
    levels, durable, presented_over = WORLDS[name]
    counts = [round(level * scale) for level, scale in zip(levels, noise, strict=False)]
    for level, count in zip(("province", "city", "county"), counts, strict=True):
        by_month = generator.multinomial(count, np.full(12, 1 / 12))
        monthly[:, EVENT_INDEX[f"registered_visit_{level}"]] = by_month * 2 // 3
        monthly[:, EVENT_INDEX[f"repeat_registered_visit_{level}"]] = by_month - by_month * 2 // 3
        share = {"county": 1 / presented_over, "city": 0.7 if presented_over > 2 else 0.97}.get(level, 0.95)
        monthly[:, EVENT_INDEX[f"presented_visit_{level}"]] = np.round(by_month * 2 / 3 / share)
        monthly[:, EVENT_INDEX[f"repeat_presented_visit_{level}"]] = np.round(by_month / 3 / share)
    for column, value in {
        "raised": 125_000,
        "first_nothing": 40_000,
        "first_bilateral": 60_000,
        "chose_nothing": 48_000 - 40_000 * (durable - 0.525),
        "chose_bilateral": 61_000,
        "chose_village": 30_000 - 60_000 * (durable - 0.525),
    }.items():
        monthly[:, EVENT_INDEX[column]] = round(value)
    province, city, county = counts
    durable *= noise[3]
    total = sum(counts) + 2100
    ilr_1 = math.sqrt(2 / 3) * math.log(province / math.sqrt(city * county))
    ilr_2 = math.sqrt(1 / 2) * math.log(city / county)
    settled = np.array([0.42, 0.08, 0.2, 0.12, 0.06, 0.05, 0.07])
    settled[2] += durable - 0.525
    forums = ("self", "grid", "village", "township", "county", "court", "petition")
    return {
        "petitions_province": province,
        "petitions_city": city,
        "petitions_county": county,
        "petitions_nation": 2100,
        "petitions_total": total,
        "presented_province": province * 1.05,
        "presented_city": city * (1.4 if presented_over > 2 else 1.03),
        "presented_county": county * presented_over,
        "presented_total": province * 1.05 + city * (1.4 if presented_over > 2 else 1.03) + county * presented_over,
        "registered_share_province": 1 / 1.05,
        "registered_share_city": 1 / (1.4 if presented_over > 2 else 1.03),
        "registered_share_county": 1 / presented_over,
        **on_other_bases(counts, presented_over),
        "ratio_city_to_province": city / province,
        "ratio_county_to_province": county / province,
        "ilr_1": ilr_1,
        "ilr_2": ilr_2,
        "distance_to_target": math.hypot(ilr_1 + 0.7315, ilr_2 + 0.2867),
        "durable_resolution": durable,
        "durable_success": durable + 0.12,
        "recorded_success": 0.965 + 0.002 * noise[4],
        "unresolved_stock": 1_500_000 * (1.525 - durable),
        "unresolved_added": 200 * (1.525 - durable),
        "open_cases": 210_000 * noise[4],
        "days_to_close_median": 31.0 * (1.5 - durable),
        "suits": 230_000 * noise[4],
        **outcomes(name, durable),
        **cities(name, durable, total, noise),
        **{f"settled_{forum}": share for forum, share in zip(forums, settled / settled.sum(), strict=True)},
    }


OTHER_BASES = {"visits": (0.6, 0.5, 0.5), "persons": (1.8, 1.4, 1.2), "with_receptions": (1.0, 1.05, 4.0)}
"""Some counting bases, and what they count at province, city and county for every registered petition."""


def on_other_bases(counts, presented_over) -> dict[str, float]:
    found: dict[str, float] = {"visits_nation": 1500.0}
    for prefix, parts in OTHER_BASES.items():
        for level, count, part in zip(("province", "city", "county"), counts, parts, strict=True):
            found[f"{prefix}_{level}"] = count * part
            found[f"presented_{prefix}_{level}"] = count * part * (presented_over if level == "county" else 1.1)
        for kind in ("", "presented_"):
            found[f"{kind}{prefix}_total"] = 1500 + sum(
                found[f"{kind}{prefix}_{x}"] for x in ("province", "city", "county")
            )
    return found


@dataclass(frozen=True)
class Drawn:
    """A results folder with its report."""

    results: Results
    paths: list[Path]

    def page(self, language: str) -> str:
        """The page in one language."""
        return (self.results.path / "report" / f"report.{language}.html").read_text("utf-8")


CASES = {
    "compare": (("status_quo", "grid_first", "rule_and_register"), 5, "both"),
    "simulate": (("gansu_2019",), 4, "both"),
    "single": (("status_quo", "gansu_2019"), 1, "en"),
    "placebo": (("status_quo", "placebo"), 4, "en"),
    "stress": (("status_quo", "gansu_2019", "push_down"), 4, "both"),
}
"""Policies, replicates and language of the reports that tests look at."""


@pytest.fixture(scope="session")
def drawn(tmp_path_factory) -> Iterator:
    """Reports of the cases by name, each drawn once; any glyph missing from the fonts is an error."""
    found: dict[str, Drawn] = {}

    def report(case: str) -> Drawn:
        if case not in found:
            policies, replicates, language = CASES[case]
            results = make_results(tmp_path_factory.mktemp("results") / case, policies, replicates)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                found[case] = Drawn(results, write_report(results, language, formats=("svg",)))
        return found[case]

    yield report


@pytest.fixture
def results_of(tmp_path):
    """Makes a folder of synthetic results: ``results_of(policies, replicates=…, **study)``."""
    return lambda policies, **options: make_results(tmp_path / "results", tuple(policies), **options)
