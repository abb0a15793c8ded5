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
        "it settles more by more than chance and behaviours can do, and moves the ratio as well; rules and registers "
        "alone move the ratio as far with a fifth of the settlement, which the second line says",
    ),
    "four_roads": (
        "local_resolution",
        "of four worlds that all turn the pyramid over it is the only one in which disputes are settled; the other "
        "three are stresses, named as what the ratio can hide",
    ),
    "coverage_by_staff": (
        "after.centre.coverage_township=0.75, after.staff.mediators_township=12",
        "built or staffed? Building all centres gains a third of a point where twelve work in each and loses where one "
        "does, and staffing gains a point only where they are built",
    ),
    "intake_by_whistle": (
        None,
        "neither one register nor answers to a whistle move settlement by half a point, alone or together: whoever "
        "named the best of these points would sell noise",
    ),
    "platform_burden": (
        None,
        "subsystems cost 40 % more reporting and save no time in routing at any number of them: no platform is best",
    ),
    "assessment_weight": (
        None,
        "weight on registered petitions buys a smaller register, a better record and concealment, audits the reverse, "
        "and neither buys settlement: nothing here is best",
    ),
    "roll_out": (
        None,
        "the question is what a naive comparison of pilots shows; it does not ask for a policy",
    ),
    "cheapest_to_1_2_3": (
        "front_01",
        "the point of the front with the lowest priced cost, with what it leaves unpriced and that it settles no more",
    ),
    "whichever_future": (
        "gansu_2019",
        "good enough in 136 of 400 futures, local resolution in 98 and most policies in none: both settle more in "
        "nearly all, and the ratio, which goes beyond the target, decides",
    ),
    "screening": (
        "behaviour.constant_petition",
        "what matters is an assumption and no policy: 6 of 287 move the effect by as much as matters and more than "
        "another seed does",
    ),
    "what_matters": (
        "behaviour.constant_bilateral",
        "what matters is an assumption and no policy; what is negligible is counted",
    ),
    "control": (
        None,
        "one county: of the fall of visits to the province the rule has all and the reform next to nothing, within "
        "wide ranges; trend and campaign are nil by assumption and said to be",
    ),
    "gansu_2019_patterns": (
        None,
        "which behaviours fit: the answer is what the data tell and what they leave open",
    ),
    "gansu_2019_reform": (
        None,
        "the same with the figures after the reform fitted as well: no world with a strict rule before it is left, and "
        "the answer names the figure that excludes them",
    ),
    "gansu_2019_wider": (
        None,
        "the same as gansu_2019_patterns asks, with four assumptions more drawn: fewer worlds meet it, and none of "
        "these four is narrowed",
    ),
}
"""By study: what the answer names (a policy, a point, an assumption), and why a careful person would name it."""


def test_every_shipped_study_is_kept():
    assert set(NAMED) == {folder.name for folder in HERE.iterdir()}
    assert set(described_options("study")) == set(NAMED)


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
