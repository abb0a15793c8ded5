"""Whatever an answer tells of petitions says on which counting basis it holds, whatever was studied."""

from __future__ import annotations

import re

import pytest

from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import Words
from tests.experiments.report.made_up import MADE_UP

OF_PETITIONS = {
    "en": re.compile("petitions (are )?registered|registered petitions|petitions per", re.IGNORECASE),
    "zh": re.compile("登记信访"),
}
NAME = re.compile("“[^”]*”")
"""What measures and policies are called: a measure's meaning has its basis."""

TELL = ("compare", "counterfactual", "sweep", "attribution", "optimise")
"""Kinds whose made-up results have something to tell of petitions."""


@pytest.mark.parametrize("name", MADE_UP)
def test_a_line_on_petitions_names_its_basis(name: str, tmp_path) -> None:
    results = MADE_UP[name](tmp_path)
    parts = parts_of(results.kind)
    for language, pattern in OF_PETITIONS.items():
        words = Words(language)
        lines = answer_of(parts, parts.evidence(results), words).text
        told = [line for line in lines if pattern.search(NAME.sub("", line))]
        assert all(words("basis.stated") in line for line in told), told
        assert bool(told) or name not in TELL
