"""What ``pyramid index`` finds: values of an index's leaves by city and month, scored, as plain data for reports."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.words_file import read_words
from experiments.results.folder import disk_errors, json_bytes, write_atomically
from experiments.results.members import over_behaviours
from experiments.runs.tables import parquet
from experiments.statistics.intervals import Estimate
from sim.ledger import Ledger
from sim.measures import MEASURES
from sim.measures.index import Branch, Index, Leaf, values_by_month
from sim.province import Province
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

BESIDE = (
    ("durable_success", "recorded_success"),
    ("presented_total", "petitions_total"),
    ("satisfaction_true", "satisfaction_surveyed"),
)
"""Measures of what is true, each with what is recorded of it: shown beside every index, over its last twelve months."""

BESIDE_MONTHS = 12

WORDS = Path(__file__).parent / "words.toml"

NOTE_EN, NOTE_ZH = read_words(WORDS)["note"]


def record_index(ledger: Ledger, scenario: Scenario, index: Index) -> bytes:
    """What an index needs of a run, as a NumPy archive.

    ``months``; ``values`` of the leaves, shape (cities, months, leaves); ``beside``, that is ``BESIDE`` over the last
    twelve months, shape (cities, pairs, 2).
    """
    months = ledger.months[ledger.months >= np.datetime64(scenario.calendar.measures[:7], "M")]
    values, beside = [], []
    for city in range(len(ledger.city_codes)):
        place = ledger.of_counties(np.flatnonzero(ledger.county_city == city))
        values.append(values_by_month(index, place, months, MEASURES))
        year = place.window(str(months[-1] - np.timedelta64(BESIDE_MONTHS - 1, "M")), str(months[-1]))
        beside.append([[MEASURES[name].value(year, place) for name in pair] for pair in BESIDE])
    buffer = io.BytesIO()
    np.savez_compressed(buffer, months=months.astype(np.int64), values=np.array(values), beside=np.array(beside))
    return buffer.getvalue()


@dataclass(frozen=True)
class IndexResult:
    """An index of every city and month, over the replicates of one scenario.

    Attributes:
        index: the tree; weights that waited for units are taken from all cities, months and replicates here.
        scenario, seeds: what was run; one replicate a seed.
        cities: code, English and Chinese name, in the order of the province's table.
        months: shape (months,).
        values: of the leaves, shape (replicates, cities, months, leaves).
        beside: ``BESIDE`` over the last twelve months, shape (replicates, cities, pairs, 2).
        ensemble: whose members the replicates have as behaviours, if they do.
    """

    index: Index
    scenario: Scenario
    seeds: tuple[int, ...]
    cities: tuple[tuple[int, str, str], ...]
    months: NDArray[np.datetime64]
    values: NDArray[np.float64]
    beside: NDArray[np.float64]
    ensemble: Ensemble | None = None

    @staticmethod
    def of(
        index: Index,
        scenario: Scenario,
        records: Mapping[int, bytes],
        province: Province,
        ensemble: Ensemble | None = None,
    ) -> IndexResult:
        """The result of records (``record_index``) by seed, at least one."""
        archives = [np.load(io.BytesIO(record), allow_pickle=False) for record in records.values()]
        values = np.stack([archive["values"] for archive in archives])
        names = zip(province.cities["code"].tolist(), province.city_names_en, province.city_names_zh, strict=True)
        return IndexResult(
            index.weighted_by(values.reshape(-1, values.shape[-1])),
            scenario,
            tuple(records),
            tuple(names),
            archives[0]["months"].astype("datetime64[M]"),
            values,
            np.stack([archive["beside"] for archive in archives]),
            ensemble,
        )

    @cached_property
    def scores(self) -> dict[str, NDArray[np.float64]]:
        """Scores of every indicator by name, the index's own first, each of shape (replicates, cities, months)."""
        return self.index.scores(self.values)

    @cached_property
    def last_year(self) -> NDArray[np.float64]:
        """The index over the last twelve months, the mean of its monthly scores, shape (replicates, cities)."""
        return self.scores[self.index.root.name][..., -BESIDE_MONTHS:].mean(axis=-1)

    def over_replicates(self, values: NDArray[np.float64]) -> Estimate:
        """A figure over the replicates, shape (replicates,), with its interval: over chance, or over behaviours."""
        return over_behaviours(values.tolist(), self.seeds, len(self.ensemble or ()))

    def score(self, name: str, city: int, month: int) -> Estimate:
        """Score of an indicator over replicates with its interval, by row of city and month."""
        return self.over_replicates(self.scores[name][:, city, month])

    def beside_of(self, city: int, pair: int, side: int) -> Estimate:
        """A measure of ``BESIDE`` over replicates, by row of city, pair and side (0 true, 1 recorded)."""
        return self.over_replicates(self.beside[:, city, pair, side])

    def document(self) -> dict[str, Any]:
        """Everything as plain JSON values, to print or to draw from."""
        return {
            "illustrative": {"en": NOTE_EN, "zh": NOTE_ZH},
            "scenario": self.scenario.as_dict(),
            "ensemble": self.ensemble.as_dict() if self.ensemble else None,
            "index": self._tree(),
            "months": [str(month) for month in self.months],
            "cities": [self._city(row) for row in range(len(self.cities))],
        }

    def _tree(self) -> dict[str, Any]:
        root, weights = self.index.root, self.index.overall_weights()
        indicators = [{"level": level, **_described(node, weights)} for level, node in self.index.root.walk()]
        return {
            "name": root.name,
            "name_en": root.name_en,
            "name_zh": root.name_zh,
            "counts": list(self.index.counts),
            "colours": dict(self.index.colours),
            "indicators": indicators,
        }

    def _city(self, row: int) -> dict[str, Any]:
        code, english, chinese = self.cities[row]
        name, last = self.index.root.name, len(self.months) - 1
        monthly = [self.score(name, row, month) for month in range(len(self.months))]
        return {
            "code": code,
            "name_en": english,
            "name_zh": chinese,
            "last_year": self.over_replicates(self.last_year[:, row]).as_dict(),
            "index": [{**each.as_dict(), "colour": self.index.colour(each.mean)} for each in monthly],
            "first_level": {
                child.name: self.score(child.name, row, last).as_dict() for child in self.index.root.children
            },
            "true_and_recorded": {
                measure: self.beside_of(row, pair, side).as_dict()
                for pair, names in enumerate(BESIDE)
                for side, measure in enumerate(names)
            },
        }

    def frame(self) -> pd.DataFrame:
        """One row a replicate, city, month and indicator: ``level`` (0 = the index), ``score``, a leaf's ``value``."""
        import pandas as pd

        replicates, cities, months = self.values.shape[:3]
        cells = replicates * cities * months
        base = pd.DataFrame(
            {
                "seed": np.repeat(self.seeds, cities * months),
                "city": np.tile(np.repeat([code for code, _, _ in self.cities], months), replicates),
                "month": np.tile(self.months.astype("datetime64[ms]"), replicates * cities),
            }
        )
        leaf_rows = {leaf.name: row for row, leaf in enumerate(self.index.leaves)}
        parts = []
        for level, node in [(0, self.index.root), *self.index.root.walk()]:
            value = self.values[..., leaf_rows[node.name]].ravel() if node.name in leaf_rows else np.full(cells, np.nan)
            score = self.scores[node.name].ravel()
            parts.append(base.assign(indicator=node.name, level=level, score=score, value=value))
        return pd.concat(parts, ignore_index=True)

    def export(self, folder: Path, extra: Mapping[str, Any]) -> list[Path]:
        """Writes ``index.json`` (``document`` after ``extra``) and ``index.parquet`` (``frame``); gives the files."""
        about = {"note": NOTE_EN, "score": "0 to 100", "smallest_cell": "city"}
        contents = {
            folder / "index.json": json_bytes({**extra, **self.document()}),
            folder / "index.parquet": parquet(self.frame(), about),
        }
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(contents)
        return list(contents)


def _described(node: Branch | Leaf, weights: Mapping[str, float]) -> dict[str, Any]:
    """One indicator as plain values; ``weight`` is its share in the whole index."""
    described: dict[str, Any] = {
        "name": node.name,
        "name_en": node.name_en,
        "name_zh": node.name_zh,
        "weight": weights[node.name],
        "tags": list(node.tags),
    }
    if isinstance(node, Leaf):
        described |= {
            "measure": node.measure,
            "unit": MEASURES[node.measure].unit,
            "worst": node.worst,
            "best": node.best,
            "months": node.months,
            "per_residents": node.per_residents,
            "kinds": list(node.kinds),
        }
    return described
