"""The shipped studies answer what a careful person would, in both languages, word by word as it was kept."""

from __future__ import annotations

import pytest

from experiments.configuration.options import described_options
from experiments.report.answer import LINES
from experiments.report.kinds import open_results
from experiments.report.plain_text import readable
from tests.docs.vocabulary import ROOT
from tests.shipped import HERE, answers, documents, golden

NAMED = {
    "configurations": (
        "gansu_2019",
        "it alone settles more by more than chance and behaviours can do, and moves the ratio as well; rules and "
        "registers alone move the ratio and settle nothing, which the second line says",
    ),
    "four_roads": (
        "local_resolution",
        "of four worlds with about the same ratio it is the only one in which disputes are settled; the other three "
        "are stresses, named as what the ratio can hide",
    ),
}
"""By study: the policy that the answer names, and why a careful person would name it."""


def test_every_shipped_study_is_kept():
    assert set(NAMED) == set(described_options("study")) == {folder.name for folder in HERE.iterdir()}


@pytest.mark.parametrize("study", NAMED)
def test_a_shipped_study_answers_as_a_careful_person_would(study):
    results = open_results(HERE / study)
    kept = golden(study)
    assert documents(results) == kept
    found = answers(results)
    policy, why = NAMED[study]
    assert {answer.policy for answer in found.values()} == {policy} and len(why) > 40
    for language, answer in found.items():
        assert 2 <= len(answer.text) <= LINES and answer.question, language
        stressed = results.study.get("worlds", {})
        assert not (policy in stressed and stressed[policy].get("acting")), "a stress is never the answer"


def test_the_readme_shows_the_lines_that_the_first_command_prints():
    kept = golden("configurations")["en"]
    said = (ROOT / "README.md").read_text("utf-8").partition("## What it says")[2]
    block = said.partition("```text\n")[2].partition("```")[0]
    assert block.split() == " ".join(readable(line) for line in [*kept["text"], *kept["caveats"]]).split()
