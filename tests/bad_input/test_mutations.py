"""Whatever is done to sound input, a command takes or refuses it: never a traceback, never something half-written."""

from __future__ import annotations

import json
import random
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from experiments.cli.main import main
from experiments.configuration.shipped import config_directory
from experiments.report import page, theme, write
from experiments.report.kinds import open_results
from experiments.runs.record import RunRecord
from experiments.studies.study import JOURNAL
from sim.errors import InputError
from sim.measures import MEASURES
from sim.measures.index_reader import read_index
from tests.bad_input.case import Case, found_in
from tests.bad_input.cases_indices import SOUND
from tests.bad_input.cases_provinces import SIMULATE, TINY
from tests.bad_input.cases_results import FILES, MANIFEST, PARAMETERS, Damage
from tests.bad_input.cases_strangers import changes
from tests.bad_input.conftest import Ran
from tests.bad_input.test_bad_results import sound  # noqa: F401 (a fixture)
from tests.experiments.report.made_up import MADE_UP
from tests.experiments.results.test_folder import a_record
from tests.long import IS_LONG, examples

LINES = (
    "simulate province=tiny after=whistle after.centre.whistle_response=0.6 behaviour.patience=20 seed=3",
    "simulate -m province=tiny after=whistle,one_stop behaviour.patience=10,20",
    "compare study.policies=[status_quo] province=tiny study.target=[1,2,3] name=mine results=./results",
    "compare study.policies=[status_quo] study.worlds={down:{after:status_quo,stress:push_down}}",
    "index province=tiny places=[910102] index.months=3 export=./out",
    "patterns province=tiny calendar.reform=2019-01-01 language=zh",
    "report ./nowhere language=en figure=ratios format=svg",
    "list levers output=json",
    "completion query pyramid",
)
TREACHEROUS = (
    *(
        "",
        "\0",
        "\n",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        "${",
        "$",
        "=",
        ",",
        ":",
        "~",
        "+",
        "-",
        "..",
        "/",
        "\x1b[2J",
        "💥",
    ),
    *("null", "nan", "1e999", "9" * 400, "!!python/name:os.system", "&a", "*a", "<<", "%s", "{0}", "???"),
)
PIECES = st.one_of(st.sampled_from(TREACHEROUS), st.text(max_size=5))


def mutate(text: str, draw: Any) -> str:
    """A few pieces of a text cut out, put in, doubled or swapped for treacherous ones."""
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, len(text)))
        last = min(len(text), first + draw(st.integers(0, 8)))
        kept = text[first:last]
        middle = draw(st.one_of(PIECES, st.just(kept * 2), st.just("")))
        text = text[:first] + middle + text[last:]
    return text


def outcome(arguments: list[str], capsys: pytest.CaptureFixture[str], folder: Path) -> int:
    """The exit code (0 where a run would have started); nothing was written, no line is a traceback."""
    before = without_journals(folder)
    try:
        code = main(arguments)
    except Ran:
        code = 0
    err = capsys.readouterr().err
    assert code in (0, 2), arguments
    assert "Traceback" not in err
    assert code == 0 or err.startswith("pyramid: ")
    assert without_journals(folder) == before
    return code


def without_journals(folder: Path) -> dict[str, str]:
    """What is in a folder, less journals and the folders that they are in: these are made before a run starts."""
    found = found_in(folder)
    journals = [path for path in found if path.endswith(JOURNAL)]
    return {path: state for path, state in found.items() if not any(each.startswith(path) for each in journals)}


@pytest.mark.long
@pytest.mark.usefixtures("nothing_runs")
@examples(45)
@given(st.data())
def test_command_lines(here: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject):
    line = data.draw(st.sampled_from(LINES))
    outcome(mutate(line, data.draw).split(" "), capsys, here)


POLICY = (config_directory() / "policy" / "gansu_2019.yaml").read_text("utf-8")
STUDY = (config_directory() / "study" / "four_roads.yaml").read_text("utf-8")


@pytest.mark.long
@pytest.mark.usefixtures("nothing_runs")
@examples(25)
@given(st.data())
def test_configurations(here: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject):
    group, text, arguments = data.draw(
        st.sampled_from((("policy", POLICY, ["simulate", "after=x"]), ("study", STUDY, ["compare", "study=x"])))
    )
    text = mutate(text, data.draw)
    Case("", (), (), {f"own/{group}/x.yaml": text.encode("utf-8", "surrogatepass")}).lay_out(here)
    outcome([*arguments, "province=tiny", "--config-dir=own"], capsys, here)


@pytest.mark.usefixtures("nothing_runs", "composed_once")
@examples(120)
@given(st.data())
def test_provinces(here: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject):
    table = data.draw(st.sampled_from(sorted(TINY)))
    text = mutate(TINY[table], data.draw).encode("utf-8", "surrogatepass")
    files = {f"province/{name}": text if name == table else other for name, other in TINY.items()}
    Case("", (), (), files).lay_out(here)
    outcome(list(SIMULATE), capsys, here)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 200), st.floats(), PIECES, st.lists(st.integers(0, 3), max_size=3),
    st.dictionaries(st.sampled_from(("name_en", "measure", "indicators", "weight")), st.integers(), max_size=2),
)  # fmt: skip


def paths_of(node: Any, path: tuple = ()) -> list[tuple]:
    """Every path into nested mappings and lists."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [each for key, value in inner for each in ((*path, key), *paths_of(value, (*path, key)))]


@examples(150)
@given(st.data())
def test_index_trees(data: st.DataObject):
    tree = json.loads(json.dumps(SOUND))
    path = data.draw(st.sampled_from(paths_of(tree)))
    node = tree
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = data.draw(VALUES)
    if data.draw(st.booleans()):
        node[data.draw(st.sampled_from(("entropy", "comparisons", "kinds", "months", "tags", "weight")))] = data.draw(
            VALUES
        )
    try:
        read_index(tree, MEASURES)
    except InputError as error:
        assert str(error).startswith("index")


@examples(150)
@given(st.data())
def test_records(data: st.DataObject):
    record = a_record(1.0).to_bytes()
    first = data.draw(st.integers(0, len(record) - 1))
    last = min(len(record), first + data.draw(st.integers(0, 40)))
    try:
        found = RunRecord.from_bytes(record[:first] + data.draw(st.binary(max_size=40)) + record[last:])
    except ValueError as error:
        assert str(error).startswith("not the record of a run")
    else:
        assert found.monthly.shape == (len(found.months), len(found.events))


@pytest.mark.long
@examples(60)
@given(st.data())
def test_results(sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject):  # noqa: F811
    target = tmp_path / "results"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(sound, target)
    name = data.draw(st.sampled_from(FILES))
    content = (target / name).read_bytes()
    if name.endswith(".parquet"):
        place = data.draw(st.integers(0, len(content) - 1))
        content = content[:place] + data.draw(st.binary(min_size=1, max_size=30)) + content[place + 10 :]
    else:
        content = mutate(content.decode(), data.draw).encode("utf-8", "surrogatepass")
    Damage("", name, lambda old: content, ()).do(target)
    before = found_in(target)
    code = main(["report", str(target), "figure=ratios", "language=en", "format=svg"])
    capsys.readouterr()
    assert code in (0, 2)
    assert code == 0 or found_in(target) == before


FEW = {"compare": 3}
"""How many of the changes of a folder are tried in the suite, where drawing takes long; 10 of the others."""

RENDERED = 10
"""Of so many folders in the long form one is drawn to the last, the others until figures would be laid out."""

Make = Callable[[str], Path]


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Sound results of every kind by name, each made once."""
    root = tmp_path_factory.mktemp("made_up")
    return lambda name: root / name if (root / name).exists() else MADE_UP[name](root / name).path


@pytest.mark.long
@pytest.mark.parametrize("name", MADE_UP)
def test_results_of_strangers(name: str, made_up: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """One value changed, a report is drawn, or refused in one line that names a file; nothing warns."""
    found = changes(made_up(name))
    chosen = found if IS_LONG else random.Random(name).sample(found, FEW.get(name, 10))
    wrong = {}
    for number, change in enumerate(chosen, 1):
        target = tmp_path / "results"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made_up(name), target)
        change.do(target)
        with monkeypatch.context() as patch:
            if not IS_LONG or number % RENDERED:
                patch.setattr(theme, "settle_layout", lambda figure: None)
                patch.setattr(theme, "to_svg", lambda figure: '<svg viewBox="0 0 1 1"></svg>')
                patch.setattr(write, "pdf_of", lambda page: b"")
                patch.setattr(page, "font_faces", lambda html: "")
            if (told := what_is_wrong(target)) is not None:
                wrong[change.name] = told
        plt.close("all")
    print(f"{name}: {len(chosen)} folders, {len(wrong)} not as they should be")
    assert not wrong


def what_is_wrong(folder: Path) -> str | None:
    """Why a report did not end as it should; ``None`` where it did."""
    before = found_in(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            write.write_report(open_results(folder), "en", formats=())
        except InputError as error:
            text = str(error)
            is_told = text.startswith(f"{folder}/") and text.isprintable() and found_in(folder) == before
            return None if is_told else text
        except Exception as error:
            return repr(error)
    return None


@pytest.mark.parametrize("name", MADE_UP)
def test_nothing_is_stored_that_is_no_number(name: str, made_up: Make):
    """What is not defined is null, which other readers leave out of their means."""

    def refused(text: str) -> None:
        raise AssertionError(text)

    folder = made_up(name)
    for file in (MANIFEST, PARAMETERS):
        json.loads((folder / file).read_bytes(), parse_constant=refused)
    for file in ("study.yaml", "configuration.yaml"):
        assert not [each for each in walked(yaml.safe_load((folder / file).read_bytes())) if each != each]
    undefined = 0
    for path in folder.glob("*.parquet"):
        for column in pq.read_table(path).columns:
            undefined += column.null_count
            assert not pa.types.is_floating(column.type) or not pc.any(pc.is_nan(column)).as_py()
    assert undefined or name not in ("sensitivity_by_morris", "counterfactual", "optimise", "calibrate")


def walked(node: Any) -> list[Any]:
    """Every value within nested mappings and lists."""
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [node, *(found for each in inner for found in walked(each))]
