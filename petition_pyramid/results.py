"""What a study from Python gives: tables as pandas frames, the answer in words, figures and the report."""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.report.answer import Answer
from experiments.report.kinds import open_results as open_stored
from experiments.report.kinds import report_kinds
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import LANGUAGES, Words
from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from experiments.results.folder import Results
    from experiments.studies.study import StudyResult


class _Shown(ABC):
    """What a notebook shows of a result: a line, and the answer below it."""

    @abstractmethod
    def answer(self, language: str = "en") -> Answer:
        """The answer of the study."""

    def _repr_html_(self) -> str:
        answer = "<br>".join(html.escape(line) for line in self.answer().lines)
        return f"<p><code>{html.escape(repr(self))}</code></p><p>{answer}</p>"


class KeptResults(_Shown):
    """The results of a study that are kept in a folder, or of a simulation, in memory until its report is drawn.

    Made by the functions of this package and by ``open_results``; every number comes from the stored tables.
    """

    def __init__(self, stored: Results) -> None:
        self._stored = stored
        self._evidence: Any = None

    def __repr__(self) -> str:
        runs: Mapping[str, int] = self._stored.manifest.get("runs") or {}
        failed = f", {runs['failed']} failed" if runs.get("failed") else ""
        return f"<{self.kind} {self.study['name']}: {runs.get('done', 0)} runs{failed}, {self.path}>"

    @property
    def kind(self) -> str:
        """The kind of the study, which is its command, such as ``compare`` or ``sweep``."""
        return self._stored.kind

    @property
    def path(self) -> Path:
        """The folder of the results."""
        return self._stored.path

    @property
    def study(self) -> dict[str, object]:
        """The study as it was resolved: what ``study.yaml`` holds."""
        return deepcopy(self._stored.study)

    @property
    def manifest(self) -> dict[str, object]:
        """Command, versions, commit, machine and counts of runs: what ``manifest.json`` holds."""
        return deepcopy(self._stored.manifest)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every stored table by name, a copy like whatever else is a table here."""
        if self._stored.tables:
            return {name: table.copy() for name, table in self._stored.tables.items()}
        return {"runs": self._stored.runs.copy(), "monthly": self._stored.monthly.copy()}

    def frame(self) -> pd.DataFrame:
        """Runs as a tidy table: parameters, then measures.

        Returns
        -------
        pandas.DataFrame
            One row a run (an optimisation: a candidate; a calibration: a candidate; a robustness study: a policy in a
            future). What is not defined is NaN.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> study = pp.compare("province=tiny", "study.policies=[status_quo,whistle]", results=folder)
        >>> study.frame()[["world", "after", "seed"]].drop_duplicates().shape
        (90, 3)
        """
        return report_kinds()[self.kind].frame(self._stored).copy()

    def effects(self) -> pd.DataFrame:
        """What the study is about, as a tidy table: effects with their intervals, or a kind's own figures.

        Returns
        -------
        pandas.DataFrame
            One row an effect. A comparison: a world and a measure, with the paired difference from the reference, its
            95 % interval, and the p-value adjusted over all of them. A sensitivity analysis: a measure and a factor,
            with indices. Levers at work: a lever, a base, a year and a measure. A robustness study: a policy and a
            measure. An optimisation: a point of the front and a measure. A counterfactual: a pair of fates. A
            calibration: a figure.

        Raises
        ------
        InputError
            When the study has nothing to compare with, such as a sweep without ``study.reference``.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> study = pp.compare("province=tiny", "study.policies=[status_quo,whistle]", results=folder)
        >>> set(study.effects()["world"])
        {'whistle'}
        """
        return report_kinds()[self.kind].effects(self._stored).copy()

    def monthly(self) -> pd.DataFrame:
        """Events by month, where the study keeps them.

        Returns
        -------
        pandas.DataFrame
            One row a run and month, one column an event, counted over all places and kinds of disputes.

        Raises
        ------
        InputError
            For a kind of study that keeps no months.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> result = pp.simulate("province=tiny", "replicates=2")
        >>> result.monthly()["seed"].nunique()
        2
        """
        if "monthly" not in (self._stored.tables or ("monthly",)):
            raise InputError(f"a {self.kind} study keeps no months")
        return self._stored.monthly.copy()

    def answer(self, language: str = "en") -> Answer:
        """What the study answers to its question, as on page one of its report.

        Parameters
        ----------
        language : str
            ``en`` or ``zh``.

        Returns
        -------
        Answer
            Printed, its lines; as data, ``policy``, ``effect``, ``range``, ``n_of``, ``of``, ``cost``, ``bases``,
            ``caveats`` and ``text``, the lines without the caveats.

        Raises
        ------
        InputError
            For another language.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> study = pp.compare("province=tiny", "study.policies=[status_quo,whistle]", results=folder)
        >>> study.answer().effect.measure
        'durable_resolution'
        """
        return answer_of(parts_of(self.kind), self._read(), self._words(language))

    def plot(self, figure: str = "", language: str = "en") -> Figure:
        """One figure of the report; nothing is written.

        Parameters
        ----------
        figure : str
            Its name, as in ``figures/NAME.en.svg`` of a report; by default the first that the results have.
        language : str
            ``en`` or ``zh``.

        Returns
        -------
        matplotlib.figure.Figure
            A figure to change as you like.

        Raises
        ------
        InputError
            For a figure or language that is not there, naming those that are.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.simulate("province=tiny", "replicates=2").plot("monthly").get_size_inches().shape
        (2,)
        """
        from experiments.configuration.renamed import current
        from experiments.report import theme

        words, evidence, figures = self._words(language), self._read(), parts_of(self.kind).figures
        drawable = [each for each, module in figures.items() if module.available(evidence)]
        name = current("figure", figure) or (drawable or [""])[0]
        if name not in drawable:
            why = "needs more than these results hold" if name in figures else "is no figure of the report"
            raise InputError(f"figure={figure!r} {why}; of this result there are: {', '.join(drawable) or 'none'}")
        with theme.drawing():
            drawn: Figure = figures[name].draw(evidence, words)
            theme.settle_layout(drawn)
        return drawn

    def report(self, language: str = "both", map: str | Path = "") -> list[Path]:
        """Draws the report into ``report/`` of the results folder.

        Parameters
        ----------
        language : str
            ``en``, ``zh`` or ``both``.
        map : str or pathlib.Path
            A GeoJSON file, whose lines are drawn behind the dots of maps.

        Returns
        -------
        list of pathlib.Path
            The files, pages first.

        Raises
        ------
        InputError
            For another language, a damaged file of lines, and when the disk does not take the files.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> study = pp.compare("province=tiny", "study.policies=[status_quo,whistle]", results=folder)
        >>> study.report("en")[0].name
        'report.en.html'
        """
        from experiments.report.maps.outline import read_outline
        from experiments.report.write import write_report

        return list(write_report(self._stored, language, outline=read_outline(map) if map else None))

    def _read(self) -> Any:
        if self._evidence is None:
            self._evidence = parts_of(self.kind).evidence(self._stored)
        return self._evidence

    def _words(self, language: str) -> Words:
        if language not in LANGUAGES:
            raise InputError(f"language={language!r} is not one of {', '.join(LANGUAGES)}")
        found: Words = self._read().words(language)
        return found


class TableResults(_Shown):
    """The results of a study that keeps none: patterns, an index, checks."""

    def __init__(self, result: StudyResult) -> None:
        self._result = result
        self._frame = result.frame()

    def __repr__(self) -> str:
        kind = self._result.study.invocation.command
        return f"<{kind}: {len(self._frame)} rows, {'sound' if self.succeeded else 'not all succeeded'}>"

    @property
    def succeeded(self) -> bool:
        """Whether every run ended and every check passed."""
        return self._result.succeeded

    def frame(self) -> pd.DataFrame:
        """Every row of the result.

        Returns
        -------
        pandas.DataFrame
            One row a pattern; a replicate, city, month and indicator; or a finding of a check.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.patterns("province=tiny", "replicates=1").frame()["id"].iloc[0]
        'P1'
        """
        return self._frame.copy()

    def document(self) -> dict[str, object]:
        """The result as plain values, as the command prints it with ``output=json``.

        Returns
        -------
        dict
            Values that JSON can hold.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.patterns("province=tiny", "replicates=1").document()["command"]
        'patterns'
        """
        return {"answer": self._result.answer(Words("en")).document(), **self._result.document()}

    def answer(self, language: str = "en") -> Answer:
        """What the study answers to its question, in the lines that the command prints.

        Parameters
        ----------
        language : str
            ``en`` or ``zh``.

        Returns
        -------
        Answer
            Printed, its lines; as data, ``policy``, ``effect``, ``range``, ``n_of``, ``of``, ``cost``, ``bases``,
            ``caveats`` and ``text``, the lines without the caveats.

        Raises
        ------
        InputError
            For another language.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.index("province=tiny").answer().lines[0].split(":")[0]
        'The index is illustrative'
        """
        if language not in LANGUAGES:
            raise InputError(f"language={language!r} is not one of {', '.join(LANGUAGES)}")
        return self._result.answer(Words(language))


def open_results(path: str | Path) -> KeptResults:
    """Opens the results of a study that was kept.

    Parameters
    ----------
    path : str or pathlib.Path
        The folder, such as ``results/configurations/latest``.

    Returns
    -------
    KeptResults
        What the folder holds.

    Raises
    ------
    InputError
        When it is missing, foreign, damaged or of another layout, naming the file.

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.compare("province=tiny", "study.policies=[status_quo,whistle]", results=folder)
    >>> pp.open_results(study.path).kind
    'compare'
    """
    stored = open_stored(path)
    return KeptResults(replace(stored, path=stored.path.absolute()))
