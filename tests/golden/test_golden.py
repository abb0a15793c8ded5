"""The numbers of a small study are those of the golden file, whichever way the study is run."""

from __future__ import annotations

import json

import pytest

from tests.golden.study import AGAIN, GOLDEN, TOGETHER, WAYS, differences, digest, document, numerics


@pytest.mark.long
def test_the_numbers_are_those_of_the_golden_file():
    golden = json.loads(GOLDEN.read_text())
    if golden["numerics"] != numerics():
        pytest.skip(f"the golden file was made with {golden['numerics']}, this is {numerics()}")
    now = document()
    found = list(differences(golden["worlds"], now["worlds"]))
    assert not found, (
        f"{len(found)} numbers changed between model {golden['model_version']} and {now['model_version']}; the first: "
        f"{'; '.join(found[:5])}. The golden file is for regression only. If the change is meant: {AGAIN}"
    )


def test_threads_and_processes_give_the_same_bytes():
    found = {name: digest(executor, workers) for name, (executor, workers) in WAYS.items()}
    assert len(set(found.values())) == 1, found


def test_norms_and_links_act_in_the_world_that_is_for_them():
    golden = json.loads(GOLDEN.read_text())
    for run in golden["worlds"]["norms_and_links"]:
        acting = ("prevented_by_norms", "hidden_by_norms", "joint_visit_county", "joint_visit_person", "mass_incident")
        assert all(run["events"][event] > 0 for event in acting)
    for world in ("status_quo", "gansu_2019", "push_down"):
        assert all(
            run["events"][event] == 0 for run in golden["worlds"][world] for event in (*acting[:2], "mass_incident")
        )


def test_that_world_has_its_digest_from_processes_too():
    golden = json.loads(GOLDEN.read_text())
    found = digest("processes", 2, TOGETHER)
    if golden["numerics"] != numerics():
        pytest.skip(f"the golden file was made with {golden['numerics']}, this is {numerics()}")
    assert found == golden["digest_together"]


def test_differences_are_told():
    old, new = {"a": [1, float("nan")], "b": 2.0}, {"a": [1, float("nan")], "b": 2.5, "c": 0}
    assert list(differences(old, new)) == ["b: 2.0 → 2.5", "c: None → 0"]
    assert list(differences({"a": [1]}, {"a": [1, 2]})) == ["a: [1] → [1, 2]"]
