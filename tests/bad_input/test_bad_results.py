"""``pyramid report`` refuses damaged and foreign results folders, names the file and the value, and writes nothing."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.cli.main import main
from experiments.results.checks import StoredTable, table_of
from experiments.runs.tables import parquet
from experiments.studies.study import JOURNAL
from sim.errors import InputError
from tests.bad_input.case import found_in
from tests.bad_input.cases_results import CASES, PICKLE, Damage
from tests.experiments.report.conftest import make_results


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound folder of results, to be copied."""
    folder = tmp_path_factory.mktemp("sound") / "results"
    make_results(folder, ("status_quo", "grid_first"), replicates=2)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A sound folder to damage."""
    return shutil.copytree(sound, tmp_path / "results")


def refusal(capsys: pytest.CaptureFixture[str], folder: Path) -> str:
    """The message of a refused report; nothing was written, nothing hangs."""
    before = found_in(folder)
    assert main(["report", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and found_in(folder) == before
    assert all(line.startswith("pyramid: ") and line.isprintable() and len(line) < 1050 for line in err.splitlines())
    return err


@pytest.mark.parametrize("damage", CASES, ids=str)
def test_damage_is_told(damage: Damage, folder: Path, capsys: pytest.CaptureFixture[str]):
    damage.do(folder)
    message = refusal(capsys, folder)
    for words in damage.says:
        assert words in message


def test_the_sound_folder_is_sound(folder: Path):
    assert main(["report", str(folder), "language=en", "figure=ratios", "format=svg"]) == 0


@pytest.mark.parametrize("name", ["manifest.json", "study.yaml", "runs.parquet"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "dangling link", "gone"])
def test_what_is_no_file_is_not_read(name: str, kind: str, folder: Path, capsys: pytest.CaptureFixture[str]):
    (folder / name).unlink()
    if kind == "folder":
        (folder / name).mkdir()
    elif kind == "pipe":
        os.mkfifo(folder / name)
    elif kind == "device":
        (folder / name).symlink_to("/dev/zero")
    elif kind == "dangling link":
        (folder / name).symlink_to("/no/where")
    assert f"{name} is missing" in refusal(capsys, folder)


def test_a_file_that_unfolds_beyond_memory_is_not_unfolded(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("experiments.results.checks.LARGEST_TABLE", 20)
    assert "runs.parquet is damaged: 4 rows of" in refusal(capsys, folder)
    monkeypatch.setattr("experiments.results.checks.LARGEST_FILE", 100)
    assert "manifest.json cannot be read: it has" in refusal(capsys, folder)


def lying(rows: int, said: int) -> bytes:
    """A file of some rows whose head says another number; both are written in the same number of bytes."""
    content = parquet(pd.DataFrame({"seed": np.zeros(rows, int)}), {})
    true, false = (bytes([2 * each & 127 | 128, 2 * each >> 7 & 127]) for each in (rows, said))
    foot = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    return content[:foot] + content[foot:].replace(true, false, 1)


def test_a_file_that_says_fewer_rows_than_it_has_is_not_unfolded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    content = lying(8000, 100)
    assert pq.read_metadata(io.BytesIO(content)).num_rows == 100 and len(pq.read_table(io.BytesIO(content))) == 8000
    monkeypatch.setattr("experiments.results.checks.LARGEST_TABLE", 5000)
    with pytest.raises(InputError, match=r"^x is damaged: 8,000 rows of 1 columns are more than 5,000 cells$"):
        table_of(Path("x"), content, StoredTable({"seed": "int"}))


def test_texts_that_unfold_beyond_memory_are_not_unfolded(monkeypatch: pytest.MonkeyPatch):
    content = parquet(pd.DataFrame({"point": ["x" * 200] * 1000}), {})
    assert len(content) < 2000
    assert len(table_of(Path("x"), content, StoredTable({"point": "text"}))) == 1000
    monkeypatch.setattr("experiments.results.checks.LARGEST_FILE", 100_000)
    with pytest.raises(
        InputError, match=r"^x is damaged: its texts unfold to 200,000 bytes or more; at most 100,000 are read$"
    ):
        table_of(Path("x"), content, StoredTable({"point": "text"}))


@pytest.mark.long
def test_a_file_with_any_bit_turned_over_is_taken_or_refused():
    """Among others the parts of Arrow's metadata that end the process when they are damaged and asked for."""
    content = parquet(pd.DataFrame({"point": ["a", "b"], "x": [0.5, None]}), {"units": "{}"})
    refused = 0
    for place in range(8 * len(content)):
        damaged = bytearray(content)
        damaged[place // 8] ^= 1 << place % 8
        try:
            table_of(Path("x"), bytes(damaged), StoredTable({"point": "text"}))
        except InputError as error:
            assert str(error).startswith("x is damaged: ")
            refused += 1
    assert refused > 4 * len(content)


BLOBS = {"text": b"nonsense" * 1000, "header": b"SQLite format 3\0" + b"\xff" * 4000, "pickle": PICKLE * 50}


@pytest.mark.parametrize("blob", BLOBS.values(), ids=BLOBS)
@pytest.mark.usefixtures("nothing_runs")
def test_a_journal_that_is_none_is_told_and_kept(blob: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    journal = tmp_path / JOURNAL
    journal.write_bytes(blob)
    assert main(["compare", "study.policies=[status_quo]", "province=tiny", f"results={tmp_path}"]) == 2
    err = capsys.readouterr().err
    assert str(journal) in err and "move it away to start afresh" in err
    assert journal.read_bytes() == blob


@pytest.mark.usefixtures("nothing_runs")
def test_a_journal_of_something_else_is_told_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    journal = tmp_path / JOURNAL
    with sqlite3.connect(journal) as database:
        database.execute("CREATE TABLE runs (song TEXT)")
    database.close()
    assert main(["compare", "study.policies=[status_quo]", "province=tiny", f"results={tmp_path}"]) == 2
    err = capsys.readouterr().err
    assert str(journal) in err and "is damaged" in err and "song" not in err
