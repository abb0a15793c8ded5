"""What every report reads of its results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.configuration.schema import MARGIN
from experiments.report import numbers, provenance
from experiments.report.text import Words
from experiments.report.windows import Span, spans_of

if TYPE_CHECKING:
    from experiments.results.folder import Results


class StudyEvidence:
    """A base for the evidence of a kind of report: settings, windows, seeds and the tables of the results."""

    scenarios: tuple[str, ...] = ()

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` when the results have no usable calendar."""
        self.results = results
        self.settings: dict[str, Any] = results.study
        reference = results.study.get("reference")
        self.reference: str | None = str(reference) if reference else None
        self.tables = results.tables
        self.before: Span | None
        self.before, self.after = spans_of(results)
        self.stresses: dict[str, dict[str, float]] = {}
        counts = results.manifest.get("runs") or {}
        self.failed = int(counts.get("failed") or 0)
        self.done = int(counts.get("done") or 0)
        first, second, third = results.study.get("target") or (1.0, 2.0, 3.0)
        self.target = (1.0, second / first, third / first)
        """The target pyramid, province : city : county, scaled to province = 1."""
        self.margin = float(results.study.get("margin") or MARGIN)

    @property
    def name(self) -> str:
        """Name of the study."""
        return str(self.settings.get("name") or self.results.path.parent.name)

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the study as its settings list them."""
        return tuple(int(seed) for seed in self.settings.get("seeds") or (0,))

    @property
    def replicates(self) -> int:
        """Replicates of the study as its settings state them."""
        return int(self.settings.get("replicates") or 1)

    def place(self, words: Words) -> str:
        """Province and places of the study, in words."""
        return provenance.place_of(self, words)

    def threshold_text(self, label: str, unit: str, asked: Mapping[str, Any], words: Words) -> str:
        """A threshold of a measure in words: ``settled: at least 60 %, no worse than status quo``."""
        parts = [
            words(f"threshold.{key}", value=numbers.amount(float(asked[key]), unit))
            for key in ("at_least", "at_most")
            if asked.get(key) is not None
        ]
        if asked.get("no_worse_than_reference"):
            parts.append(words("threshold.no_worse", reference=words.scenario(self.reference or "")))
        return words("threshold", measure=label, asked=words.listed(parts))


def number_of(value: Any) -> float:
    """A figure of a table; NaN where it is not known."""
    return float("nan") if value is None else float(value)
