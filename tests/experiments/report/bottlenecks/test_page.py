"""What the report of bottlenecks says: which of four made-up pools is short, where, and for how much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report.bottlenecks.evidence import BottlenecksEvidence
from experiments.report.bottlenecks.page import tables
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import Words
from sim.errors import InputError
from tests.experiments.report.made_up.bottlenecks import WAGE, bottlenecks


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return BottlenecksEvidence(bottlenecks(tmp_path_factory.mktemp("bottlenecks") / "made_up"))


def test_each_pool_has_its_verdict(evidence):
    for base in ("status_quo", "gansu_2019"):
        mine = evidence.tables["pools"].set_index("base").loc[base].set_index("pool")
        assert mine["verdict"].to_dict() == {
            "city_people": "absent",
            "department_clerks": "not_short",
            "petition_handlers": "short",
            "prelitigation_mediators": "not_short",
        }
        handlers = mine.loc["petition_handlers"]
        assert handlers["settled"] == pytest.approx(10, abs=1)  # 20 in one place, 0 in the other
        assert handlers["posts"] == 2
        assert handlers["cost"] == pytest.approx(WAGE)
        assert handlers["yuan"] == pytest.approx(WAGE / handlers["settled"])
        assert handlers[["utilisation", "wait", "long_waits", "queue"]].tolist() == pytest.approx([0.98, 45, 0.6, 50])
        places = evidence.tables["places"].set_index(["base", "pool"]).loc[(base, "petition_handlers")]
        places = places.set_index("place")
        assert places["verdict"].to_dict() == {"620302": "short", "620321": "not_short"}
        assert places["settled"].tolist() == pytest.approx([20, 0], abs=1.5)


def test_the_more_pools_are_looked_at_the_less_is_beyond_chance(evidence):
    pools = evidence.tables["pools"].query("base == 'status_quo'").set_index("pool")
    places = evidence.tables["places"].query("base == 'status_quo' and pool == 'department_clerks'")
    assert pools.loc["department_clerks", "p_value"] == 1 and places["p_value"].tolist() == [1, 1]
    runs = evidence.tables["runs"].query("base == 'status_quo' and pool == 'prelitigation_mediators'")
    assert len(runs) == 12 and runs["settled"].std() > 10
    assert pools.loc["prelitigation_mediators", "p_value"] > 0.05


def test_the_answer_names_pool_place_and_price(evidence):
    found = answer_of(parts_of("bottlenecks"), evidence, Words("en"))
    row = evidence.tables["pools"].set_index(["base", "pool"]).loc[("status_quo", "petition_handlers")]
    place = evidence.tables["places"].set_index(["base", "pool", "place"])
    there = place.loc[("status_quo", "petition_handlers", "620302"), "settled"]
    assert found.text[0] == (
        "Short under “Status quo”: 1 of 3 kinds of pools. One post more settles, in its first year: petition "
        f"handlers {row['settled']:.1f} more ({Words('en').yuan(row['yuan'])} each)."
    )
    assert found.text[1] == (
        "Short when each place is looked at by itself: 1 of 6 pools (petition handlers in Jinchuan District, "
        f"+{there:.1f}). The least busy of these is at work 98\u00a0% of its time."
    )
    assert (found.n_of, found.of, len(found.text)) == (1, 3, 4)
    chinese = answer_of(parts_of("bottlenecks"), evidence, Words("zh")).text
    assert "3类力量中有1类不足" in chinese[0] and "金川区信访办理人员" in chinese[1]


def test_nothing_short_is_said_in_words(evidence):
    quiet = {name: frame.copy() for name, frame in evidence.tables.items()}
    for name in ("pools", "places"):
        quiet[name].loc[quiet[name]["verdict"] == "short", "verdict"] = "not_short"
    calm = BottlenecksEvidence(replace(evidence.results, tables=quiet))
    found = answer_of(parts_of("bottlenecks"), calm, Words("en"))
    assert found.text[0] == (
        "Under “Status quo” no pool is short: in none of 3 kinds of pools does one post more surely settle one "
        "matter more a year."
    )
    assert len(found.text) == 2
    assert (
        answer_of(parts_of("bottlenecks"), calm, Words("zh"))
        .text[0]
        .startswith("在“维持现状”下，各类力量均未见不足：3类力量")
    )


def test_tables_have_a_row_a_pool_and_a_place(evidence):
    words = Words("en")
    quo, _ = tables("pools", evidence, words)
    assert [row[:2] for row in quo.rows] == [
        ["City people's mediators", "no such pool"],
        ["Department clerks", "not short"],
        ["Petition handlers", "short"],
        ["Pre-litigation mediators", "not short"],
    ]
    assert quo.rows[2][3:8] == ["98\u00a0%", "45.0", "60\u00a0%", "50.0", "72,000"]
    places, _ = tables("places", evidence, words)
    assert len(places.rows) == 6 and "Petition handlers" in {row[0] for row in places.rows[:3]}
    assert tables("answer", evidence, words) == []


def test_results_that_lack_a_pool_are_refused(evidence):
    frame = evidence.tables["pools"]
    lacking = {**evidence.tables, "pools": frame[frame["pool"] != "petition_handlers"]}
    with pytest.raises(InputError, match=r"pools\.parquet has nothing of petition_handlers under gansu_2019"):
        BottlenecksEvidence(replace(evidence.results, tables=lacking))
