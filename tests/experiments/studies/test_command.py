"""What a command prints: the answer, the tables that are asked for, and where the results are."""

from __future__ import annotations

import json

import pytest

from experiments.cli.main import main
from experiments.report.numbers import NBSP
from petition_pyramid import open_results

WORLDS = ("study.policies=[status_quo,whistle]", "study.name=trial", "name=x", "replicates=2")


@pytest.fixture(scope="module")
def printed(tmp_path_factory, module_short):
    """Prints a comparison with further words; its runs are carried out once."""
    results = tmp_path_factory.mktemp("results")

    def run(capsys, *words: str) -> str:
        assert main(["compare", *module_short, *WORLDS, f"results={results}", "report=false", *words]) == 0
        return capsys.readouterr().out

    run.results = results
    return run


@pytest.fixture(scope="module")
def module_short() -> tuple[str, ...]:
    from tests.experiments.conftest import SHORT

    return SHORT


def test_the_answer_comes_first_and_then_where_the_results_are(printed, capsys):
    out = printed(capsys)
    answered = open_results(printed.results / "trial" / "x").answer()
    *lines, empty, place = out.splitlines()
    assert [line.replace(NBSP, " ") for line in lines] == [line.replace(NBSP, " ") for line in answered.lines]
    assert empty == "" and place.split() == ["results", str(printed.results / "trial" / "x")]
    assert not (printed.results / "trial" / "x" / "report").exists()  # report=false


@pytest.mark.long
def test_the_same_in_chinese(printed, capsys):
    out = printed(capsys, "language=zh")
    answered = open_results(printed.results / "trial" / "x").answer("zh")
    assert out.splitlines()[: len(answered.lines)] == [line.replace(NBSP, " ") for line in answered.lines]
    assert out.splitlines()[-1].split() == ["结果", str(printed.results / "trial" / "x")]


@pytest.mark.long
def test_tables_have_the_measures_that_are_asked_for(printed, capsys):
    table = printed(capsys, "output=table", "measures=[suits]")
    assert (
        table.count("Civil suits per 1,000 a year") == 1
        and "Durable settlement, worst-off group" not in table.split("\n\n")[1]
    )
    usual = printed(capsys, "output=table").split("\n\n")[1]
    assert "Durable settlement, worst-off group (%)" in usual and "Cost per resident a year" in usual
    chinese = printed(capsys, "output=table", "language=zh", "measures=[suits]").split("\n\n")[1]
    assert chinese.splitlines()[0].split() == ["指标", "政策", "中位数", "差值", "95%的行为假设", "相对变化"]
    full = printed(capsys, "output=full")
    assert len(full.splitlines()) > len(printed(capsys, "output=table").splitlines()) + 10


def test_json_has_the_answer_as_data(printed, capsys):
    found = json.loads(printed(capsys, "output=json", "measures=[suits,petitions_total]"))
    keys = ["question", "policy", "text", "effect", "range", "n_of", "of", "cost", "bases", "caveats"]
    assert list(found["answer"]) == sorted(keys, key=list(found["answer"]).index) and set(found["answer"]) == set(keys)
    assert {each["measure"] for each in found["effects"]} == {"suits", "petitions_total"}
    answered = open_results(printed.results / "trial" / "x").answer()
    assert found["answer"]["text"] == list(answered.text) and found["report"] == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["output=short"], "output=short is not allowed: it must be one of answer, table, full, json"),
        (["measures=[suit]"], "measures: there is no measure 'suit'; did you mean suits"),
        (["study.aim=best"], "study.aim=best is not allowed: it must be one of settlement, worst_group, ratio"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(printed, capsys, module_short, words, said):
    assert main(["compare", *module_short, *WORLDS, f"results={printed.results}", *words]) == 2
    assert said in capsys.readouterr().err
