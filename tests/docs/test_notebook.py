"""The notebook with every kind of study runs from a clean kernel, and every study gives what it should."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import petition_pyramid
from tests.docs.vocabulary import DOCS, ROOT

pytestmark = pytest.mark.long

NOTEBOOK = DOCS / "notebooks" / "every_study.ipynb"

PROBE = """
import json

studies = {
    "simulate": simulated, "compare": compared, "sweep": swept, "sensitivity": analysed, "calibrate": calibrated,
    "optimise": searched, "robustness": tried, "counterfactual": followed, "levers-at-work": moved,
    "bottlenecks": added, "attribution": shared,
}
told = {
    "frames": {name: len(each.frame()) for name, each in {**studies, "index": scored, "patterns": patterns}.items()},
    "effects": {name: each.effects().to_dict("list") for name, each in studies.items()},
    "answers": {name: str(each.answer()) for name, each in studies.items()},
    "months": len(simulated.monthly()),
    "members": len(calibrated.tables["members"]),
    "disputes": (followed.frame()["durable_b"] - followed.frame()["durable_a"]).mean(),
    "patterns": sorted(set(patterns.frame()["id"])),
    "indicators": scored.frame()["indicator"].nunique(),
    "verified": verified.succeeded,
    "front": sorted(file.name for file in (searched.path / "config" / "policy").iterdir()),
}
print(json.dumps(told, default=str))
"""
"""What a reader could go on to ask of the results."""


class Client(NotebookClient):
    """Notes the texts of lines that are rewritten, by cell."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.rewritten: dict[str, list[str]] = {}

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] == "update_display_data":
            self.rewritten.setdefault(cell["id"], []).append(msg["content"]["data"]["text/plain"])
        return super().process_message(msg, cell, cell_index)


@dataclass
class Executed:
    """What came of the notebook, and where it ran."""

    cells: dict[str, Any]
    rewritten: dict[str, list[str]]
    told: dict[str, Any]
    folder: Path
    temporary: Path

    def text(self, cell: str) -> str:
        """All that a cell printed and its value; what is printed may come in pieces, wherever they were flushed."""
        outputs = self.cells[cell]["outputs"]
        printed = "".join(each.get("text", "") for each in outputs)
        values = [each.get("data", {}).get("text/plain", "") for each in outputs]
        return "\n".join(filter(None, [printed, *values]))

    def images(self, cell: str) -> list[str]:
        """Pictures that a cell shows."""
        return [
            each["data"]["image/png"] for each in self.cells[cell]["outputs"] if "image/png" in each.get("data", {})
        ]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executed]:
    """The notebook, executed in an empty folder, with all that Jupyter keeps for itself elsewhere."""
    place = tmp_path_factory.mktemp("notebook")
    folder, temporary = place / "work", place / "temporary"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))
        patch.setenv("TMPDIR", str(temporary))
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(place / name.lower()))
        folder.mkdir()
        temporary.mkdir()
        notebook = nbformat.read(NOTEBOOK, 4)
        notebook.cells.append(nbformat.v4.new_code_cell(PROBE, id="probe"))
        client = Client(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
        client.execute()
    cells = {cell["id"]: cell for cell in notebook.cells}
    told = json.loads(cells["probe"]["outputs"][-1]["text"])
    yield Executed(cells, client.rewritten, told, folder, temporary)


def source() -> str:
    """All code of the notebook."""
    return "\n".join("".join(cell.source) for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code")


def test_it_is_kept_without_outputs() -> None:
    for cell in nbformat.read(NOTEBOOK, 4).cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None, cell.id


def test_it_calls_every_function_of_the_package() -> None:
    functions = [name for name in petition_pyramid.__all__ if name.islower()]
    assert [name for name in functions if f"pp.{name}(" not in source()] == []


ROWS = {
    "simulate": 4,
    "compare": 3 * 4,
    "sweep": 3 * 4,
    "sensitivity": 16 * (3 + 2),
    "calibrate": 8,
    "optimise": 2 * 8,
    "robustness": 2 * 8,
    "counterfactual": 2,
    "levers-at-work": 2 * 2 * 2 * 3,
    "bottlenecks": 3 * 2,
    "attribution": 2**2 * 3,
    "index": 2 * 24 * (1 + 9 + 32 + 106),
}
"""Rows by hand: worlds × replicates; Saltelli's design of two factors and chance; bases × levers × ends × seeds;
counties × seeds; combinations of two groups × seeds; cities × months × indicators."""


def test_frames_have_a_row_a_run(executed: Executed) -> None:
    assert {name: executed.told["frames"][name] for name in ROWS} == ROWS
    assert executed.told["months"] == 4 * 24
    assert executed.told["members"] == 8


def test_effects_are_what_each_study_is_about(executed: Executed) -> None:
    effects = executed.told["effects"]
    assert set(effects["simulate"]["world"]) == {"simulated"}
    assert set(effects["compare"]["world"]) == {"gansu_2019", "one_stop"}
    registered = [
        difference
        for measure, difference in zip(effects["sweep"]["measure"], effects["sweep"]["difference"], strict=True)
        if measure == "petitions_county"
    ]
    assert len(registered) == 3 and registered == sorted(registered) and registered[0] < 0 < registered[2]
    assert effects["sensitivity"]["factor"] == ["behaviour.patience", "behaviour.grievances", "chance"]
    assert effects["calibrate"]["figure"] == ["petitions_per_1000"]
    front = {name.removesuffix(".yaml") for name in executed.told["front"]}
    assert front and set(effects["optimise"]["point"]) == front | {"reference"}
    assert set(effects["robustness"]["policy"]) == {"gansu_2019"}
    assert set(effects["attribution"]["group"]) == {"size", "visits"}
    assert sum(effects["counterfactual"]["durable"]) == pytest.approx(executed.told["disputes"])


SAID = {
    "simulate": "changes anything that matters (by 0.5 points or more) is open: +6.2",
    "compare": "“Gansu 2019” settles most: +14.0",
    "sweep": "with county registration",
    "sensitivity": "Chance has a part in",
    "calibrate": "worlds that were drawn meet 1 figure drawn from a range of ours",
    "optimise": "4 of 5 points hold on fresh seeds",
    "robustness": "“Gansu 2019” is good enough most often: in 8 of 8 futures",
    "attribution": "From the policy before the reform to the one after it, durable settlement per grievance goes from",
    "counterfactual": "Of the same 808 disputes 86",
}


@pytest.mark.parametrize("study", SAID)
def test_an_answer_is_in_words_and_a_figure_is_shown(executed: Executed, study: str) -> None:
    assert SAID[study] in executed.told["answers"][study]
    shown = executed.cells[study]["outputs"][-1]
    said = shown["data"]["text/html"] if study == "simulate" else shown["text"]
    assert SAID[study] in said
    assert len(executed.images(f"{study}-plot")) == 1


def test_an_answer_is_data_too(executed: Executed) -> None:
    effect, cost = executed.text("compare-answer").splitlines()
    assert effect.startswith("gansu_2019 Quantity(measure='durable_resolution', value=0.0203")
    assert effect.endswith(" 4 4") and cost.startswith("Cost(yearly=")


def test_tables_that_are_not_kept(executed: Executed) -> None:
    assert executed.told["patterns"] == ["P1", "P4", "P5", "P7", "P9"]  # those of the nation
    assert executed.text("patterns-answer").startswith("13个公开数字中")
    assert executed.told["indicators"] == 1 + 9 + 32 + 106
    assert "it ranks no city" in executed.text("index-answer")
    assert executed.told["verified"] and "All checks pass, 2 of 2" in executed.text("verify")


def test_what_was_kept_is_opened_again(executed: Executed) -> None:
    assert executed.text("kept").startswith("compare comparison\n")
    assert "“甘肃2019方案”化解最多" in executed.text("kept")


def test_progress_is_one_line_that_is_rewritten(executed: Executed) -> None:
    (line,) = [each for each in executed.cells["sensitivity"]["outputs"] if each["output_type"] == "display_data"]
    states = executed.rewritten["sensitivity"]
    assert line["data"]["text/plain"] == states[-1] and states[-1].startswith("80/80 runs in ")
    assert all("/80 runs" in state for state in states)


def test_nothing_is_written_but_where_it_was_asked_for(executed: Executed) -> None:
    assert list(executed.folder.iterdir()) == []
    (results,) = executed.temporary.iterdir()
    assert results.name.startswith("every-study-")
    kept = {path.name for path in results.iterdir() if path.is_dir()}
    assert kept == {
        "comparison", "sweep", "sensitivity", "calibration", "optimisation", "robustness", "counterfactual",
        "levers_at_work", "bottlenecks", "attribution",
    }  # fmt: skip
