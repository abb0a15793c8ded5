"""Claims: every lever has one, of things that there are."""

from __future__ import annotations

import pytest

from experiments.report.levers_at_work.tables import NAME
from experiments.report.text import Words, measure_labels
from experiments.runs.year_figures import link_names
from experiments.studies.levers_at_work.claims import CLAIMS
from experiments.studies.levers_at_work.plan import levers_of
from sim.errors import InputError
from sim.measures import MEASURES
from sim.parameters import declarations
from sim.policy import Policy

DECLARED = {declared.name: declared for declared in declarations(Policy)}


def test_every_lever_has_a_claim_in_its_place():
    assert list(CLAIMS) == list(DECLARED), "a lever is declared without a claim, or a claim without a lever"


@pytest.mark.parametrize("lever", CLAIMS)
def test_a_claim_is_of_a_measure_through_counts(lever):
    claim = CLAIMS[lever]
    assert claim.measure in MEASURES and claim.direction in ("up", "down")
    assert claim.chain and len(set(claim.chain)) == len(claim.chain)
    assert sorted(set(claim.chain) - link_names()) == []
    if claim.over is not None:
        low, high = claim.over
        assert DECLARED[lever].low <= low < high <= DECLARED[lever].high


@pytest.mark.parametrize("link", sorted({link for claim in CLAIMS.values() for link in claim.chain}))
def test_a_link_has_words_in_both_languages(link):
    assert Words("en").has(f"{NAME}.link.{link}") or link in measure_labels()


def test_levers_are_moved_over_their_ranges():
    found = {lever.name: lever.ends for lever in levers_of([])}
    assert list(found) == list(DECLARED)
    assert found["centre.intake"] == ("windows", "unified")
    assert found["assessment.veto"] == (False, True)
    assert found["grid.households_per_grid"] == (50, 1000)
    assert found["assessment.excellent_cities"] == (0, 0.5)
    assert found["petition.registration_county"] == (0.59, 1)  # no register is ever made smaller


def test_levers_are_chosen_by_name_or_pattern():
    assert [lever.name for lever in levers_of(["roll_out.*", "centre.intake"])] == [
        "roll_out.batch_1_start",
        "roll_out.batch_2_start",
        "roll_out.ramp",
        "centre.intake",
    ]
    with pytest.raises(InputError, match=r"there is no lever 'centre\.intak'; did you mean centre\.intake"):
        levers_of(["centre.intak"])
    with pytest.raises(InputError, match="is a stress"):
        levers_of(["stress.staff_lost"])
