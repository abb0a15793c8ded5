"""Short forms of the command line."""

from __future__ import annotations

import pytest

from experiments.configuration.short_forms import expand, short, split_flags, user_directory
from sim.errors import InputError


@pytest.mark.parametrize(
    ("typed", "written_out"),
    [
        ("after=whistle", "policy@after=whistle"),
        ("before=a,b", "policy@before=a,b"),
        ("after=glob(*)", "policy@after=glob(*)"),
        ("places=[6202]", "province.places=[6202]"),
        ("province=tiny", "province=tiny"),
        ("province=my/folder", "province.source=my/folder"),
        ("after.centre.coverage_city=0.5", "after.centre.coverage_city=0.5"),
        ("after={centre:{intake:unified}}", "after={centre:{intake:unified}}"),
        ("behaviour.patience=10", "behaviour.patience=10"),
        ("replicates=3", "replicates=3"),
        ("+after=x", "+after=x"),
        ("study.worlds.cut.after=x", "++study.worlds.cut.after=x"),
        ("study.worlds={cut:{after:x}}", "++study.worlds={cut:{after:x}}"),
        ("study.name=x", 'study.name="x"'),
    ],
)
def test_short_forms_are_written_out(typed, written_out):
    assert expand(typed) == written_out


def test_keys_are_shortened_again():
    assert [short(key) for key in ("policy@after", "policy@before", "province.places", "behaviour.patience")] == [
        "after",
        "before",
        "places",
        "behaviour.patience",
    ]
    assert short("policy@elsewhere") == "policy@elsewhere"


def test_flags_are_told_from_overrides(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    flags, overrides = split_flags(["-m", "after=a,b", "--config-dir", "mine", "seed=1"])
    assert flags == {"--multirun": "", "--config-dir": "mine"}
    assert overrides == ["after=a,b", "seed=1"]
    assert split_flags(["-c", "all", "a=1", "-p=after", "-cd", "x"]) == (
        {"--cfg": "all", "--package": "after", "--config-dir": "x"},
        ["a=1"],
    )
    assert user_directory(["-m", "--config-dir", "mine"]) == "mine"
    assert user_directory(["--config-dir=mine"]) == "mine"
    assert user_directory(["after=x"]) is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--multirum"], "unknown flag '--multirum'; did you mean --multirun?"),
        (["--config-dir"], "--config-dir needs a value"),
        (["-cd="], "-cd needs a value"),
        (["--multirun=yes"], "unknown flag '--multirun=yes'; did you mean --multirun?"),
        (
            ["--info", "plugin"],
            "--info plugin is not allowed: it must be one of all, config, defaults, defaults-tree, plugins, searchpath",
        ),
        (["--resolve"], "--resolve goes with --cfg only"),
        (["-m", "--cfg", "job"], "--multirun and --cfg do not go together: give one of them"),
    ],
)
def test_unknown_flags_are_refused(arguments, message):
    with pytest.raises(InputError) as raised:
        split_flags(arguments)
    assert str(raised.value) == message
