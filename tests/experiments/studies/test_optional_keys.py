"""Every key of every kind of study, left out and given alone: what is asked of a study is made of its schema.

A study needs some keys; each of the others has a default that must be one that runs. A key that is added to a schema is
tried here by itself, with the value that its type suggests, or the one that ``EXAMPLES`` has for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from enum import Enum
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter

from experiments.cli.main import main
from experiments.configuration.primary import schema_of
from experiments.configuration.schema import StudyConfig
from experiments.studies.command import composed
from experiments.studies.kinds import study_kinds
from sim.errors import InputError
from tests.experiments.conftest import SHORT

NEEDED: dict[str, dict[str, str]] = {
    "compare": {"policies": "[status_quo,whistle]"},
    "sweep": {"factors": "{behaviour.patience: '10,20'}"},
    "sensitivity": {"uncertainties": "[patience]"},
    "levers-at-work": {"years": "[1]"},
    "bottlenecks": {},
    "attribution": {"years": "[1]"},
    "calibrate": {"fitted": "{grievances: {figure: mediations, tolerance: 50}}"},
    "optimise": {
        "levers": "[staff.mediators_county]",
        "objectives": "{cost_total: low, durable_resolution: high}",
    },
    "robustness": {
        "policies": "[status_quo,whistle]",
        "thresholds": "{durable_resolution: {at_least: 0.6}}",
        "uncertainties": "[patience]",
    },
    "counterfactual": {},
}
"""Keys of ``study`` without which there is nothing to do."""

SIZES: dict[str, dict[str, str]] = {
    "sensitivity": {"size": "16", "measures": "[suits]"},
    "levers-at-work": {"levers": "[centre.intake]"},
    "bottlenecks": {"pools": "[petition_handlers]", "bases": "[status_quo]"},
    "calibrate": {"steps": "1", "batch": "2", "members": "1", "candidates": "2"},
    "optimise": {"population": "8", "generations": "1", "fresh_replicates": "2"},
    "robustness": {"futures": "2"},
}
"""Keys that make a study small enough to be carried out here: their defaults are composed and not run."""

EXAMPLES: dict[tuple[str, str], str] = {
    ("compare", "worlds"): "{cut: {after: status_quo, stress: staff_cut}}",
    ("compare", "reference"): "whistle",
    ("sweep", "constraints"): "['behaviour.patience > 15']",
    ("sweep", "groups"): "{one: [910102]}",
    ("sweep", "reference"): "before",
    ("sweep", "of"): "suits",
    ("sweep", "precision"): "0.9",
    ("sensitivity", "leave_out"): "[grievances]",
    ("sensitivity", "factors"): "{behaviour.grievances: declared}",
    ("sensitivity", "reference"): "before",
    ("levers-at-work", "levers"): "[grid.visits_per_day]",
    ("bottlenecks", "pools"): "[department_clerks]",
    ("attribution", "groups"): "{all: ['*']}",
    ("calibrate", "varied"): "{patience: {low: 8, high: 20}}",
    ("calibrate", "checks"): "{wait_county: {high: 400}}",
    ("calibrate", "held_out"): "[suits]",
    ("calibrate", "corners"): "{mediations: [2.0, 9.0]}",
    ("calibrate", "training_places"): "[910102]",
    ("optimise", "bounds"): "{staff.mediators_county: [2, 8]}",
    ("optimise", "constraints"): "{success_gap: {at_most: 0.9}}",
    ("robustness", "stresses"): "[none,staff_cut]",
    ("robustness", "discover"): "whistle",
    ("counterfactual", "reference"): "one_stop",
}
"""Values of keys whose defaults are empty, or choose among names."""

ALIKE: dict[str, str] = {"question": "{en: 'Why?', zh: '为何？'}", "measures": "[suits]", "rank_by": "suits"}
"""The same, of keys that several kinds have."""

BESIDE = {("sensitivity", "leave_out"): ("study.uncertainties=[patience,grievances]",)}
"""What a key goes with."""


def choice_of(kind: str) -> Any:
    return get_type_hints(schema_of(kind), include_extras=True)["study"]


def value_of(kind: str, prefix: str, field: Field[Any], hint: Any) -> Iterator[str]:
    """Values for a key, as they are typed."""
    base = get_args(hint)[0] if hasattr(hint, "__metadata__") else hint
    if (kind, field.name) in EXAMPLES or field.name in ALIKE:
        yield EXAMPLES.get((kind, field.name)) or ALIKE[field.name]
    elif isinstance(base, type) and issubclass(base, Enum):
        yield from (str(member.value) for member in base)
    elif base is bool:
        yield from ("true", "false")
    else:
        default = field.default if field.default_factory is MISSING else field.default_factory()
        yield json.dumps(TypeAdapter(hint).dump_python(default, mode="json")).replace('"', "'") or "''"


def keys_of(kind: str) -> Iterator[tuple[str, str]]:
    """Each key of a kind with a value: those of ``study``, then those that it alone has beside it."""
    shared = {field.name for field in fields(StudyConfig)} | {"study"}
    schema = schema_of(kind)
    for owner, prefix in ((choice_of(kind), "study."), (schema, "")):
        hints = get_type_hints(owner, include_extras=True)
        for field in fields(owner):
            if prefix or field.name not in shared:
                for value in value_of(kind, prefix, field, hints[field.name]):
                    yield f"{prefix}{field.name}", value


def arguments(kind: str, *more: str, small: bool = True) -> list[str]:
    """A study of a kind with what it needs, and more."""
    given = {argument.partition("=")[0] for argument in more}
    keys = {**NEEDED[kind], **(SIZES.get(kind, {}) if small else {})}
    chosen = [f"study.{key}={value}" for key, value in keys.items() if f"study.{key}" not in given]
    return [*SHORT, "study.name=trial", "after=whistle", *chosen, *more] if kind != "compare" else [
        *SHORT, "study.name=trial", *chosen, *more
    ]  # fmt: skip


KINDS = sorted(NEEDED)
KINDS_OF_ALL = tuple(study_kinds())  # declared by being read
ALONE = [
    (kind, key, value)
    for kind in KINDS
    for key, value in keys_of(kind)
    if key.removeprefix("study.") not in NEEDED[kind]
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """One folder of results for all: what one study has run no other runs again."""
    return tmp_path_factory.mktemp("results")


def test_every_kind_with_a_study_is_here():
    have_one = [name for name in KINDS_OF_ALL if "study" in {field.name for field in fields(schema_of(name))}]
    assert sorted(have_one) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_with_every_optional_key_left_out_a_study_is_planned(kind):
    assert composed(study_kinds()[kind], arguments(kind, small=False)).name == "trial"


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_with_every_optional_key_left_out_a_study_runs(kind, kept, no_report, capsys):
    assert main([kind, *arguments(kind), f"results={kept}", "replicates=1"]) in (0, 1), capsys.readouterr().err
    captured = capsys.readouterr()
    assert "results  " in captured.out and "Traceback" not in captured.err


@pytest.mark.long
@pytest.mark.parametrize(("kind", "key", "value"), ALONE, ids=lambda each: str(each)[:40])
def test_a_study_is_planned_and_run_with_each_key_alone(kind, key, value, kept, no_report, capsys):
    more = (f"{key}={value}", *BESIDE.get((kind, key.removeprefix("study.")), ()))
    if key.removeprefix("study.") in SIZES.get(kind, {}):  # the default of a size is no size for a test
        assert composed(study_kinds()[kind], arguments(kind, *more)).name == "trial"
        return
    assert main([kind, *arguments(kind, *more), f"results={kept}", "replicates=1"]) in (0, 1), capsys.readouterr().err
    assert "Traceback" not in capsys.readouterr().err


BUILT = {"first": "2018-01", "last": "2018-12"}
RULES = BUILT | {"full": "2018-07", "low": pytest.approx(5 / 6), "high": pytest.approx(5 / 6), "end": "2019-12-31"}
STAFF = BUILT | {
    "full": "2019-06",
    "low": pytest.approx(59 / 144),
    "high": pytest.approx(59 / 144),
    "end": "2020-12-31",
}
"""By hand: a third of the residents of the short world live in a city that begins in month 6, with a ramp of 12."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_study_keeps_what_its_window_shows_unfinished(kind):
    # a calibration is to a year as it was; a base is in force before bottlenecks are looked for
    expected = {"calibrate": None, "bottlenecks": None, "optimise": STAFF, "levers-at-work": STAFF}.get(kind, RULES)
    assert composed(study_kinds()[kind], arguments(kind)).as_dict().get("build") == expected


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind in KINDS for key in NEEDED[kind]])
def test_a_key_that_is_needed_is_asked_for(kind, key, capsys):
    given = [each for each in arguments(kind) if not each.startswith(f"study.{key}=")]
    with pytest.raises(InputError):
        composed(study_kinds()[kind], given)
