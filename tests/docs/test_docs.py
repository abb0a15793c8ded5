"""The documentation says what the code does: generated pages are fresh, names are complete, examples run."""

from __future__ import annotations

import os
import pkgutil
import re
import sys
from pathlib import Path

import pytest

from docs import generate
from sim.measures import MEASURES
from sim.policy import Policy
from tests import processes
from tests.docs.vocabulary import DOCS, ROOT, text_of

GUIDES = ("model.md", "extend.md", "design.md", "notebooks.md")
PAGES = sorted(DOCS.glob("*.md"))


def python_blocks(name: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", text_of(name), flags=re.DOTALL | re.MULTILINE)


def scripts(name: str) -> list[str]:
    """Examples that are files: their first line is a comment with the file's name."""
    return re.findall(r"^```py\n(# \w+\.py\n.*?)^```$", text_of(name), flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_page_that_is_made_is_fresh(name: str) -> None:
    assert text_of(name) == generate.PAGES[name](), "stale: run python -m docs.generate"


def test_parameters_are_shown_as_declared() -> None:
    """Read off the source of ``sim/policy.py``: the deadline of a whistle is 30 days, allowed 1 to 90."""
    assert Policy().centre.whistle_deadline == 30
    page = generate.parameters_page()
    assert (
        "| `centre.whistle_deadline` | 30 | days | 1 to 90 | A | deadline for a department to answer | assumed "
        "| `uncosted` |" in page.splitlines()
    )
    assert re.search(r"^\| `grid.households_per_grid` .* \| `cost_grid_worker` \|$", page, flags=re.MULTILINE)
    assert "0 to 1000000000 |" in page  # large bounds are written out
    assert "| `centre.intake` | windows | choice | windows, unified |" in page


def test_fixed_tables_are_shown_as_they_are() -> None:
    """Read off ``sim/agents/dispute_kind.py`` and ``sim/agents/centre.py``."""
    lines = generate.parameters_page().splitlines()
    medical = (
        "| `medical` | 0.01 | 0.02 | 0.95 | 0.05 | health | 0.60 | 0.00 | justice, market | 0.20 | 0.2 | yes | 0.3"
    )
    assert f"{medical} | 0.5 | 0.6 | 0.6 | 0.9 | 0.5 |" in lines
    assert "| county | 0.40 | 0.20 | 0.15 | 0.00 | 0.25 | 0.00 |" in lines
    assert "| township | 18,000 |" in lines


def test_measures_are_shown_as_declared_each_once() -> None:
    page = generate.measures_page()
    assert re.findall(r"^\| `(\w+)` ", page, flags=re.MULTILINE) == list(MEASURES)
    line = next(line for line in page.splitlines() if line.startswith("| `unresolved_stock` "))
    assert line.startswith("| `unresolved_stock` | grievances | down | yes | grievances left unresolved ")


@pytest.mark.long
@pytest.mark.parametrize("name", GUIDES)
def test_the_examples_of_a_guide_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.compilation.cache.OTHERS", tmp_path)  # what the examples compile is not kept
    names: dict[str, object] = {"__name__": "example"}
    for number, block in enumerate(python_blocks(name), 1):
        file = tmp_path / f"{Path(name).stem}_{number}.py"  # Numba wants a file
        file.write_text(block, "utf-8")
        exec(compile(block, str(file), "exec", dont_inherit=True), names)


@pytest.mark.long
@pytest.mark.parametrize("script", scripts("notebooks.md"))
def test_a_script_of_a_guide_runs(script: str, tmp_path: Path) -> None:
    """As a file of its own in a process of its own, since it starts workers."""
    file = tmp_path / script.partition("\n")[0].lstrip("# ")
    file.write_text(script, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = processes.run([sys.executable, file.name], cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert "durable settlement per grievance, 68.7\N{NO-BREAK SPACE}%, +3.18 points" in done.stdout
    assert [path.name for path in tmp_path.iterdir() if path.name != "__pycache__"] == [file.name]


def test_the_guides_have_examples() -> None:
    assert len(scripts("notebooks.md")) >= 2
    assert len(python_blocks("model.md")) >= 5
    assert len(python_blocks("extend.md")) >= 3
    assert len(python_blocks("notebooks.md")) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text) if "://" not in target]
    assert [target for target in links if not (page.parent / target).exists()] == []
    paths = re.findall(r"`((?:sim|experiments|petition_pyramid|configs|tests|docs|bench|tools)/[\w./]+)`", text)
    to_write = set(re.findall(r"`([\w/.]+)`:\n\n```", text))  # what stands beneath
    assert [path for path in paths if "NAME" not in path and not (ROOT / path).exists() and path not in to_write] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_names_with_dots_exist(page: Path) -> None:
    """Modules of ours, and what is in them."""
    names = re.findall(r"`((?:sim|experiments|petition_pyramid|bench)(?:\.\w+)+)(?:\(.*?\))?`", page.read_text("utf-8"))
    missing = []
    for name in names:
        try:
            pkgutil.resolve_name(name)
        except (ImportError, AttributeError):
            missing.append(name)
    assert missing == []


def test_functions_are_shown_as_declared() -> None:
    """Read off ``petition_pyramid/simulation.py``, ``petition_pyramid/results.py`` and ``sim/ledger.py``."""
    lines = generate.PAGES["api.md"]().splitlines()
    assert "scenario(*overrides: str, config_directory: str | Path | None = None) -> Scenario" in lines
    assert '**`plot(figure: str = "", language: str = "en") -> Figure`**' in lines
    assert "- `months`: first day of each month, `datetime64[M]`, shape (M,)." in lines
    assert [line for line in lines if "``" in line and not line.startswith("```")] == []
