"""Kinds of results: what each stores and says. A folder of this package with an ``evidence`` is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from experiments.configuration.primary import loaded
from experiments.configuration.words_file import Lines, read_words
from experiments.results.checks import StoredStudy, StoredTable

if TYPE_CHECKING:
    import pandas as pd

    from experiments.results.folder import Results


@dataclass(frozen=True)
class ReportKind:
    """A kind of results, declared once in its own folder.

    Attributes:
        name: of the kind and its command; its folder has ``_`` for ``-``.
        study: what the report reads of ``study.yaml``.
        tables: of the results by name: what each holds.
        runs, facts: the table that has a row a run, and the one that the study is about; or where the function is that
            makes it of results (``module:function``, in the folder of the kind).
        is_varied: such studies vary what is assumed about people.
        has_change: such studies tell a change from before the reform to after it.
        is_of_whole_window: figures are of the whole window after the reform, never of its first year alone.
    """

    name: str
    study: type[StoredStudy]
    tables: Mapping[str, StoredTable]
    runs: str
    facts: str
    is_varied: bool = False
    has_change: bool = False
    is_of_whole_window: bool = False

    @property
    def package(self) -> str:
        """The package of its folder."""
        return f"{__package__}.{self.name.replace('-', '_')}"

    def frame(self, results: Results) -> pd.DataFrame:
        """A row a run: parameters, then measures."""
        return self._table(self.runs, results)

    def effects(self, results: Results) -> pd.DataFrame:
        """What the study is about: a row an effect, with its interval."""
        return self._table(self.facts, results)

    def _table(self, place: str, results: Results) -> pd.DataFrame:
        made = loaded(f"{self.package}.{place}")(results) if ":" in place else results.tables[place]
        return cast("pd.DataFrame", made)

    @property
    def words(self) -> Lines:
        """Lines that the report has beside those of all reports (``words.toml``)."""
        return read_words(Path(__file__).parent / self.package.rpartition(".")[2] / "words.toml")


@cache
def report_kinds() -> dict[str, ReportKind]:
    """Every kind of results by name."""
    folders = sorted(file.parent.name for file in Path(__file__).parent.glob("*/evidence.py"))
    found = [import_module(f"{__package__}.{folder}").KIND for folder in folders]
    return {kind.name: kind for kind in found}


def open_results(path: str | Path) -> Results:
    """Reads a results folder (``results/<study>/<name>`` or ``…/latest``).

    Raises ``InputError`` naming the folder or file when it is missing, foreign, damaged or of another layout.
    """
    from experiments.results.folder import read_results

    return read_results(path, {name: (kind.study, kind.tables) for name, kind in report_kinds().items()})
