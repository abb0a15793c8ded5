"""The documentation says what the code does: generated pages are fresh, names are complete, examples run."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from docs import generate
from sim.policy import Policy
from sim.records import RecordAgent

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDES = ("guide.md", "extend.md", "design.md")
PAGES = sorted(DOCS.glob("*.md"))


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def python_blocks(name: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", text_of(name), flags=re.DOTALL | re.MULTILINE)


def kinds_of_agents() -> list[type[RecordAgent]]:
    """Every record agent defined in ``sim/agents``."""
    modules = [import_module(f"sim.agents.{file.stem}") for file in sorted((ROOT / "sim/agents").glob("[a-z]*.py"))]
    return [
        kind
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, RecordAgent) and kind.__module__ == module.__name__
    ]


def test_the_parameter_tables_are_fresh() -> None:
    assert text_of("parameters.md") == generate.page(), "stale: run python -m docs.generate"


def test_parameters_are_shown_as_declared() -> None:
    """Read off the source of ``sim/policy.py``: the deadline of a whistle is 30 days, allowed 1 to 90."""
    assert Policy().centre.whistle_deadline == 30
    assert (
        "| `centre.whistle_deadline` | 30 | days | 1 to 90 | A | deadline for a department to answer | assumed |"
        in (generate.page().splitlines())
    )
    assert "0 to 5000000 |" in generate.page()  # large bounds are written out
    assert "| `centre.intake` | windows | choice | windows, unified |" in generate.page()


def test_every_phase_is_named_in_the_odd() -> None:
    odd = text_of("odd.md")
    phases = [file.name for file in (ROOT / "sim/phases").glob("[a-z]*.py")]
    assert len(phases) >= 9
    assert [name for name in phases if f"`{name}`" not in odd] == []


def test_every_kind_of_agent_is_named_in_the_odd() -> None:
    kinds = kinds_of_agents()
    assert len(kinds) >= 10
    odd = text_of("odd.md")
    assert [kind.__name__ for kind in kinds if f"`{kind.__name__}`" not in odd] == []


def test_every_parameter_that_the_odd_names_exists_and_none_is_left_out() -> None:
    odd = text_of("odd.md")
    declared = {
        one.name.rpartition(".")[2] for _, group, _, _ in generate.KINDS for one in generate.declarations(group)
    }
    aside = {name for name in declared if name.startswith(("cost_", "constant_", "registration_", "coverage_"))}
    aside |= {name for name in declared if name.startswith("mediators_")}
    words = set(re.findall(r"[a-z]+(?:_[a-z0-9]+)*", odd))
    assert sorted(declared - aside - words) == []


@pytest.mark.parametrize("name", GUIDES)
def test_the_examples_of_a_guide_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.compilation._DIRECTORY", tmp_path)  # what the examples compile is not kept
    names: dict[str, object] = {"__name__": "example"}
    for number, block in enumerate(python_blocks(name), 1):
        file = tmp_path / f"{Path(name).stem}_{number}.py"  # Numba wants a file
        file.write_text(block, "utf-8")
        exec(compile(block, str(file), "exec", dont_inherit=True), names)


def test_the_guides_have_examples() -> None:
    assert len(python_blocks("guide.md")) >= 5
    assert len(python_blocks("extend.md")) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text) if "://" not in target]
    assert [target for target in links if not (page.parent / target).exists()] == []
    paths = re.findall(r"`((?:sim|experiments|configs|tests|docs)/[\w./]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
