"""Results on disk: what was written is read back, and damage is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.runs.record import RunRecord
from experiments.results.folder import RunRow, check_place, locked, point_latest_at, write_atomically
from experiments.report.kinds import open_results
from tests.experiments.stand_ins import write_results
from sim.errors import InputError
from sim.ledger import EVENT_INDEX, EVENTS

STUDY = {"name": "study", "calendar": {}, "问": "题"}
MONTHS = np.array(["2018-12", "2019-01"], dtype="datetime64[M]")


def a_record(value: float) -> RunRecord:
    monthly = np.zeros((2, len(EVENTS)), np.int64)
    monthly[:, EVENT_INDEX["raised"]] = (7, 2**40)
    return RunRecord({"x": value, "y": float("nan")}, {"x": value / 2}, MONTHS, monthly)


@pytest.fixture
def folder(tmp_path):
    runs = [
        RunRow("a", "id-a", 0, a_record(1 / 3)),
        RunRow("b", "id-b", 0, None, "broke"),
        RunRow("b", "id-b", 1, a_record(5.0)),
    ]
    target = tmp_path / "results" / "study" / "one"
    rows = [{"scenario": None, "group": "stress", "name": "staff_lost", "value": 0.0}]
    write_results(target, STUDY, {"seeds": [0, 1]}, {"s": 1}, runs, rows, {"x": "days"})
    return target


def test_what_was_written_is_read_back(folder):
    results = open_results(folder)
    assert results.study == STUDY
    assert results.manifest["seeds"] == [0, 1] and results.manifest["layout"] == 3
    assert results.parameters[0].name == "staff_lost"
    assert [*results.runs] == ["scenario", "scenario_id", "seed", "status", "x", "y", "before_x"]
    assert results.runs["x"].tolist() == pytest.approx([1 / 3, np.nan, 5.0], abs=0, nan_ok=True)
    assert results.runs["before_x"].tolist() == pytest.approx([1 / 6, np.nan, 2.5], abs=0, nan_ok=True)
    assert results.runs["status"].tolist() == ["done", "failed", "done"]
    assert results.monthly["month"].tolist() == [datetime(2018, 12, 1), datetime(2019, 1, 1)] * 2
    assert results.monthly["raised"].tolist() == [7, 2**40] * 2
    assert results.monthly["seed"].tolist() == [0, 0, 1, 1]
    assert results.monthly["raised"].dtype == np.int64
    units = json.loads(pq.read_metadata(folder / "runs.parquet").metadata[b"units"])
    assert units == {"x": "days", "before_x": "days"}


def test_a_measure_of_a_city_has_the_unit_of_the_measure(tmp_path):
    record = RunRecord(
        {"x": 1.0, "x@6201": 2.0}, {"x@6201": 3.0}, np.array([], "datetime64[M]"), np.zeros((0, len(EVENTS)), np.int64)
    )
    write_results(tmp_path / "r", {}, {}, {}, [RunRow("a", "id", 0, record)], [], {"x": "days"})
    units = json.loads(pq.read_metadata(tmp_path / "r" / "runs.parquet").metadata[b"units"])
    assert units == {"x": "days", "x@6201": "days", "before_x@6201": "days"}


def test_records_survive_bytes_and_are_the_same_bytes():
    record = a_record(1 / 3)
    back = RunRecord.from_bytes(record.to_bytes())
    assert back.after["x"] == 1 / 3 and np.isnan(back.after["y"])
    assert back.before == {"x": 1 / 6} and back.events == EVENTS
    assert (back.months == MONTHS).all() and (back.monthly == record.monthly).all()
    assert back.to_bytes() == record.to_bytes()
    for wrong in (b"", b"nonsense", record.to_bytes()[:200]):
        with pytest.raises(ValueError, match="not the record of a run"):
            RunRecord.from_bytes(wrong)


def test_latest_points_at_the_newest(folder):
    point_latest_at(folder)
    assert open_results(folder.parent / "latest").study["name"] == "study"
    other = folder.parent / "two"
    other.mkdir()
    point_latest_at(other)
    assert (folder.parent / "latest").resolve() == other


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("manifest.json", b"{", "manifest.json is damaged"),
        ("manifest.json", b"[]", "manifest.json is damaged: not an object"),
        ("manifest.json", b'{"layout": 99}', "has layout 99, this version reads 3"),
        ("runs.parquet", b"PAR1", "runs.parquet is damaged: it is not what the manifest describes"),
        ("monthly.parquet", None, "is not a folder of results: monthly.parquet is missing"),
        ("study.yaml", b"other: study", "study.yaml is damaged: it is not what the manifest describes"),
    ],
)
def test_damage_is_told_with_the_file(folder, file, content, message):
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(InputError, match=message):
        open_results(folder)


def test_an_older_layout_is_refused_and_what_to_do_is_said(tmp_path):
    """The folder was written by version 0.1: ``pyramid compare`` of the status quo for one year of one tiny county."""
    with ZipFile(Path(__file__).with_name("layout_1.zip")) as archive:
        archive.extractall(tmp_path / "old")
    with pytest.raises(InputError) as refused:
        open_results(tmp_path / "old")
    assert str(refused.value) == (
        f"{tmp_path / 'old' / 'manifest.json'} has layout 1, this version reads 3: run the study again, or open it with version 0.1"
    )


def test_a_foreign_folder_names_what_is_near(folder, tmp_path):
    with pytest.raises(InputError, match=r"nowhere is not a folder of results$"):
        open_results(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"results: manifest.json is missing; there are: .*/results/study/one"):
        open_results(folder.parent)


def test_a_rewrite_leaves_no_partial_files(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(before) == {
        "study.yaml", "configuration.yaml", "parameters.json", "runs.parquet", "monthly.parquet", "timings.json",
        "manifest.json",
    }  # fmt: skip


def test_who_writes_to_a_folder_waits_for_whom_is_there(tmp_path: Path):
    folder, came = tmp_path / "study" / "name", threading.Event()

    def write() -> None:
        with locked(folder):
            came.set()

    with locked(folder):
        second = threading.Thread(target=write)
        second.start()
        assert folder.is_dir() and not came.wait(0.3)
    assert came.wait(10)
    second.join()
    assert list(folder.iterdir()) == []


@pytest.fixture
def dead() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_what_a_dead_process_has_left_of_the_same_files_is_removed(tmp_path: Path, dead: int):
    (tmp_path / "precious").write_text("mine")
    gone = (f".study.yaml.{dead}.partial", f".runs.parquet.{dead}.partial", f".latest.{dead}.partial")
    kept = (
        f".study.yaml.{os.getppid()}.partial",  # its process runs
        f".other.yaml.{dead}.partial",
        f"study.yaml.{dead}.partial",
        ".study.yaml.partial",
        ".study.yaml.x.partial",
    )
    for name in (*gone[:1], *kept):
        (tmp_path / name).touch()
    for name in gone[1:]:
        (tmp_path / name).symlink_to(tmp_path / "precious")
    write_atomically({tmp_path / name: b"new" for name in ("study.yaml", "runs.parquet")})
    point_latest_at(tmp_path / "study")
    found = {path.name for path in tmp_path.iterdir()}
    assert found == {*kept, "study.yaml", "runs.parquet", "precious", "latest"}
    assert (tmp_path / "precious").read_text() == "mine"


@pytest.mark.parametrize(
    ("place", "kind", "said"),
    [
        ("study", "link", "study is a link: nothing is written through it"),
        ("study/one", "link", "study/one is a link: nothing is written through it"),
        ("study", "file", "study is no folder"),
        ("study/one", "file", "study/one is no folder"),
        ("study/latest", "folder", "study/latest is in the place of the link to the newest results"),
        ("study/latest", "file", "study/latest is in the place of the link to the newest results"),
    ],
)
def test_a_place_that_is_something_else_is_refused(place: str, kind: str, said: str, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    at = tmp_path / "results" / place
    at.parent.mkdir(parents=True)
    {"link": lambda: at.symlink_to(tmp_path / "elsewhere"), "file": at.touch, "folder": at.mkdir}[kind]()
    with pytest.raises(InputError, match=said):
        check_place(tmp_path / "results" / "study" / "one")
    assert list((tmp_path / "elsewhere").iterdir()) == []
