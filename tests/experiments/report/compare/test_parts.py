"""What groups of levers have of the difference that a comparison names: in its answer, its section and its figure."""

from __future__ import annotations

import pytest

from experiments.report.compare.answer import answer
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import parts
from experiments.report.compare.page import PARTS
from experiments.report.compare.tables import StoredComparison
from experiments.report.numbers import NBSP
from experiments.report.page import compose_page
from experiments.report.text import Words
from experiments.results.checks import check_study
from sim.errors import InputError
from tests.experiments.report.made_up import shared_out


@pytest.fixture
def results(results_of):
    def made(policies=("status_quo", "gansu_2019"), **study):
        return results_of(policies, replicates=10, attribution=shared_out.parts() | study)

    return made


def test_the_answer_names_the_largest_part_first(results):
    told = answer(Evidence(results()), Words("en")).text[0]
    assert told.endswith(
        "Shared out among its levers, in the third year: grid +4.00, centres and staff +2.50, rules and registers of "
        "petitions +0.20 points. Here 10 counties stand for the province."
    )
    chinese = answer(Evidence(results(counties=0)), Words("zh")).text[0]
    assert "按手段分解（第三年）：网格+4.00、综治中心与人员+2.50、信访规则与登记+0.20个百分点。" in chinese
    assert "代表全省" not in chinese


def test_parts_of_another_policy_are_not_told_of_the_one_that_is_named(results):
    told = answer(Evidence(results(policy="grid_first")), Words("en")).text[0]
    assert "Shared out" not in told


def test_the_section_has_the_figure_and_its_table(results):
    evidence = Evidence(results())
    page = compose_page(PARTS, evidence, Words("en"), {"parts": "<svg></svg>"})
    (section,) = [section for section in page.sections if section.key == "parts"]
    assert section.title == "What brings it about"
    found = parts.table(evidence, Words("en"))
    assert [row[0] for row in found.rows] == [
        "Grid",
        "Centres and staff",
        "Rules and registers of petitions",
        "Whole difference",
    ]
    assert found.rows[-1][2].replace(NBSP, " ") == "+6.70 [+6.03 to +7.37] (100 % alike in sign)"
    assert parts.caption(evidence, Words("en")).startswith(
        "What each group of levers has of the difference between “Gansu 2019” and the reference"
    )


def test_without_parts_there_is_no_section(results_of):
    evidence = Evidence(results_of(("status_quo", "gansu_2019"), replicates=3))
    assert not parts.available(evidence)
    assert "parts" not in [section.key for section in compose_page(PARTS, evidence, Words("en"), {}).sections]


@pytest.mark.parametrize(
    "damage",
    [
        {"groups": ["grid"]},
        {"groups": ["grid", "centres", "petitions", "weather"]},
        {"whole": []},
        {"parts": []},
        {"counties": -1},
        {"parts": [{"group": "grid", "year": 1, "measure": "no_such"}]},
    ],
)
def test_what_is_stored_must_hold_together(damage):
    stored = {"name": "trial", "calendar": {}, "attribution": shared_out.parts() | damage}
    with pytest.raises(InputError, match="attribution"):
        check_study(StoredComparison, stored)
