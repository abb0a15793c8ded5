"""What every report reads of its results."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from experiments.configuration.schema import validate
from experiments.report import numbers
from experiments.report.kinds import report_kinds
from experiments.report.measure_text import change_with_unit
from experiments.report.text import Words
from experiments.report.titles import place_text, told_name
from experiments.report.windows import Span, spans_of
from experiments.results.checks import StoredManifest, StoredStudy, check_study
from experiments.runs.levels import levels_of
from experiments.statistics.thresholds import Threshold

if TYPE_CHECKING:
    from experiments.report.maps.outline import Outline
    from experiments.results.folder import Results


class StudyEvidence[S: StoredStudy]:
    """A base for the evidence of a kind of report: settings, windows, seeds and the tables of the results."""

    scenarios: tuple[str, ...] = ()
    outline: Outline | None = None
    """Lines to be drawn behind the dots of maps."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` for a study that is none of the kind."""
        self.results = results
        self.settings = cast(S, check_study(report_kinds()[results.kind].study, results.study))
        self.reference: str | None = self.settings.reference
        self.tables = results.tables
        self.before: Span | None
        self.before, self.after = spans_of(self.settings.calendar)
        self.stresses: dict[str, dict[str, float]] = {}
        manifest = validate(StoredManifest, results.manifest)
        self.failed, self.done = manifest.runs.failed, manifest.runs.done
        self.model_version = manifest.model_version
        self._named = manifest.province
        first, second, third = self.settings.target
        self.target = (1.0, second / first, third / first)
        """The target pyramid, province : city : county, scaled to province = 1."""
        self.margin = self.settings.margin

    @property
    def name(self) -> str:
        """Name of the study."""
        return self.settings.name

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the study as its settings list them."""
        return tuple(self.settings.seeds)

    @property
    def replicates(self) -> int:
        """Replicates of the study as its settings state them."""
        return self.settings.replicates

    @property
    def missing_levels(self) -> tuple[str, ...]:
        """Levels on which no place of the study has a government; none in results from before these were told."""
        return tuple(self.settings.missing_levels)

    def lacks(self, measure: str) -> bool:
        """Whether a measure speaks of a level that is missing."""
        return any(level in self.missing_levels for level in levels_of(measure))

    def words(self, language: str) -> Words:
        """The words of the report in a language."""
        return Words(language, frozenset(self.stresses))

    @property
    def residents(self) -> float:
        """Residents of the places of the study; NaN where its results do not say."""
        province = self.results.manifest.get("province")
        return float(province.get("population") or math.nan) if isinstance(province, dict) else math.nan

    def provinces(self, words: Words) -> dict[str, str]:
        """Names of the provinces of the study by source."""
        if self.settings.province is None:
            return {}
        said = self._named.name_zh if words.language == "zh" else self._named.name_en
        source = self.settings.province.source
        return {source: said or told_name(source, words)}

    def province_name(self, words: Words) -> str:
        """What the provinces of the study are called."""
        return words.listed([*self.provinces(words).values()])

    def place(self, words: Words) -> str:
        """Province and places of the study, in words; places by their codes in results from before names were told."""
        if self.settings.province is None:
            return numbers.NONE
        said = self._named.places_zh if words.language == "zh" else self._named.places_en
        codes = words("list.comma").join(map(str, self.settings.province.places))
        return place_text(self.province_name(words), said or codes, words)

    def threshold_text(self, label: str, unit: str, asked: Threshold, words: Words) -> str:
        """A threshold of a measure in words: ``settled: at least 60 %, no worse than status quo``."""
        parts = [
            words(f"threshold.{key}", value=numbers.amount(value, unit))
            for key, value in (("at_least", asked.at_least), ("at_most", asked.at_most))
            if value is not None
        ]
        if asked.no_worse_than_reference:
            parts.append(words("threshold.no_worse", reference=words.scenario(self.reference or "")))
        if asked.better_by is not None:
            by = change_with_unit(numbers.difference(asked.better_by, unit).removeprefix("+"), unit, words)
            parts.append(words("threshold.better", by=by, reference=words.scenario(self.reference or "")))
        return words("threshold", measure=label, asked=words.listed(parts))
