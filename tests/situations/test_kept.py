"""Results that are kept: tables, folders, and what is run again, as users of other packages met them from Python."""

from __future__ import annotations

import pickle
from pathlib import Path

import pandas as pd
import pytest

import petition_pyramid as pp
from tests.bad_input.conftest import one_store  # noqa: F401 # composes in half the time
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation

ONE_WORKER = "executor.workers=1"
ALONE = "study.attribution=false"
"""The worlds of the study and no others."""
TWO = ("study.policies=[status_quo,gansu_2019]", "replicates=2", ONE_WORKER)


@pytest.fixture(scope="module")
def short() -> pp.Scenario:
    """Two years of the tiny province, reformed after the first."""
    return pp.scenario(*SHORT, "after=gansu_2019")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results with a name that asks for care."""
    return tmp_path_factory.mktemp("100% mine @home, 结果 (é)")


@pytest.fixture(scope="module")
def study(folder: Path) -> pp.KeptResults:
    """A comparison of two policies, kept in the folder."""
    return pp.compare(*SHORT, *TWO, results=folder)


@pytest.mark.long
@situation(
    "from Python",
    "mesa/mesa#1579",
    "what had been collected was the array itself, and changed with it",
    "a table is the reader's own: what is done to it reaches no other",
)
def test_tables_are_the_readers_own(study: pp.KeptResults) -> None:
    effects, months = study.effects(), study.monthly()
    for table in (study.frame(), study.monthly(), *study.tables.values()):
        table.loc[:, table.columns[-1]] = 0
    assert study.effects().equals(effects) and study.monthly().equals(months)
    assert len(study.frame()) == 4
    patterns = pp.patterns("province=tiny", "replicates=1", ONE_WORKER)
    answer = str(patterns.answer())
    table = patterns.frame()
    table["id"] = "?"
    assert patterns.frame()["id"].iloc[0] == "P1" and str(patterns.answer()) == answer


@situation(
    "from Python",
    "NetLogo/NetLogo#1753",
    "a path with a space in it: the part before the space was not found",
    "folders of any name are written and read",
)
@situation(
    "from Python",
    "hydra-ecosystem/hydra#962",
    "a path with a percent sign could not be given",
    "nor do %, @, commas and brackets in one matter",
)
@situation(
    "from Python",
    "hydra-ecosystem/hydra#922",
    "the working folder was another one, and paths that were relative led nowhere",
    "results are found again after the working folder has changed",
)
def test_results_are_found_wherever_they_are(
    study: pp.KeptResults, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert study.path.is_relative_to(folder) and (folder / "journal.sqlite").is_file()
    monkeypatch.chdir(folder.parent)
    relative = pp.compare(*SHORT, *TWO, results=folder.name)
    opened = pp.open_results(f"{folder.name}/comparison/latest")
    monkeypatch.chdir(tmp_path)
    assert relative.frame().equals(study.frame()) and opened.frame().equals(study.frame())
    for each in (relative, opened):
        assert (each.path / "manifest.json").is_file() and each.path.resolve() == study.path.resolve()


@situation(
    "from Python",
    "hyperopt/hyperopt#72",
    "gave ~/work as the working folder, and got a folder with the name ~",
    "a tilde is the home folder, for results, options and what is opened",
)
def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    (home / "own" / "policy").mkdir(parents=True)
    (home / "own" / "policy" / "mine.yaml").write_text("defaults: [whistle, _self_]\n")
    here.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    study = pp.compare(
        *SHORT, "study.policies=[mine]", "study.reference=mine", "replicates=1", ONE_WORKER,
        config_directory="~/own", results="~/kept",
    )  # fmt: skip
    assert (home / "kept" / "comparison" / "latest" / "manifest.json").is_file()
    assert pp.open_results("~/kept/comparison/latest").frame().equals(study.frame())
    assert list(here.iterdir()) == []
    with pytest.raises(pp.InputError, match="results= is empty"):
        pp.compare(*SHORT, *TWO, results="")


@pytest.mark.long
@situation(
    "from Python",
    "hydra-ecosystem/hydra#1817",
    "started two runs into one folder: the second wrote over the first",
    "a study with other seeds has a folder of its own, and the first stays as it was",
)
def test_results_of_another_run_stay(study: pp.KeptResults, folder: Path) -> None:
    before = {path: path.read_bytes() for path in sorted(study.path.glob("*.*"))}
    other = pp.compare(*SHORT, *TWO, "seed=7", results=folder)
    assert other.path != study.path and other.frame()["seed"].unique().tolist() == [7, 8]
    assert {path: path.read_bytes() for path in sorted(study.path.glob("*.*"))} == before != {}


@situation(
    "from Python",
    "tqdm/tqdm#571",
    "an exception beside a progress bar: the program hung",
    "what a function for progress raises comes out, and the next call runs",
)
def test_an_error_of_ones_own_progress_comes_out(short: pp.Scenario, tmp_path: Path) -> None:
    def tell(done: int, total: int) -> None:
        raise RuntimeError(f"{done} of {total}")

    with pytest.raises(RuntimeError, match="1 of 4"):
        pp.compare(*SHORT, *TWO, ALONE, results=tmp_path, progress=tell)
    told: list[tuple[int, int]] = []
    study = pp.compare(*SHORT, *TWO, ALONE, results=tmp_path, progress=lambda *state: told.append(state))
    assert len(study.frame()) == 4
    assert told[-1] == (told[0][1],) * 2 and told[0][1] < 4  # what was finished is not run again


@situation(
    "from Python",
    "joblib/joblib#706",
    "gave a task to processes of one's own: could not be pickled",
    "scenarios and results can",
)
def test_scenarios_and_results_can_be_pickled(short: pp.Scenario, study: pp.KeptResults) -> None:
    assert pickle.loads(pickle.dumps(short)) == short
    result = pp.simulate(short, "replicates=2", ONE_WORKER)
    for each in (result, study):
        again = pickle.loads(pickle.dumps(each))
        assert again.frame().equals(each.frame()) and str(again.answer()) == str(each.answer())


def mine(folder: Path, text: str, name: str = "mine") -> Path:
    """A folder of options with one policy."""
    (folder / "policy").mkdir(parents=True, exist_ok=True)
    (folder / "policy" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


@pytest.mark.long
@situation(
    "from Python",
    "joblib/joblib#1498",
    "a function had changed in its notebook, and the cache gave what the old one had",
    "a policy that was edited is run again",
)
@situation(
    "from Python",
    "joblib/joblib#1302",
    "a line beside the cached function changed, and everything was computed again",
    "one that was only written otherwise, or renamed, is not",
)
def test_what_was_edited_is_run_again_and_nothing_else(tmp_path: Path) -> None:
    own, told = tmp_path / "own", []

    def compared(name: str = "mine") -> pd.DataFrame:
        told.clear()
        return pp.compare(
            *SHORT, f"study.policies=[status_quo,{name}]", "replicates=2", ONE_WORKER,
            config_directory=own, results=tmp_path / "kept", progress=lambda *state: told.append(state),
        ).frame()  # fmt: skip

    mine(own, "staff: {mediators_county: 3}\ncentre: {coverage_county: 0.5}\n")
    first = compared()
    assert told[-1] == (4, 4)
    mine(own, "# the same\ncentre:\n  coverage_county: 0.50\nstaff:\n  mediators_county: 3\n")
    assert compared().equals(first) and told == []
    mine(own, "staff: {mediators_county: 3}\ncentre: {coverage_county: 0.5}\n", "other")
    compared("other")
    assert told == []
    mine(own, "staff: {mediators_county: 0}\ncentre: {coverage_county: 0.5}\n")
    assert not compared().equals(first) and told[-1] == (2, 2)
