"""Rows as Mesa agents, populations as Mesa agent sets."""

from random import Random

import mesa
import numpy as np
import pytest

from sim.agents.mediator import Mediator
from sim.agents.petition_office import PetitionOffice
from sim.agents.resident import Resident
from sim.records import RecordAgentSet


@pytest.fixture
def records() -> np.ndarray:
    array = np.zeros(5, Mediator.record)
    array["caseload"] = (3, 1, 4, 1, 5)
    array["kind"] = (0, 1, 0, 1, 0)
    array["talent"] = (0.25, 0.5, 0.75, 0.5, 0.25)
    return array


@pytest.fixture
def mediators(records) -> RecordAgentSet:
    return RecordAgentSet(Mediator, None, records, random=Random(1))


def ids(agents) -> list[int]:
    return [agent.unique_id for agent in agents]


def test_an_agent_reads_and_writes_its_row(records) -> None:
    agent = Mediator(None, records, 2)
    assert isinstance(agent, mesa.Agent)
    assert (agent.unique_id, agent.caseload, agent.talent) == (2, 4, 0.75)
    assert type(agent.caseload) is int
    agent.caseload = 9
    assert records["caseload"].tolist() == [3, 1, 9, 1, 5]
    records["caseload"][2] = 7
    assert agent.caseload == 7


def test_a_field_of_several_numbers_is_a_view() -> None:
    records = np.zeros(2, Resident.record)
    resident = Resident(None, records, 1)
    resident.learned[2] = 5
    resident.learned[0] -= 1
    assert records["learned"].tolist() == [[0, 0, 0, 0], [-1, 0, 5, 0]]
    resident.learned = 3
    assert records["learned"].tolist() == [[0, 0, 0, 0], [3, 3, 3, 3]]


def test_an_unknown_attribute_names_the_fields(records, mediators) -> None:
    agent = Mediator(None, records, 0)
    message = (
        "Mediator has no attribute 'case_load'; "
        "its fields are pool, kind, caseload, slots, cases_done, talent, post_rank, minutes"
    )
    with pytest.raises(AttributeError) as read:
        _ = agent.case_load
    with pytest.raises(AttributeError) as written:
        agent.case_load = 3
    with pytest.raises(AttributeError) as column:
        mediators.get("case_load")
    with pytest.raises(AttributeError) as column_written:
        mediators.set("case_load", 3)
    assert {str(caught.value) for caught in (read, written, column, column_written)} == {message}


def test_agents_of_one_row_are_equal(records) -> None:
    one, same, other = Mediator(None, records, 1), Mediator(None, records, 1), Mediator(None, records, 2)
    assert one == same and hash(one) == hash(same)
    assert one != other
    assert one != Mediator(None, records.copy(), 1)
    assert one != PetitionOffice(None, np.zeros(2, PetitionOffice.record), 1)
    assert repr(one) == "Mediator(1)"


def test_members_by_position(mediators) -> None:
    assert len(mediators) == 5
    assert ids(mediators) == [0, 1, 2, 3, 4]
    assert (mediators[1].unique_id, mediators[-1].unique_id, ids(mediators[1:3])) == (1, 4, [1, 2])
    some = mediators.select(lambda m: m["caseload"] > 2)
    assert (some[1].unique_id, some[-1].unique_id, ids(some[1:])) == (2, 4, [2, 4])
    with pytest.raises(IndexError, match="no Mediator at 3: there are 3"):
        _ = some[3]
    assert mediators[2] in some and mediators[1] not in some


def test_get_gives_columns(mediators) -> None:
    assert mediators.get("caseload").tolist() == [3, 1, 4, 1, 5]
    assert [column.tolist() for column in mediators.get(["kind", "caseload"])] == [[0, 1, 0, 1, 0], [3, 1, 4, 1, 5]]
    assert mediators.select(lambda m: m["kind"] == 0).get("caseload").tolist() == [3, 4, 5]
    assert mediators.get("nothing", handle_missing="default", default_value=-1).tolist() == [-1] * 5


def test_agg(mediators) -> None:
    assert mediators.agg("caseload", np.sum) == 14
    assert list(mediators.agg("caseload", [min, max])) == [1, 5]
    assert mediators.select(lambda m: m["kind"] == 1).agg("caseload", np.mean) == 1


@pytest.mark.parametrize("rule", [lambda m: m["caseload"] > 2, lambda m: m.caseload > 2], ids=["columns", "agents"])
def test_select_by_columns_or_by_agents(mediators, rule) -> None:
    assert ids(mediators.select(rule)) == [0, 2, 4]
    assert ids(mediators.select(rule, at_most=2)) == [0, 2]
    assert ids(mediators.select(rule, at_most=0.2)) == [0]  # a fifth of the five
    assert ids(mediators.select(rule).select(lambda m: m["caseload"] < 5)) == [0, 2]
    assert len(mediators) == 5


def test_select_by_kind_and_in_place(mediators) -> None:
    assert ids(mediators.select(agent_type=Mediator)) == [0, 1, 2, 3, 4]
    assert ids(mediators.select(agent_type=Resident)) == []
    assert mediators.select(lambda m: m["kind"] == 1, inplace=True) is mediators
    assert ids(mediators) == [1, 3]


def test_set_writes_members_only(mediators, records) -> None:
    mediators.select(lambda m: m["kind"] == 1).set("caseload", 8)
    assert records["caseload"].tolist() == [3, 8, 4, 8, 5]
    mediators.select(lambda m: m["kind"] == 1).set("caseload", [6, 7])
    assert records["caseload"].tolist() == [3, 6, 4, 7, 5]
    assert mediators.set("caseload", 2) is mediators
    assert records["caseload"].tolist() == [2] * 5


def test_sort_by_field_or_function(mediators) -> None:
    assert ids(mediators.sort("caseload", ascending=True)) == [1, 3, 0, 2, 4]  # equal ones as they stood
    assert mediators.sort("caseload").get("caseload").tolist() == [5, 4, 3, 1, 1]
    assert ids(mediators.sort(lambda m: -m.unique_id, ascending=True)) == [4, 3, 2, 1, 0]
    assert ids(mediators) == [0, 1, 2, 3, 4]
    mediators.select(lambda m: m["kind"] == 0, inplace=True).sort("caseload", inplace=True)
    assert ids(mediators) == [4, 2, 0]


def test_shuffle_keeps_the_members(mediators) -> None:
    orders = {tuple(ids(mediators.shuffle())) for _ in range(30)}
    assert len(orders) > 10
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3, 4)}


def test_do_and_map_call_every_member(mediators) -> None:
    assert mediators.map(lambda m, plus: m.caseload + plus, 10) == [13, 11, 14, 11, 15]
    assert mediators.map("skill", 300.0, 0.0) == [0.25, 0.5, 0.75, 0.5, 0.25]
    offices = RecordAgentSet(PetitionOffice, None, np.zeros(2, PetitionOffice.record), random=Random(1))
    assert offices.do("accept").shuffle_do("accept").get("in_process").tolist() == [2, 2]


def test_nobody_is_added_or_removed(mediators) -> None:
    agent = mediators[0]
    for change in (mediators.add, mediators.discard, mediators.remove):
        with pytest.raises(TypeError, match="the Mediator population belongs to the model"):
            change(agent)
    with pytest.raises(TypeError, match=r"Mediator\(0\) belongs to the model and cannot be removed"):
        agent.remove()
    assert len(mediators) == 5


def test_descending_order_keeps_the_order_of_equals(finished):
    some = finished.mediators.select(at_most=50)
    by_pool = some.sort("kind")
    kinds = by_pool.get("kind")
    assert (np.diff(kinds.astype(int)) <= 0).all()
    for kind in np.unique(kinds):
        assert (np.diff(by_pool.rows[kinds == kind]) > 0).all()
