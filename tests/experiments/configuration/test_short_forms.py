"""Short forms of the command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.configuration.short_forms import expand, override_of, quoted, short, split_flags, user_directory
from experiments.design import factors_of
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
        ("after=甲", 'policy@after="甲"'),
        ("after=甲,乙,whistle", 'policy@after="甲","乙",whistle'),
        ("after=甲(1)", 'policy@after="甲(1)"'),
        ("after=choice(甲,whistle)", 'policy@after=choice("甲",whistle)'),
        ("province=./省份", 'province.source="./省份"'),
        ("province=./p(1)", 'province.source="./p(1)"'),
        ("province=./a#b,./c", 'province.source="./a#b",./c'),
        ("study.policies=[status_quo, 甲 乙]", 'study.policies=[status_quo, "甲 乙"]'),
        ("study.question={zh: 为什么？, en: Why?}", '++study.question={zh: "为什么？", en: Why?}'),
        ("after='甲'", "policy@after='甲'"),
        ("results=./p(1),a=b#", 'results="./p(1),a=b#"'),
        ("results=结果", 'results="结果"'),
        ("results='a b'", "results='a b'"),
        ("results=~x", 'results="~x"'),
        ("results=a\x1b", "results=a\x1b"),
        ("name=1e3", 'name="1e3"'),
        ("name=", "name="),
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


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("range(0,1,0.1)", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        ("range(0,0.9,0.3)", [0.0, 0.3, 0.6]),
        ("range(0.3,-0.1,-0.1)", [0.3, 0.2, 0.1, 0.0]),
        ("range(10,13)", [10, 11, 12]),
    ],
)
def test_ranges_have_the_decimals_that_are_written(typed, values):
    override = override_of(f"behaviour.patience={typed}")
    assert list(override.sweep_iterator()) == values
    assert list(override.sweep_string_iterator()) == list(map(str, values))
    assert factors_of({"behaviour.patience": typed})[0].values == tuple(values)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_comes_through_the_quotes_as_it_is(text):
    assert override_of(f"key={quoted(text)}").value() == text
