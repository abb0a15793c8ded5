"""What brings about the difference that a comparison names: its policy shared out among a few groups of levers.

Every combination of the groups is a world of its own, under the same seeds (Shapley values, as ``pyramid attribution``
has them, with fewer groups, seeds and measures).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from experiments.configuration.ensemble import Ensemble
from experiments.results.folder import finite
from experiments.runs.build import YEARS
from experiments.runs.record import RunRecord
from experiments.runs.run import Run, runs_of
from experiments.runs.windows import YEAR, months_of, windows_of
from experiments.statistics.parts import effect_of, part_of, told
from experiments.statistics.shapley import shapley_values
from experiments.studies.lever_groups import between, differences, members_of
from experiments.studies.representative_places import places_for
from experiments.studies.study import JournalRunner
from sim.measures.smallest_effect import smallest_effect
from sim.province.nation import is_nation
from sim.scenario import Scenario
from sim.stress import Stress

GROUPS: Mapping[str, tuple[str, ...]] = {
    "grid": ("grid.*",),
    "centres": ("centre.*", "roll_out.*", "staff.*"),
    "support": ("platform.*", "norms.*", "services.*", "assessment.*"),
    "petitions": ("petition.*",),
}
"""The groups of levers, which together hold all: sixteen worlds where a policy moves all of them."""

MEASURES = ("durable_resolution", "petitions_per_1000", "ratio_city_to_province")
"""What is shared out: a panel of the figure each."""

COUNTIES = 10
"""Counties that stand for a province of which no places are chosen."""

MEMBERS = 5
"""Seeds, or members of a set of behaviours: the first ones."""


def coalitions_of(reference: Scenario, policy: Scenario) -> tuple[list[str], list[Scenario]]:
    """The groups in which two worlds differ, and a world for every combination of them, by bit mask.

    None where fewer than two differ, of worlds under a stress, and of the nation, whose runs are too long.
    """
    if policy.stress != Stress() or reference.stress != Stress() or is_nation(policy.province.source):
        return [], []
    differing = [each.lever for each in differences(reference.after, policy.after)]
    groups = members_of(GROUPS, differing)
    if len(groups) < 2:
        return [], []
    province = places_for(policy.province, COUNTIES)
    worlds = []
    for coalition in range(1 << len(groups)):
        levers = {lever for bit, mine in enumerate(groups.values()) if coalition >> bit & 1 for lever in mine}
        after = between(reference.after, policy.after, levers)
        worlds.append(replace(policy, province=province, after=after))
    return list(groups), worlds


def shared_out(
    name: str,
    reference: Scenario,
    policy: Scenario,
    seeds: Sequence[int],
    ensemble: Ensemble | None,
    runner: JournalRunner,
) -> dict[str, Any] | None:
    """Carries out the worlds of a policy called ``name`` and shares its difference from the reference out.

    ``None`` where there is nothing to share out, or no seed has all worlds.
    """
    groups, worlds = coalitions_of(reference, policy)
    tried = seeds[: min(MEMBERS, len(ensemble or seeds))]  # each member once
    runs = [runs_of(world, tried, ensemble) for world in worlds]
    runner.finish([run for group in runs for run in group])
    records = [_records(column, runner) for column in zip(*runs, strict=True)]
    complete = [found for found in records if found is not None]
    if not complete:
        return None
    whole, parts = [], []
    for year, window in _years(policy, [record for found in complete for record in found]).items():
        for measure in MEASURES:
            values = np.array([[_measures(each, window)[measure] for each in found] for found in complete], float)
            games = values[np.isfinite(values).all(axis=1)]
            if not len(games):  # a ratio where a level is missing, or nobody petitions
                continue
            where, several = {"year": year, "measure": measure}, ensemble is not None and len(games) > 1
            effect = effect_of(games[:, 0], games[:, -1], several)
            band = smallest_effect(measure, effect.mean_reference)
            found = told(games[:, -1] - games[:, 0], effect, band, several)
            whole.append({**where, **found, "smallest": band})
            shares = shapley_values(games.T)
            parts += [
                {"group": group, **where, **part_of(share, band, several)}
                for group, share in zip(groups, shares, strict=True)
            ]
    if MEASURES[0] not in {row["measure"] for row in whole}:
        return None
    counties = len(worlds[0].province.places) if worlds[0].province != policy.province else 0
    return dict(finite({"policy": name, "groups": groups, "counties": counties, "whole": whole, "parts": parts}))


def _records(runs: Sequence[Run], runner: JournalRunner) -> list[RunRecord] | None:
    """The records of a seed's worlds; ``None`` where one failed."""
    found = [runner.record(run) for run in runs]
    known = [each for each in found if each is not None]
    return known if len(known) == len(found) else None


def _years(policy: Scenario, records: Sequence[RunRecord]) -> dict[int, str]:
    """The first year and the last by number, with their windows, as far as all worlds have them: one that is built
    slowly has no year of its full build. A calendar of a year has that alone, as its whole window."""
    first, full = (all(year in record.years for record in records) for year in YEARS)
    if not first:
        return {1: "after"}
    last = months_of(windows_of(policy.calendar)["after"]) // YEAR
    return {1: YEARS[0], last: YEARS[1]} if full else {1: YEARS[0]}


def _measures(record: RunRecord, window: str) -> Mapping[str, float]:
    return record.after if window == "after" else record.years[window]
