"""What a reader has to bear in mind of the runs of one scenario, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from experiments.configuration.ensemble import Ensemble, Origin
from experiments.configuration.stresses import acting
from experiments.report.factors import short_label
from experiments.report.text import Words
from experiments.report.titles import province_title
from experiments.report.warm_up import warm_up_notes
from experiments.results.checks import StoredEnsemble, StoredOrigin
from experiments.runs.absent import absent_places
from experiments.runs.run import model_version
from sim.scenario import Scenario


def caveats_of(scenario: Scenario, ensemble: Ensemble | None, replicates: int, words: Words) -> list[str]:
    """What people are assumed to be like and where that comes from, stresses, places, warm-up: a sentence each."""
    return [
        behaviour_note(ensemble, replicates, words),
        *scenario_notes(scenario, ensemble, words),
        *stress_notes(scenario, words),
        *warm_up_notes(scenario.calendar, words),
    ]


def scenario_notes(scenario: Scenario, ensemble: Ensemble | None, words: Words) -> list[str]:
    """Where the behaviours come from, if from elsewhere, and levers that are set for places which are not there."""
    source = scenario.province.source
    place = province_title(source, words)
    notes = absent_notes(absent_places([scenario]), [place], words)
    if ensemble is None:
        return notes
    return [*origin_notes(ensemble.name, ensemble.origin, {source: place}, model_version(), words), *notes]


def behaviour_note(ensemble: Ensemble | None, replicates: int, words: Words) -> str:
    """Whether every seed has a behaviour of its own, or all have the same."""
    if ensemble is None:
        return words("answer.one_behaviour")
    used = min(replicates, len(ensemble))
    return words("answer.ensemble", n=used, members=len(ensemble), name=ensemble.name)


def origin_notes(
    name: str, origin: Origin | StoredOrigin | None, places: Mapping[str, str], version: str, words: Words
) -> list[str]:
    """That an ensemble was fitted to another province than those of a study, or with an older model; in one line.

    ``places`` are names of the study's provinces by source, ``version`` is that of the model of its runs.
    """
    if origin is None:
        return []
    fitted = origin.name_zh if words.language == "zh" else origin.name_en
    elsewhere = [title for source, title in places.items() if source != origin.province and title != fitted]
    parts = [words("caveat.fitted", name=name, fitted=fitted, here=words.listed(elsewhere))] if elsewhere else []
    if version and model_part(origin.model_version) != model_part(version):
        parts.append(words("caveat.older_model", name=name, version=model_part(origin.model_version)))
    return [words.joined(*parts)] if parts else []


def model_part(version: str) -> str:
    """The part of a version that is the model's own; the rest is of what measures it."""
    return version.partition("-")[0]


MOST = 6
"""Places that are named."""


def absent_notes(places: Sequence[str], provinces: Sequence[str], words: Words) -> list[str]:
    """That levers are set for places which a province, or some of several, does not have; nothing without any."""
    if not places:
        return []
    titles = [words.line(f"region.{place}", place) for place in places]
    named = words.listed(titles)
    if len(places) > MOST:
        some = words("list.comma").join(titles[:MOST])
        named = words("caveat.absent_places.more", some=some, n=len(places) - MOST)
    key = "one" if len(provinces) == 1 else "several"
    return [words(f"caveat.absent_places.{key}", places=named, province=words.listed([*provinces]))]


def unreported_notes(place: str, has_reports: bool, words: Words) -> list[str]:
    """That nothing was reported of a province, where that is so."""
    return [] if has_reports else [words("caveat.unreported", place=place)]


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
