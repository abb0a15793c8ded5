"""The model: agents, their order, the clock and the calendar, as users of other packages met them."""

from __future__ import annotations

import copy
import pickle

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run

import petition_pyramid as pp
from sim.errors import InputError
from sim.model import GovernanceModel
from sim.scenario import Calendar
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation
from tests.situations.test_chance import DAYS, ran, same


@pytest.fixture(scope="module")
def short() -> pp.Scenario:
    """Two years of the tiny province, reformed after the first."""
    return pp.scenario(*SHORT, "after=gansu_2019")


@situation(
    "the model and its calendar",
    "mesa/mesa#3327",
    "ran until a time that had passed: the clock went back",
    "the clock stays, and so does the province",
)
def test_a_time_that_has_passed_does_not_turn_back_the_clock(short: pp.Scenario) -> None:
    model = ran(short, 10)
    with pytest.warns(RuntimeWarning, match="end_time 5"):
        model.run_until(5)
    assert (model.today, model.steps, model.time) == (10, 10, 10.0)
    model.run_until(12)
    assert (model.today, model.steps, model.time) == (12, 12, 12.0)


@situation(
    "the model and its calendar",
    "mesa/mesa#2066",
    "ran for a time and got one step more than that",
    "an event of day ten sees ten days, and the run has as many as were asked for",
)
def test_events_of_ones_own_stand_at_the_end_of_their_day(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    seen: list[tuple[int, float]] = []

    def look() -> None:
        seen.append((model.today, model.time))

    model.schedule_event(look, at=10)
    model.schedule_event(look, at=15.5)
    model.run_for(20)
    assert seen == [(10, 10.0), (15, 15.5)]
    assert (model.today, model.steps, model.time) == (20, 20, 20.0)
    assert same(model.ledger(), ran(short, 20).ledger())


class Walker(mesa.Agent):
    """Counts its days, ends another one on its third, and itself on its fifth."""

    def __init__(self, model: GovernanceModel, victim: Walker | None = None) -> None:
        super().__init__(model)
        self.victim, self.days = victim, 0

    def step(self) -> None:
        self.days += 1
        if self.days == 3 and self.victim is not None:
            self.victim.remove()
        if self.days == 5:
            self.remove()


@situation(
    "the model and its calendar",
    "mesa/mesa#583",
    "an agent removed another one during a step: an error for the missing agent",
    "who is removed before its turn does not act any more",
)
@situation(
    "the model and its calendar",
    "mesa/mesa#302",
    "agents removed themselves while the list was walked: others were left out",
    "everybody else acts once a day",
)
def test_agents_may_end_themselves_and_others_on_the_way(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    bystander = Walker(model)
    victim = Walker(model)
    hunter = Walker(model, victim)
    last = Walker(model)
    late = Walker(model, hunter)  # after its victim: on the third day the hunter has had its turn
    model.run_for(8)
    assert [each.days for each in (bystander, victim, hunter, last, late)] == [5, 3, 3, 5, 5]
    assert len(model.agents) == 0
    assert same(model.ledger(), ran(short, 8).ledger())


@situation(
    "the model and its calendar",
    "mesa/mesa#2393",
    "emptied the set of all agents to start a new generation: they were still there",
    "remove_all_agents leaves the province, which goes on",
)
def test_removing_all_agents_leaves_the_province(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    Walker(model)
    model.run_for(DAYS // 2)
    model.remove_all_agents()
    model.run_for(DAYS // 2)
    assert len(model.agents) == 0 and len(model.residents) > 1000
    assert same(model.ledger(), ran(short).ledger())


@situation(
    "the model and its calendar",
    "mesa/mesa#3035",
    "collected lists of agents: what was collected earlier changed with them",
    "a ledger is of its day and stays so",
)
def test_a_ledger_does_not_go_on_with_the_model(short: pp.Scenario) -> None:
    model = ran(short)
    collector = mesa.DataCollector(model_reporters={"counts": lambda each: each.ledger().counts})
    collector.collect(model)
    then = collector.model_vars["counts"][0].sum()
    model.run_for(DAYS)
    assert collector.model_vars["counts"][0].sum() == then < model.ledger().counts.sum()
    model.ledger().counts[:] = 0  # and a reader's own changes do not reach the model
    assert model.ledger().counts.sum() > then


@situation(
    "the model and its calendar",
    "mesa/mesa#2373",
    "a deep copy of a model, to keep its state: recursion without end",
    "a copy goes on by itself, to the byte like the model",
)
@situation(
    "the model and its calendar",
    "mesa/mesa#3205",
    "could not pickle a model that had events on its list",
    "a pickled model comes back and goes on where it was",
)
@pytest.mark.parametrize("way", ["copy", "pickle"])
def test_a_copy_of_a_model_goes_on_like_it(short: pp.Scenario, way: str) -> None:
    model = ran(short)
    twin = copy.deepcopy(model) if way == "copy" else pickle.loads(pickle.dumps(model))
    twin.run_for(DAYS)
    assert twin.today == twin.steps == 2 * DAYS and model.today == DAYS
    whole = ran(short, 2 * DAYS)
    assert same(twin.ledger(), whole.ledger()) and same(model.ledger(), ran(short).ledger())
    assert list(twin.disputes.get("stage")) == list(whole.disputes.get("stage"))
    assert len(twin.disputes) > len(model.disputes)


@situation(
    "the model and its calendar",
    "pywr/pywr#421",
    "each way to run until something ended differently, some in silence",
    "beyond the calendar every call says so, and the clock stays on its last day",
)
def test_every_call_beyond_the_calendar_is_refused(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    model.run_until(10_000)
    assert (model.today, model.steps, model.time) == (730, 730, 730.0)
    for call in (model.step, lambda: model.run_for(1), model.step, lambda: model.run_until(model.time + 1)):
        with pytest.raises(InputError, match="the calendar ended on 2018-12-31; there is no day to run"):
            call()
    assert (model.today, model.steps, model.time) == (730, 730, 730.0)


@situation(
    "the model and its calendar",
    "NatLabRockies/OpenStudio#745",
    "a leap year lost its 29 February and had one day more at its end",
    "2016 has 366 days and its February 29",
)
@situation(
    "the model and its calendar",
    "starsimhub/starsim#798",
    "all months were a twelfth of a year: half a year was 182.6 days",
    "months have the days of the calendar",
)
def test_a_leap_year_has_its_day(short: pp.Scenario) -> None:
    calendar = Calendar("2016-01-01", "2016-12-31", reform="2016-03-01", measures="2016-01-01")
    assert calendar.days == 366 and calendar.day("reform") == 60
    model = GovernanceModel(short.vary({"calendar": vars(calendar)}), seed=1)
    assert np.bincount(model._month_of_day).tolist() == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    raised = []
    for days in (59, 1, 1):  # the 59th day of the year is 28 February
        model.run_for(days)
        raised.append(model.ledger().counts[:, 1].sum())
    assert raised[0] < raised[1] == raised[2]


@situation(
    "the model and its calendar",
    "lisphilar/covid19-sir#96",
    "the last date simulated was not the last that was asked for",
    "the last month of the calendar is whole",
)
def test_the_last_day_is_simulated(short: pp.Scenario) -> None:
    model = ran(short, short.calendar.days - 1)
    before = model.ledger()
    model.run_for(1)
    after = model.ledger()
    assert [str(after.months[0]), str(after.months[-1]), len(after.months)] == ["2017-01", "2018-12", 24]
    changed = (after.counts != before.counts).any(axis=(0, 2, 3))
    assert changed.tolist() == [False] * 23 + [True]


@situation(
    "the model and its calendar",
    "jofmi/agentpy#33",
    "a run had ended and could not go on for some more steps",
    "a longer calendar has more months after the same first ones",
)
def test_a_longer_calendar_begins_like_the_shorter_one(short: pp.Scenario) -> None:
    longer = short.vary({"calendar.end": "2019-12-31"})
    ledgers = [ran(each, each.calendar.days).ledger() for each in (short, longer)]
    assert [len(ledger.months) for ledger in ledgers] == [24, 36]
    assert ledgers[0].counts.tobytes() == np.ascontiguousarray(ledgers[1].counts[:, :24]).tobytes()


class Watched(GovernanceModel):
    """A model as Mesa's users write them: it collects at the end of its step."""

    def __init__(self, scenario: pp.Scenario, seed: int = 1) -> None:
        super().__init__(scenario, seed)
        self.datacollector = mesa.DataCollector(model_reporters={"raised": lambda each: each.ledger().total("raised")})

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


@situation(
    "the model and its calendar",
    "mesa/mesa#3270",
    "ran a model by run_for instead of a loop over its steps",
    "a step of one's own is taken every day, by run_for as by a loop",
)
def test_run_for_takes_a_step_of_ones_own(short: pp.Scenario) -> None:
    once, looped = Watched(short), Watched(short)
    once.run_for(7)
    for _ in range(7):
        looped.step()
    tables = [each.datacollector.get_model_vars_dataframe() for each in (once, looped)]
    assert len(tables[0]) == 7 and tables[0].equals(tables[1])
    assert same(once.ledger(), ran(short, 7).ledger())


@situation(
    "many runs at once",
    "mesa/mesa#1060",
    "wanted a batch of Mesa's with seeds, to have it again",
    "Mesa's batch_run takes the model with its seeds, each the run that it is alone",
)
def test_mesas_batches_run_the_model(short: pp.Scenario) -> None:
    rows = batch_run(Watched, {"scenario": [short]}, rng=[1, 2], max_steps=30, display_progress=False)
    assert [(row["seed"], row["Step"], row["raised"]) for row in rows] == [
        (seed, 30, ran(short, 30, seed).ledger().total("raised")) for seed in (1, 2)
    ]


@situation(
    "the model and its calendar",
    "mesa/mesa#652",
    "did not know how to end a simulation that runs while it is running",
    "running becomes false with the last day, and run_model returns",
)
def test_the_model_runs_while_it_is_running(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    model.run_for(365)
    snapshot = model.snapshot()
    model.run_model()
    assert (model.running, model.today, model.time) == (False, 730, 730.0)
    ended = model.ledger()
    model.branch(snapshot, short)
    assert model.running
    model.run_for(365)
    assert same(model.ledger(), ended) and not model.running


@situation(
    "the model and its calendar",
    "NeuralEnsemble/PyNN#124",
    "ran in small pieces, whose sums were not the times that were meant",
    "parts of days add up to days, and run_until ends on the day",
)
def test_parts_of_days_add_up(short: pp.Scenario) -> None:
    model = GovernanceModel(short, seed=1)
    for _ in range(10):
        model.run_for(0.1)
    assert model.today == 0 and 0.99 < model.time < 1  # ten tenths are a little less
    model.run_until(1)
    for _ in range(6):
        model.run_for(0.5)
    assert (model.today, model.time) == (4, 4.0)
    model.run_for(1.5)
    model.run_for(10)
    model.run_until(16)
    assert (model.today, model.steps, model.time) == (16, 16, 16.0)
    assert same(model.ledger(), ran(short, 16).ledger())
