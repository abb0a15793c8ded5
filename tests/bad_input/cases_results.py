"""Bad results folders: damaged, foreign, and sealed anew by somebody who knows how the sums are made."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from experiments.runs.tables import frame_of, parquet

STUDY, PARAMETERS, RUNS, MONTHLY = "study.yaml", "parameters.json", "runs.parquet", "monthly.parquet"
MANIFEST = "manifest.json"
FILES = (STUDY, PARAMETERS, RUNS, MONTHLY, MANIFEST)
Edit = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Damage:
    """An edit of one file of a sound folder, sealed or not, and what the message says beside the file's name."""

    name: str
    file: str
    edit: Edit
    says: tuple[str, ...]
    sealed: bool = True

    def __str__(self) -> str:
        return self.name.replace(" ", "_")

    def do(self, folder: Path) -> None:
        """Edits the file; a sealed edit makes the manifest fit."""
        path = folder / self.file
        path.write_bytes(self.edit(path.read_bytes()))
        if self.sealed and self.file != MANIFEST:
            manifest = json.loads((folder / MANIFEST).read_bytes())
            manifest["files"][self.file] = hashlib.sha256(path.read_bytes()).hexdigest()
            (folder / MANIFEST).write_text(json.dumps(manifest))


def content(new: bytes | str) -> Edit:
    """Something else in place of the file."""
    return lambda old: new.encode() if isinstance(new, str) else new


def study(**values: Any) -> Edit:
    """Keys of the study set to something else."""
    return lambda old: yaml.safe_dump({**yaml.safe_load(old), **values}, sort_keys=False).encode()


def manifest(**values: Any) -> Edit:
    """Keys of the manifest set to something else."""
    return lambda old: json.dumps({**json.loads(old), **values}).encode()


def parameter(**values: Any) -> Edit:
    """Values of the first parameter set to something else."""

    def edit(old: bytes) -> bytes:
        first, *rest = json.loads(old)
        return json.dumps([{**first, **values}, *rest]).encode()

    return edit


def table(change: Callable[[pd.DataFrame], pd.DataFrame]) -> Edit:
    """The table changed."""

    def edit(old: bytes) -> bytes:
        return parquet(change(frame_of(pq.read_table(io.BytesIO(old)))), {})

    return edit


def stored(change: Callable[[pa.Table], pa.Table]) -> Edit:
    """The table changed as Arrow has it, whatever a frame may hold."""

    def edit(old: bytes) -> bytes:
        buffer = io.BytesIO()
        pq.write_table(change(pq.read_table(io.BytesIO(old))), buffer)
        return buffer.getvalue()

    return edit


def flipped(old: bytes) -> bytes:
    """One bit in the middle turned over."""
    middle = len(old) // 2
    return old[:middle] + bytes([old[middle] ^ 1]) + old[middle + 1 :]


def column(name: str, value: Any) -> Edit:
    """A column of one value; one of ``NA`` is of whole numbers."""
    dtype = "Int64" if value is pd.NA else None
    return table(lambda frame: frame.assign(**{name: pd.Series(value, frame.index, dtype)}))


SUM = "not what the manifest describes"
PICKLE = b"\x80\x04\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x02id\x94\x85\x94R\x94."
BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join([f'*{old}'] * 8)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

CASES = (
    *(Damage(f"flipped bit of {file}", file, flipped, (SUM,), False) for file in (STUDY, PARAMETERS, RUNS, MONTHLY)),
    *(Damage(f"half of {file}", file, lambda b: b[: len(b) // 2], (SUM,), False) for file in (STUDY, RUNS, MONTHLY)),
    *(Damage(f"empty {file}", file, content(""), ("damaged",)) for file in FILES),
    *(Damage(f"pickle as {f}", f, content(PICKLE), ("damaged",)) for f in FILES),
    *(Damage(f"{file} cut and sealed", file, lambda b: b[: len(b) // 2], ("damaged",)) for file in (RUNS, MONTHLY)),
    *(Damage(f"{file} with a bit flipped and sealed", file, lambda b: b[:-40] + b"\xff" * 40, ("damaged",))
      for file in (RUNS, MONTHLY)),
    # manifest
    Damage("manifest a list", MANIFEST, content("[]"), ("not an object",)),
    Damage("manifest half", MANIFEST, lambda b: b[:50], ("damaged",)),
    Damage("manifest not UTF-8", MANIFEST, content(b'{"study": "\xff"}'), ("utf-8",)),
    Damage("manifest nested deeply", MANIFEST, content("[" * 100_000), ("nested too deeply",)),
    Damage("layout of the future", MANIFEST, manifest(layout=4), ("layout 4", "reads 3")),
    Damage("layout of text", MANIFEST, manifest(layout="one"), ("layout=one", "whole number")),
    Damage("files a list", MANIFEST, manifest(files=[]), ("files=[]",)),
    Damage("files missing", MANIFEST, manifest(files={}), ("files lacks study.yaml",)),
    Damage("files a number", MANIFEST, manifest(files={STUDY: 3}), ("files.study.yaml=3",)),
    Damage("file above", MANIFEST, manifest(files={"../../etc/passwd": "x"}), ("'../../etc/passwd'", STUDY)),
    Damage("file without end", MANIFEST, manifest(files={"/dev/zero": "x"}), ("'/dev/zero'", STUDY)),
    Damage("version that steers the terminal", MANIFEST, manifest(model_version="\x1b[2J"), ("can be printed",)),
    # study
    Damage("study a list", STUDY, content("- 1"), ("not a mapping",)),
    Damage("study of text", STUDY, content("words"), ("not a mapping",)),
    Damage("study not UTF-8", STUDY, content(b"name: \xff"), ("utf-8",)),
    Damage("study an object of Python", STUDY, content("!!python/object/apply:os.system ['id']"), ("python/object",)),
    Damage("study unfolding", STUDY, content(f"name: x\ncalendar: {{}}\n{BOMB}worlds: *i\n"), ("worlds=",)),
    Damage("study in a circle", STUDY, content("worlds: &a {b: *a}\nname: [1]\ncalendar: {}"), ("name=[1]",)),
    Damage("study nested deeply", STUDY, content("a: " + "[" * 5000), ("damaged",)),
    Damage("name a number", STUDY, study(name=3), ("name=3",)),
    Damage("name of a million letters", STUDY, study(name="x" * 10**6), ("name=xxx", "at most 100")),
    Damage("name that steers the terminal", STUDY, study(name="\x1b[2J"), ("can be printed",)),
    Damage("question a list", STUDY, study(question=["why"]), ("question=",)),
    Damage("worlds a list", STUDY, study(worlds=["a"]), ("worlds=",)),
    Damage("world a number", STUDY, study(worlds={"a": 3}), ("worlds.a=3",)),
    Damage("world with a number for a name", STUDY, study(worlds={3: {}}), ("worlds.3",)),
    Damage("stress of a world in words", STUDY, study(worlds={"a": {"acting": {"x": "much"}}}), ("much", "number")),
    Damage("uncosted levers of a world in a text", STUDY, study(worlds={"a": {"uncosted": "x"}}), ("uncosted", "x")),
    Damage("an uncosted lever without a name", STUDY, study(worlds={"a": {"uncosted": [""]}}), ("uncosted",)),
    Damage("stress of a world infinite", STUDY, study(worlds={"a": {"acting": {"x": float("inf")}}}), ("inf",)),
    Damage("reference a number", STUDY, study(reference=3), ("reference=3",)),
    Damage("target of two", STUDY, study(target=[1, 2]), ("target=[1, 2]", "at least 3")),
    Damage("target of nought", STUDY, study(target=[0, 2, 3]), ("target.0=0",)),
    Damage("target of text", STUDY, study(target="1:2:3"), ("target=1:2:3",)),
    Damage("target infinite", STUDY, study(target=[1, 2, float("inf")]), ("target.2=inf",)),
    Damage("margin of text", STUDY, study(margin="wide"), ("margin=wide",)),
    Damage("margin not a number", STUDY, study(margin=float("nan")), ("margin=nan",)),
    Damage("stress unknown", STUDY, study(stress={"storm": 1}), ("stress.storm",)),
    Damage("stress out of range", STUDY, study(stress={"push_down": 7}), ("stress.push_down=7", "0 to 1")),
    Damage("province a number", STUDY, study(province=3), ("province=3",)),
    Damage("places of text", STUDY, study(province={"source": "tiny", "places": ["a"]}), ("places.0=a",)),
    Damage("calendar missing", STUDY, study(calendar=None), ("calendar is missing",)),
    Damage("calendar a list", STUDY, study(calendar=[1]), ("calendar=[1]",)),
    Damage("calendar of no dates", STUDY, study(calendar={"start": "soon"}), ("calendar.start='soon'",)),
    Damage("calendar of an unknown date", STUDY, study(calendar={"begin": "2015-01-01"}), ("begin",)),
    # parameters
    Damage("parameters an object", PARAMETERS, content("{}"), ("parameters={}",)),
    Damage("parameters of numbers", PARAMETERS, content("[1]"), ("parameters.0=1",)),
    Damage("bound of text", PARAMETERS, parameter(low="low"), ("parameters.0.low=low",)),
    Damage("choices a number", PARAMETERS, parameter(choices=3), ("choices=3",)),
    Damage("value an object", PARAMETERS, parameter(value={"a": 1}), ("parameters.0.value",)),
    Damage("value of five thousand digits", PARAMETERS, content('[{"value": ' + "9" * 5000 + "}]"), ("digits",)),
    Damage("meaning a list", PARAMETERS, parameter(meaning=[1]), ("meaning=[1]",)),
    # tables
    Damage("runs without seeds", RUNS, table(lambda f: f.drop(columns="seed")), ("column 'seed' is missing",)),
    Damage("months missing", MONTHLY, table(lambda f: f.drop(columns="month")), ("column 'month' is missing",)),
    Damage("seeds of text", RUNS, column("seed", "a"), ("'seed'", "text, not int")),
    Damage("seeds missing", RUNS, column("seed", pd.NA), ("'seed'", "without a value")),
    Damage("status unknown", RUNS, column("status", "perhaps"), ("'perhaps'", "done, failed")),
    Damage("scenario empty", RUNS, column("scenario", ""), ("scenario",)),
    Damage("scenario that steers the terminal", RUNS, column("scenario", "\x1b[2J"), ("can be printed",)),
    Damage("scenario of a thousand letters", RUNS, column("scenario", "x" * 1000), ("1 to 100 letters",)),
    Damage("two columns of seeds", RUNS, stored(lambda t: t.append_column("seed", t["seed"])), ("the same name",)),
    Damage("seeds in lists", RUNS, stored(lambda t: t.set_column(2, "seed", pa.array([[1]] * 4))), ("'seed'", "list")),
    Damage("lists of measures", RUNS, stored(lambda t: t.append_column("x", pa.array([[1]] * 4))), ("not of int",)),
    Damage("an extra text", RUNS, column("x", "words"), ("'x'", "text, not of int or float")),
    Damage("an extra decimal", RUNS, stored(lambda t: t.append_column("x", pa.array([Decimal(1)] * 4))), ("decimal",)),
    Damage("events missing", MONTHLY, column("raised", pd.NA), ("'raised'", "without a value")),
    Damage("every run twice", RUNS, table(lambda f: pd.concat([f, f])), ("two rows have the same scenario, seed",)),
    Damage("every month twice", MONTHLY, table(lambda f: pd.concat([f, f])), ("the same scenario, seed, month",)),
    Damage("measure of text", RUNS, column("petitions_total", "many"), ("petitions_total", "not of int or float")),
    Damage("measure huge", RUNS, column("petitions_total", 1e308), ("petitions_total has 1e+308", "1e+15")),
    Damage("measure infinite", RUNS, column("petitions_total", float("-inf")), ("petitions_total has -inf", "1e+15")),
    Damage("event huge", MONTHLY, column("raised", 2**62), ("raised has", "1e+15")),
    Damage("months of text", MONTHLY, column("month", "2018-01"), ("'month'", "text, not date")),
    Damage("nothing finished", RUNS, column("status", "failed"), ("no finished run",)),
    Damage("no rows", RUNS, table(lambda f: f.iloc[:0]), ("monthly.parquet", "scenario of runs.parquet")),
    Damage("no columns", RUNS, table(lambda f: f[[]]), ("damaged",)),
)  # fmt: skip
