"""What the report of levers at work says: verdicts of four made-up levers, where chains end, both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report.levers_at_work.evidence import LeversEvidence
from experiments.report.levers_at_work.page import tables
from experiments.report.levers_at_work.tables import chain_text, verdict_text
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import Words
from experiments.studies.levers_at_work.claims import CLAIMS
from sim.errors import InputError
from tests.experiments.report.made_up.levers import GAINS, levers


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return LeversEvidence(levers(tmp_path_factory.mktemp("levers") / "made_up"))


def test_each_of_the_four_has_its_verdict(evidence):
    frame = evidence.tables["verdicts"].query("year == 3")
    for base in ("status_quo", "gansu_2019"):
        mine = frame[frame["base"] == base].set_index("lever")
        assert mine["verdict"].to_dict() == {
            "staff.mediators_county": "nothing",
            "grid.visits_per_day": "as_claimed",
            "norms.moral_bank": "otherwise",
            "centre.coverage_county": "untold",
        }
        assert mine["chain"].to_dict() == {
            "staff.mediators_county": "still",
            "grid.visits_per_day": "through",
            "norms.moral_bank": "empty",
            "centre.coverage_county": "still",
        }
        assert mine.loc["norms.moral_bank", "link"] == "prevented_by_norms"


def test_effects_are_the_high_end_less_the_low_one(evidence):
    effects = evidence.tables["effects"].set_index(["base", "lever", "year", "measure"])
    first, third = (effects.loc[("status_quo", "grid.visits_per_day", year, "durable_resolution")] for year in (1, 3))
    assert third["difference"] == pytest.approx(0.05, abs=0.002) and third["low"] > 0.045
    assert first["difference"] == pytest.approx(0.05 / 3, abs=0.002)
    assert third["at_high"] - third["at_low"] == pytest.approx(third["difference"])
    links = evidence.tables["links"].set_index(["base", "lever", "year", "link"])
    noticed = links.loc[("gansu_2019", "grid.visits_per_day", 3, "noticed")]
    assert noticed["at_high"] / noticed["at_low"] == pytest.approx(3, rel=0.01) and noticed["pairs"] == 6


def test_the_answer_counts_and_names(evidence):
    answer = answer_of(parts_of("levers-at-work"), evidence, Words("en"))
    assert answer.text == (
        "How 4 levers act in the third year, each moved over its range: from “Status quo”, 1 as claimed, 1 otherwise "
        "than claimed, 1 equivalent to nothing, 1 not told apart from chance or nothing; from “Gansu 2019”, 1 as "
        "claimed, 1 otherwise than claimed, 1 equivalent to nothing, 1 not told apart from chance or nothing.",
        "Otherwise than claimed, from one start at least (1): moral bank.",
        "Equivalent to nothing from every start (1): county mediators.",
        "Of chains that do not lead to what is claimed, 2 end at a link, most often at “grievances prevented by norms” "
        "(2).",
    )
    assert (answer.n_of, answer.of) == (1, 4)
    chinese = answer_of(parts_of("levers-at-work"), evidence, Words("zh")).text
    assert "符合预期1项，有悖预期1项，等同于无作用1项，无法与随机波动或无作用区分1项" in chinese[0]


def test_tables_have_a_row_a_lever_and_a_link(evidence):
    words = Words("en")
    (counted,) = tables("answer", evidence, words)
    assert counted.rows[0] == ["Status quo", "the first year", "1", "1", "1", "1"]
    quo, reform = tables("claims", evidence, words)
    assert len(quo.rows) == len(reform.rows) == 4
    visits = quo.rows[1]
    assert visits[1:6] == [
        "from 0 to 40", "Durable settlement per grievance (points) ↑", "acts as claimed", "acts as claimed",
        "Every link moves",
    ]  # fmt: skip
    assert visits[7].startswith("+4.9") and visits[8] == "–"  # durable settlement is what is claimed
    bank = quo.rows[2]
    assert quo.header[8:] == ["Durable settlement per grievance (points)", "Petitions per 1,000 a year"]
    assert bank[7].startswith("+5.99 [+5.98") and abs(float(bank[8].split()[0].replace("−", "-"))) < 0.05
    chains, _ = tables("chains", evidence, words)
    assert len(chains.rows) == sum(len(CLAIMS[lever].chain) for lever in GAINS)
    first = next(place for place, row in enumerate(chains.rows) if row[0] == "Visits a day")
    assert [row[:2] for row in chains.rows[first : first + 4]] == [
        ["Visits a day", "grid workers' visits on one day of each month"],
        ["–", "matters noticed by grid workers"],
        ["–", "matters settled on the spot"],
        ["–", "matters referred by grid workers"],
    ]


ROW = {"link": "referred", "before": "noticed", "empty": ""}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROW, "chain": "stops"},
         "“matters referred by grid workers” does not move, after “matters noticed by grid workers” did"),
        ({**ROW, "chain": "stops", "empty": "doors"},
         "“matters referred by grid workers” does not move, after “matters noticed by grid workers” did "
         "(nothing is counted at “doors passed”)"),
        ({"chain": "same", "link": "", "before": "", "empty": "doors"},
         "Nothing at all differs: it is not read here (nothing is counted at “doors passed”)"),
        ({**ROW, "chain": "empty", "before": "", "empty": "referred"},
         "Nothing is counted at “matters referred by grid workers”, and no link moves before it"),
        ({**ROW, "chain": "empty", "empty": "referred"},
         "Nothing is counted at “matters referred by grid workers”, after “matters noticed by grid workers”"),
    ],
)  # fmt: skip
def test_a_chain_ends_with_a_reason(row, said):
    assert chain_text(row, Words("en")) == said


def test_over_behaviours_a_verdict_has_its_share():
    row = {"verdict": "as_claimed", "share_as_claimed": 0.8}
    assert verdict_text(row, Words("en")) == "acts as claimed (in 80\u00a0% of the sets)"
    assert verdict_text({**row, "share_as_claimed": None}, Words("en")) == "acts as claimed"


@pytest.mark.parametrize("table", ["verdicts", "effects", "links"])
def test_results_that_lack_a_lever_are_refused(evidence, table):
    frame = evidence.tables[table]
    lacking = {**evidence.tables, table: frame[frame["lever"] != "norms.moral_bank"]}
    with pytest.raises(
        InputError, match=rf"{table}\.parquet has nothing of norms\.moral_bank from gansu_2019 in year 1"
    ):
        LeversEvidence(replace(evidence.results, tables=lacking))


def test_results_without_the_effect_that_is_claimed_are_refused(evidence):
    frame = evidence.tables["effects"]
    lacking = {**evidence.tables, "effects": frame[frame["measure"] != "grievances"]}
    with pytest.raises(InputError, match=r"no effect of norms\.moral_bank on grievances"):
        LeversEvidence(replace(evidence.results, tables=lacking))
