"""The kind of study that ``extend.md`` shows: its files and nothing else make a command with help, lists and report."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.vocabulary import ROOT, section, text_of
from tests.experiments.conftest import SHORT

PAGE = section(text_of("extend.md"), "## A kind of study")
FILES: dict[str, str] = dict(
    re.findall(r"`(experiments/[\w/]+/census/\w+\.\w+)`:\n\n```\w+\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
)

ASKED = """
import petition_pyramid as pp

results = pp.open_results("results/small/latest")
answers = [results.answer(language).text[0] for language in ("en", "zh")]
print(results.kind, *answers, len(results.frame()), list(results.effects()), sep="\\n")
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages, with the files of the page beside the others."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("sim", "experiments", "petition_pyramid", "configs"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in FILES.items():
        assert not (copy / name).exists()
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(content, "utf-8")
    (copy / "mine" / "study").mkdir(parents=True)
    (copy / "mine" / "study" / "small.yaml").write_text(
        "# @package _global_\n# A small count.\nkind: census\nstudy: {name: small}\nreplicates: 3\n"
    )
    return copy


def python(copy: Path, *arguments: str) -> str:
    """What a command prints in that folder."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, timeout=200
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def pyramid(copy: Path, *arguments: str) -> str:
    """What ``pyramid`` prints."""
    return python(copy, "-m", "experiments.cli.main", *arguments)


def test_the_page_has_all_of_both_folders() -> None:
    assert sorted(FILES) == [
        *(f"experiments/report/census/{name}" for name in ("__init__.py", "evidence.py", "page.py", "words.toml")),
        *(f"experiments/studies/census/{name}" for name in ("__init__.py", "schema.py", "study.py")),
    ]


def test_help_completion_and_lists_know_it(copy: Path) -> None:
    assert "census         how many grievances people have" in pyramid(copy, "--help")
    assert "study=      small" in pyramid(copy, "census", "--help", "--config-dir", "mine")
    assert pyramid(copy, "completion", "query", "pyramid cen") == "census\n"
    assert "small                pyramid census" in pyramid(copy, "list", "studies", "--config-dir", "mine")


@pytest.mark.long
def test_it_runs_keeps_and_reports(copy: Path) -> None:
    said = ("census", "--config-dir", "mine", "study=small", *SHORT, "language=en")
    printed = pyramid(copy, *said, "output=full")
    assert re.findall(r"^seed (\d): [\d,]+ grievances$", printed, flags=re.MULTILINE) == ["0", "1", "2"]
    again = json.loads(pyramid(copy, *said, "output=json"))
    mean = sum(row["raised"] for row in again["people"]) / 3
    assert again["answer"]["effect"] == {"measure": "raised", "value": pytest.approx(mean), "unit": "grievances"}
    assert again["answer"]["text"] == [printed.splitlines()[0]] == [pyramid(copy, *said).splitlines()[0]]
    page = (copy / "results" / "small" / "latest" / "report" / "report.en.html").read_text("utf-8")
    assert f"People have {mean:,.0f} grievances on average." in page
    assert "report.zh.html" in pyramid(copy, "report", "results/small/latest", "language=zh")
    kind, english, chinese, rows, columns = python(copy, "-c", ASKED).splitlines()
    assert (kind, english, rows) == ("census", f"People have {mean:,.0f} grievances on average.", "3")
    assert chinese == f"平均有{mean:,.0f}件诉求。"
    assert columns == "['seed', 'raised']"
