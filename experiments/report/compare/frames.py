"""Tidy tables of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.compare.evidence import Evidence
from experiments.report.compare.tables import StoredComparison
from experiments.results.checks import check_study
from experiments.runs.groups import unit_of
from experiments.statistics.relevance import NAMES
from sim.measures.smallest_effect import smallest_effect

if TYPE_CHECKING:
    import pandas as pd

    from experiments.results.folder import Results


def runs(results: Results) -> pd.DataFrame:
    """A row a run: ``world``, ``after`` and ``stress`` by name, ``seed``, ``status``, measures."""
    worlds = check_study(StoredComparison, results.study).worlds
    found = results.runs.rename(columns={"scenario": "world"}).drop(columns="scenario_id")
    for place, name in enumerate(("after", "stress"), 1):
        values = [getattr(worlds.get(world), name, None) or "" for world in found["world"]]
        found.insert(place, name, values)
    return found


def effects(results: Results) -> pd.DataFrame:
    """A row a world and measure: paired difference from the reference, with intervals and the adjusted p-value.

    ``judgement`` is ``up`` or ``down`` where the change matters, ``little`` where it is too small to (beside
    ``smallest_effect``), ``unclear`` where that is open. ``uncosted`` says that a cost leaves out levers without a
    price.
    Of a simulation, the difference is from the window before the reform; ``kept_difference`` is from the policy kept.
    """
    import pandas as pd

    evidence = Evidence(results)
    rows = []
    for measure in evidence.measures:
        for world in evidence.contrasts:
            effect = evidence.effect(world, measure)
            if effect is not None:
                adjusted = evidence.adjusted[world, measure]
                kept = evidence.beside_kept(world, measure)
                beside = (
                    {"kept_difference": kept.difference, "kept_low": kept.low, "kept_high": kept.high} if kept else {}
                )
                judged = {
                    "smallest_effect": smallest_effect(measure, effect.mean_reference),
                    "judgement": NAMES[evidence.judgement(world, measure)],
                    "uncosted": evidence.is_uncosted(world, measure),
                }
                rows.append(
                    {
                        "world": world,
                        "measure": measure,
                        "unit": unit_of(measure),
                        **vars(effect),
                        "adjusted_p": adjusted,
                        **judged,
                        **beside,
                    }
                )
    return pd.DataFrame(rows).drop(columns="scenario", errors="ignore")
