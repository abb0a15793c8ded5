"""Tables and files: what Python hands out, what other programs read, folders that are moved, and the journal."""

from __future__ import annotations

import copy
import json
import os
import pickle
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import petition_pyramid as pp
from experiments.cli.main import main
from experiments.report.kinds import open_results as open_stored
from experiments.report.kinds import report_kinds
from experiments.report.write import write_report
from experiments.runs.groups import check_groups
from petition_pyramid import KeptResults, Simulation
from sim.errors import InputError
from tests.situations.situation import situation
from tests.situations.year import YEAR

POLICIES = ("study.policies=[status_quo,whistle]", "study.name=two", "replicates=2")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results below one whose name other programs read as a column."""
    return tmp_path_factory.mktemp("tables") / "seed=7" / "results"


@pytest.fixture(scope="module")
def study(root: Path) -> KeptResults:
    return pp.compare(*YEAR, *POLICIES, results=root)


@pytest.fixture(scope="module")
def screening(root: Path) -> KeptResults:
    """Morris's effects, of which one table has no rows."""
    few = ("study.method=morris", "study.uncertainties=[patience]", "study.size=2", "study.measures=[petitions_total]")
    return pp.sensitivity(*YEAR, *few, results=root)


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return pp.simulate(*YEAR, "replicates=2", "executor.workers=1")


@situation(
    "from Python",
    "Breakthrough-Energy/PowerSimData#443",
    "set a column to 0 in one object; a new object of the same name had zeros, too",
    "settings and manifests of results are the caller's own; opened again, or asked again, they are as stored",
)
def test_settings_and_manifests_are_the_callers_own(study: KeptResults, simulation: Simulation) -> None:
    for result in (study, simulation):
        answer = str(result.answer())
        result.study["name"] = "changed"
        result.study["question"]["en"] = "changed"  # type: ignore[index]
        result.manifest["runs"]["done"] = 0  # type: ignore[index]
        assert result.study["name"] in ("two", "simulation")
        assert "en" not in result.study["question"]  # type: ignore[operator]
        assert result.manifest["runs"]["done"] == len(result.frame())  # type: ignore[index]
        assert str(result.answer()) == answer
    again = pp.open_results(study.path)
    runs = again.tables["runs"]
    runs.loc[:, "seed"] = 9
    assert pp.open_results(study.path).study == study.study == again.study and set(study.frame()["seed"]) == {0, 1}


@situation(
    "from Python",
    "optuna/optuna#2256",
    "sent a study to another process; it held a lock, which cannot be pickled",
    "results, simulations and scenarios can be pickled and copied, after their figures were drawn, too",
)
@situation(
    "from Python",
    "optuna/optuna#914",
    "a deep copy of a seeded study gave other numbers than the study itself",
    "a copied scenario is the same scenario and gives the same runs",
)
def test_results_and_scenarios_are_pickled_and_copied(study: KeptResults, simulation: Simulation) -> None:
    for result in (study, simulation):
        result.plot()
        for other in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
            assert str(other.answer()) == str(result.answer())
            pd.testing.assert_frame_equal(other.effects(), result.effects())
    place = pp.scenario(*YEAR)
    for other in (pickle.loads(pickle.dumps(place)), copy.deepcopy(place), copy.copy(place)):
        assert other == place
    again = pp.simulate(copy.deepcopy(place), "replicates=2", "executor.workers=1")
    assert [each.to_bytes() for each in again.records] == [each.to_bytes() for each in simulation.records]


@situation(
    "tables and files",
    "duckdb/duckdb#13053",
    "a file had the columns FOO and foo; SQL takes them for one, and the file could not be read",
    "no table has names that differ in capitals alone, and groups of places may not either",
)
def test_names_of_columns_differ_in_more_than_capitals(root: Path, study: KeptResults, screening: KeptResults) -> None:
    files = sorted(root.glob("*/*/*.parquet"))
    assert len(files) > 4
    for file in files:
        names = [name.casefold() for name in pq.read_schema(file).names]
        assert len(set(names)) == len(names), file
    for kind in report_kinds().values():
        for name, table in kind.tables.items():
            assert len({column.casefold() for column in table.columns}) == len(table.columns), name
    check_groups({"pilots": [6201], "others": [6202]})
    with pytest.raises(InputError, match=r"study\.groups: 'Pilots' and 'pilots' differ in capitals alone"):
        check_groups({"pilots": [6201], "Pilots": [6202]})


@situation(
    "tables and files",
    "pola-rs/polars#12903",
    "whether a folder called part=1 became a column depended on how the file in it was asked for",
    "results below a folder called seed=7 have the seeds that were run",
)
@situation(
    "tables and files",
    "StarRocks/starrocks#73674",
    "months in a file were read as times and moved by the hours of the time zone",
    "months are plain dates, the first of the month, for every reader and in every time zone",
)
def test_other_readers_see_the_same_table(study: KeptResults, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "seed=7" in str(study.path) and sorted(set(study.frame()["seed"])) == [0, 1]
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        monthly = pq.read_table(study.path / "monthly.parquet")
        mine = pp.open_results(study.path).monthly()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert monthly.schema.field("month").type == pa.date32() and monthly.schema.field("scenario").type == pa.string()
    days = sorted(set(monthly["month"].to_pylist()))
    assert [(day.year, day.month, day.day) for day in days] == [(2018, m, 1) for m in range(1, 13)]
    assert mine["month"].dt.strftime("%Y-%m-%d").tolist() == [str(day) for day in monthly["month"].to_pylist()]
    runs = pd.read_parquet(study.path / "runs.parquet")  # looks at the names of folders, too
    assert runs["seed"].tolist() == [0, 1, 0, 1]
    pd.testing.assert_frame_equal(runs, study.tables["runs"])


@situation(
    "tables and files",
    "pola-rs/polars#7291",
    "a table without rows had a column more, __index_level_0__",
    "a table without rows has its columns with their types and no other",
)
def test_a_table_without_rows_has_its_columns(screening: KeptResults) -> None:
    schema = pq.read_schema(screening.path / "convergence.parquet")
    assert pq.read_metadata(screening.path / "convergence.parquet").num_rows == 0
    assert list(zip(schema.names, schema.types, strict=True)) == [
        ("measure", pa.string()),
        ("factor", pa.string()),
        ("rows", pa.int64()),
        *((f"{index}{end}", pa.float64()) for index in ("first", "total") for end in ("", "_low", "_high")),
    ]
    assert b"pandas" not in (pq.read_schema(screening.path / "indices.parquet").metadata or {})


@situation(
    "tables and files",
    "mlflow/mlflow#3144",
    "moved a folder of runs; what it held was still looked for in the old place",
    "a folder may be moved or copied: it opens, and its figures are drawn there",
)
@situation(
    "tables and files",
    "mlflow/mlflow#184",
    "runs put under version control on one machine could not be shown on another",
    "no file of results names the folder of the results or a home",
)
def test_a_folder_of_results_may_be_moved(study: KeptResults, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere" / "any name"
    shutil.copytree(study.path, moved)
    other = pp.open_results(moved)
    assert str(other.answer()) == str(study.answer()) and other.frame().equals(study.frame())
    (figure,) = write_report(open_stored(moved), "en", ["monthly"], ["svg"])
    assert figure == moved / "report" / "figures" / "monthly.en.svg"
    for file in [*moved.glob("*.json"), *moved.glob("*.yaml"), figure]:
        text = file.read_text(encoding="utf-8")
        assert str(study.path) not in text and str(Path.home()) + os.sep not in text, file


@situation(
    "tables and files",
    "praeclarum/sqlite-net#792",
    "copied a database without the file beside it; the rows written last were missing",
    "when a study has ended the journal is one file, and a copy of it has every run",
)
def test_a_copied_journal_has_every_run(study: KeptResults, root: Path, tmp_path: Path) -> None:
    assert [file.name for file in root.glob("journal.sqlite*")] == ["journal.sqlite"]
    shutil.copy(root / "journal.sqlite", tmp_path / "journal.sqlite")
    told: list[int] = []
    pp.compare(*YEAR, *POLICIES, results=tmp_path, progress=lambda done, total: told.append(total))
    assert told == [] and len(pp.open_results(tmp_path / "two" / "latest").frame()) == 4


@pytest.fixture
def journal(study: KeptResults, root: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the journal open."""
    shutil.copy(root / "journal.sqlite", tmp_path)
    connection = sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)
    yield connection
    connection.close()


@situation(
    "many runs at once",
    "optuna/optuna-dashboard#545",
    "looked at a study while it ran; the study ended with: database is locked",
    "who reads the journal, however long, keeps no study from writing to it",
)
def test_a_reader_of_the_journal_keeps_nobody_waiting(journal: sqlite3.Connection, tmp_path: Path) -> None:
    def count() -> int:
        return int(journal.execute("SELECT count(*) FROM runs").fetchone()[0])

    journal.execute("BEGIN")
    before = count()
    began = time.monotonic()
    pp.compare(*YEAR, *POLICIES, "replicates=3", results=tmp_path)
    assert time.monotonic() - began < 20
    assert count() == before  # as it was when the reader began
    journal.execute("COMMIT")
    assert count() == before + 2


@situation(
    "many runs at once",
    "optuna/optuna#820",
    "started many processes on one SQLite file; seven of thirty-two fell over at once: database is locked",
    "a study waits half a minute for whoever writes, and then says in one line what is locked",
)
def test_a_journal_that_stays_locked_is_told(
    journal: sqlite3.Connection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    connect, patience = sqlite3.connect, []

    def impatient(path: Path, timeout: float) -> sqlite3.Connection:
        patience.append(timeout)
        return connect(path, timeout=0.2)

    monkeypatch.setattr(sqlite3, "connect", impatient)
    journal.execute("BEGIN IMMEDIATE")
    assert main(["compare", *YEAR, *POLICIES, "replicates=3", f"results={tmp_path}"]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and "journal.sqlite: database is locked" in said.err and said.out == ""
    journal.execute("ROLLBACK")
    assert patience == [30]
    pp.compare(*YEAR, *POLICIES, "replicates=3", results=tmp_path)
    assert len(pp.open_results(tmp_path / "two" / "latest").frame()) == 6


@situation(
    "tables and files",
    "haesleinhuepf/devbio-napari#46",
    "a table saved with semicolons and decimal commas gave an error of the parser, with a wrong line",
    "an ensemble saved so is refused, and told what its values must be separated by",
)
@pytest.mark.parametrize("content", ["patience;grievances\n10,5;70\n", "patience\tgrievances\n10.5\t70\n"])
def test_a_table_with_other_separators_is_named(content: str, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(content, encoding="utf-8-sig")
    with pytest.raises(InputError) as refused:
        pp.simulate(*YEAR, f"ensemble={file}")
    assert str(refused.value) == f"{file}: values must be separated by commas, with a point as the decimal mark"
    file.write_text("patience,grievances\n10.5,70\n", encoding="utf-8-sig")
    assert len(pp.simulate(*YEAR, f"ensemble={file}").frame()) == 1


@situation(
    "tables and files",
    "quaquel/EMAworkbench#106",
    "saved results, loaded them, saved them again; loading those failed: category not understood",
    "figures drawn of opened results, again and again, leave tables and manifest as they were",
)
def test_results_stay_as_they_were_however_often_they_are_opened(study: KeptResults) -> None:
    def contents() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in study.path.iterdir() if file.is_file()}

    before = contents()
    first, second = (write_report(open_stored(study.path), "zh", ["settled"])[0].read_bytes() for _ in range(2))
    assert first == second and contents() == before
    assert pp.open_results(study.path).frame().dtypes.equals(study.frame().dtypes)
    assert json.loads(before["manifest.json"])["runs"] == {"done": 4, "failed": 0}
