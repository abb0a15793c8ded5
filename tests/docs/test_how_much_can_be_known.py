"""The page for planners says the same in both languages, and its commands give on a small place what it reads off."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from experiments.cli.main import main
from experiments.report.compare.evidence import Evidence as CompareEvidence
from experiments.report.kinds import open_results
from experiments.report.page_parts import parts_of
from experiments.report.sweep import pilots
from experiments.report.sweep.evidence import SweepEvidence
from experiments.studies.compare.turning import LEAST
from experiments.verification.credit import PAIRS, REPORTS
from experiments.verification.suite import chosen
from tests.docs.test_command_lines import lines_of
from tests.docs.vocabulary import text_of
from tests.experiments.conftest import SHORT

ENGLISH, CHINESE = "how_much_can_be_known.md", "how_much_can_be_known.zh.md"
SMALL = ("replicates=1", "report=false", "results=results")
FOUR = ("places=[620122,620921,621023,620423]", "study.groups={pilots: [6201, 6209], others: [6210, 6204]}")
"""Counties of two cities among the pilots and of two among the others."""


def typed(command: str) -> list[str]:
    """The page's line with a command, as typed."""
    (line,) = (line for line in lines_of(text_of(ENGLISH)) if line.startswith(f"pyramid {command} "))
    return shlex.split(line)[1:]


def evidence(words: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> SweepEvidence:
    monkeypatch.chdir(folder)
    assert main(words) == 0
    found = open_results(next(Path("results").glob("*/latest")))
    return parts_of(found.kind).evidence(found)


def test_both_languages_have_the_same_commands_and_figures() -> None:
    assert list(lines_of(text_of(ENGLISH))) == list(lines_of(text_of(CHINESE)))
    rows = [re.findall(r"^\|.*\|$", text_of(page), flags=re.MULTILINE) for page in (ENGLISH, CHINESE)]
    assert len(rows[0]) == len(rows[1]) > 20
    for english, chinese in zip(*rows, strict=True):
        figures = [sorted(re.findall(r"\d[\d,]*(?:\.\d+)?", row)) for row in (english.replace("1,000", ""), chinese)]
        assert figures[0] == figures[1], (english, chinese)


def test_the_reports_told_of_are_those_of_the_check() -> None:
    (check,) = chosen(["credit"], seed=0, seeds=4)
    reports = len(check.pieces) // PAIRS
    assert reports == 4 * REPORTS == 24
    assert f"credited in 0 of {reports} | credited in {reports} of {reports} |" in text_of(ENGLISH)


@pytest.mark.long
def test_claims_are_counted_over_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [word for word in typed("compare") if not word.startswith(("places=", "replicates="))]
    monkeypatch.chdir(tmp_path)
    assert main([*words, *SHORT, f"replicates={LEAST}", "report=false", "results=results"]) == 0
    assert "of the 20 sets of assumptions" in capsys.readouterr().out
    found = CompareEvidence(open_results(next(Path("results").glob("*/latest"))))
    for measure in ("durable_resolution", "petitions_total", "petitions_province", "distance_to_target"):
        assert len(found.by_member("gansu_2019", measure)) == LEAST, measure


@pytest.mark.long
def test_what_one_province_would_see_is_in_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = ("places=", "replicates=", "after=", "behaviour.")
    words = [word for word in typed("sweep") if not word.startswith(changed)]
    years = ("calendar.start=2018-01-01", "calendar.measures=2018-01-01")
    found = evidence([*words, *FOUR, "after=pilots_alike", *years, *SMALL], tmp_path, monkeypatch)
    assert pilots.available(found) and len(pilots.shown_points(found)) == 2
    for point in pilots.shown_points(found):
        ((low, high),) = pilots.seen_by_seed(found, point, "durable_resolution")
        seen = pilots.estimates_by_seed(found, point, "durable_resolution")["differences"]
        assert low < high and list(seen) == [0]
