"""A planner's own table on the command line: the guide's example, what is kept of it, and a run without the file."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from experiments.cli.main import main
from experiments.configuration.scenarios import simulate_config
from experiments.report.text import Words
from experiments.runs.run import identities
from experiments.studies.typed_places import left_out_notes
from sim.localities import localities_of
from sim.province import load_province
from tests.docs.vocabulary import text_of

SHORT = (
    "province=tiny",
    "calendar.start=2018-01-01",
    "calendar.measures=2018-01-01",
    "behaviour=default",
    "replicates=1",
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The table of the guide, one row for each level."""
    table = re.search(
        r"`my_configs/policy/own\.csv`:\n\n```text\n(.*?)^```$", text_of("guide.md"), re.DOTALL | re.MULTILINE
    )
    assert table is not None
    file = tmp_path / "own.csv"
    file.write_text(table[1], "utf-8")
    return file


def test_the_guide_s_example_sets_one_lever_at_each_level(own: Path) -> None:
    scenario = simulate_config([*SHORT, f"before.places={own}"])
    tiny = load_province("tiny")
    east = localities_of(scenario, tiny, 0)
    befores = [each.before for each in east.scenarios]
    assert {each.grid.households_per_grid for each in befores} == {250}  # the province's row
    assert {each.services.one_window for each in befores} == {0.6}  # that of its region type
    assert [befores[row].staff.mediators_county for row in east.counties] == [8, 20]
    assert [befores[row].centre.intake.name for row in east.townships] == ["unified", "windows", "windows", "windows"]
    west = localities_of(scenario, tiny, 1).scenarios
    assert [(each.before.norms.moral_bank, each.before.services.one_window) for each in west] == [(0.5, 0.2)]


@pytest.mark.long
def test_a_study_keeps_the_rows_and_runs_again_without_the_file(own: Path, tmp_path: Path) -> None:
    def sweep(name: str, file: Path) -> Path:
        words = [f"before.places={file}", "after=status_quo,whistle", f"results={tmp_path / 'results'}", f"name={name}"]
        assert main(["sweep", *SHORT, "report=false", *words]) == 0
        return tmp_path / "results" / "sweep" / name

    first = sweep("first", own)
    assert (first / "options" / "policy" / "before.places.csv").read_text("utf-8") == own.read_text("utf-8")
    kept = yaml.safe_load((first / "configuration.yaml").read_bytes())["before"]["places"]
    assert kept["910103"] == {"staff": {"mediators_county": 20}} and len(kept) == 5
    own.unlink()
    again = sweep("again", first / "options" / "policy" / "before.places.csv")
    frames = [pd.read_parquet(folder / "runs.parquet") for folder in (first, again)]
    pd.testing.assert_frame_equal(*frames)
    manifests = [json.loads((folder / "manifest.json").read_text("utf-8")) for folder in (first, again)]
    assert manifests[0]["model_version"] == manifests[1]["model_version"]


def test_what_identifies_a_run_is_the_content_and_not_the_path(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_bytes(own.read_bytes())
    same = [identities(simulate_config([*SHORT, f"before.places={file}"])) for file in (own, other)]
    assert same[0] == same[1]
    other.write_text(own.read_text("utf-8").replace(",20\n", ",21\n"), "utf-8")
    changed = identities(simulate_config([*SHORT, f"before.places={other}"]))
    assert changed[0] != same[0][0] and changed[1] != same[0][1]


def test_a_policy_of_one_s_own_names_a_table_beside_it(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "options" / "policy"
    folder.mkdir(parents=True)
    own.rename(folder / "own.csv")
    (folder / "mine.yaml").write_text("places: own.csv\nstaff: {training: 0.25}\n", "utf-8")
    after = simulate_config([*SHORT, "after=mine"], str(folder.parent)).after
    assert after.staff.training == 0.25
    assert after.places["9102"] == {"norms": {"moral_bank": 0.5}}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ("[]", []),
        ("[9101]", ["1 of 5 rows of own.csv concern places that are not simulated."]),
        ("[910102]", ["2 of 5 rows of own.csv concern places that are not simulated."]),
        ("[9102]", ["3 of 5 rows of own.csv concern places that are not simulated."]),
    ],
)
def test_rows_for_places_that_are_left_out_are_told(places: str, said: list[str], own: Path) -> None:
    arguments = [*SHORT, f"before.places={own}", f"places={places}"]
    assert left_out_notes(arguments, simulate_config(arguments), Words("en")) == said


def test_a_row_that_is_wrong_ends_the_command_before_anything_runs(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(own.read_text("utf-8").replace("910102001,centre.intake", "910102009,centre.intake"), "utf-8")
    assert main(["simulate", *SHORT, f"before.places={own}"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(
        f"pyramid: {own}: row 6: place '910102009': there is no township 910102009 in province 'tiny'"
    )
    assert said.count("\n") == 1 and "910102001, 910102100" in said
