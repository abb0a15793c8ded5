"""A smaller set of what ``pyramid verify`` runs, by the same code."""

from __future__ import annotations

import pytest

from experiments.verification.check import carry_out_checks
from experiments.verification.suite import SECTIONS, chosen
from sim.errors import InputError


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [
        "mm3",
        "priority",
        "network",
        "counties",
        "offences",
        "causes",
        "awareness",
        "departments",
        "fading_rule",
        "satisficing",
        "concessions",
        "printed_success",
        "doubled_register",
        "services",
        "police",
        "competing",
        "tampering",
        "placebo",
        "zero_capacity",
        "relabelled",
        "concealment",
        "credit",
        "one_more_mediator",
        "user_agents",
        "order_of_cities",
        "streams",
    ],
)
def test_it_passes(name: str) -> None:
    found = carry_out_checks(chosen([name], seed=50, seeds=2), workers=2)
    findings = [finding for _, each in found for finding in each]
    assert findings and [finding for finding in findings if not finding.passed] == []


def test_every_check_has_a_name_of_its_own_and_seeds_of_its_own() -> None:
    every = chosen([], seed=0, seeds=2)
    names = [check.name for check in every]
    assert len(set(names)) == len(names)
    assert {check.section for check in every} == set(SECTIONS)
    assert [check.name for check in chosen(["tampering", "mm3"], 0, 2)] == ["mm3", "tampering"]
    with pytest.raises(InputError, match=r"there is no check 'mm5'; there are: known_answers, .*mm3"):
        chosen(["mm5"], 0, 2)
