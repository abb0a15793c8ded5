"""What a reader has to bear in mind of the runs of one scenario, in words."""

from __future__ import annotations

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.stresses import acting
from experiments.report.factors import short_label
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes
from experiments.results.checks import StoredEnsemble
from sim.scenario import Scenario


def caveats_of(scenario: Scenario, ensemble: Ensemble | None, replicates: int, words: Words) -> list[str]:
    """What people are assumed to be like, the stresses that act, and too short a warm-up: a sentence each."""
    people = behaviour_note(ensemble, replicates, words)
    return [people, *stress_notes(scenario, words), *warm_up_notes(scenario.calendar, words)]


def behaviour_note(ensemble: Ensemble | None, replicates: int, words: Words) -> str:
    """Whether every seed has a behaviour of its own, or all have the same."""
    if ensemble is None:
        return words("answer.one_behaviour")
    used = min(replicates, len(ensemble))
    return words("answer.ensemble", n=used, members=len(ensemble), name=ensemble.name)


def means_note(people: StoredEnsemble | None, replicates: int, words: Words) -> str:
    """What means and square brackets are, where parts have to add up: over chance, or over behaviours."""
    if people is None:
        return words("answer.means")
    return words("answer.means.behaviours", n=min(replicates, people.members), members=people.members, name=people.name)


def stress_notes(scenario: Scenario, words: Words) -> list[str]:
    """The stresses that act with their values; nothing where none does."""
    stresses = [
        words("caveat.stress", name=short_label(f"stress.{name}", words), value=f"{value:g}")
        for name, value in acting(scenario.stress).items()
    ]
    return [words("caveat.stresses", stresses=words("list.comma").join(stresses))] if stresses else []
