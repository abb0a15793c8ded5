"""The page on verification tells of every known answer, and of none that is not checked."""

from __future__ import annotations

import re
from pathlib import Path

from experiments.verification.suite import SECTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "verification.md").read_text("utf-8")


def test_every_known_answer_has_its_lines_in_the_table_and_no_other() -> None:
    section = PAGE.partition("## Known answers")[2].partition("\n## ")[0]
    told = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    checks = {check.name for check in SECTIONS["known_answers"](0, 2)}
    assert checks - set(told) == set()
    assert set(told) - checks == set()
