"""Runs of the nation: parts add up, are kept, and are named when they fail."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.configuration.schema import ExecutorChoice
from experiments.runs.execute import Parts, carry_out
from experiments.runs.nation import Chain, Nation, batches_of_parts, nation_of, part_bytes, parts_of, summed_to_one_row
from experiments.runs.record import RunRecord
from experiments.runs.run import Outcome, Run, runs_of
from petition_pyramid import scenario
from sim.errors import InputError
from sim.ledger import Ledger, event
from sim.model import run
from sim.scenario import ProvinceChoice, Scenario

SHORT = (
    "calendar.start=2018-01-01",
    "calendar.measures=2018-01-01",
    "calendar.reform=2018-12-01",
    "calendar.end=2018-12-31",
)


@pytest.fixture(scope="module")
def nation() -> Scenario:
    return scenario("province=china", "places=[54,64]", "after=whistle", *SHORT)


@pytest.fixture(scope="module")
def ledgers(nation: Scenario) -> dict[int, Ledger]:
    return {
        code: run(replace(nation, province=ProvinceChoice(slug)), 1) for code, slug in ((54, "tibet"), (64, "ningxia"))
    }


def finished(runs: list[Run], parts: Parts | None = None, workers: int = 2) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}

    def keep(run: Run, outcome: Outcome) -> None:
        outcomes[run.key] = outcome

    carry_out(runs, ExecutorChoice(workers=workers), keep, progress=False, parts=parts)
    return outcomes


def test_a_province_is_summed_to_one_row(ledgers: dict[int, Ledger]) -> None:
    ledger = ledgers[54]
    row = summed_to_one_row(ledger, 54)
    assert row.city_codes.tolist() == row.county_codes.tolist() == [54]
    assert row.county_population.tolist() == [3_648_100]
    assert (row.counts[0] == ledger.counts.sum(axis=0)).all() and row.counts.dtype == ledger.counts.dtype
    assert row.cost.sum() == pytest.approx(ledger.cost.sum())
    assert row.city_tier.tolist() == row.county_tier.tolist() == [True]
    weights = ledger.county_population / ledger.county_population.sum()
    assert row.trust[0] == pytest.approx((ledger.trust * weights[:, None, None]).sum(axis=0))


def test_governments_of_a_province_are_those_of_cities_that_have_one(ledgers: dict[int, Ledger]) -> None:
    ledger = ledgers[54]
    years = np.arange(ledger.government.size, dtype=float).reshape(ledger.government.shape)
    tiers = np.arange(len(ledger.city_codes)) < 2
    row = summed_to_one_row(replace(ledger, government=years, city_tier=tiers), 54)
    assert row.government == pytest.approx(years[:2].mean(axis=0, keepdims=True))
    none = summed_to_one_row(replace(ledger, government=years, city_tier=np.zeros_like(tiers)), 54)
    assert not none.city_tier.any()


def test_the_nation_has_a_row_a_province_in_the_order_of_codes(nation: Scenario, ledgers: dict[int, Ledger]) -> None:
    of = {slug: replace(nation, province=ProvinceChoice(slug)) for slug in ("tibet", "ningxia")}
    parts = [part_bytes(ledgers[64], of["ningxia"]), part_bytes(ledgers[54], of["tibet"])]
    together = nation_of(parts)
    assert together.city_codes.tolist() == [54, 64] and together.county_city.tolist() == [0, 1]
    assert together.residents == 3_648_100 + 7_202_654
    assert together.counts.shape[0] == 2
    for name in ("presented_visit_nation", "registered_visit_nation", "raised"):
        assert together.total(name) == sum(ledger.total(name) for ledger in ledgers.values())
    assert (together.counts[1] == ledgers[64].counts.sum(axis=0)).all()
    assert together.counts[..., event("raised")].sum() > 0


def test_a_damaged_part_is_told() -> None:
    with pytest.raises(ValueError, match="not the part of a run"):
        nation_of([b"PK\x03\x04"])


def test_a_run_of_the_nation_is_the_same_with_any_number_of_workers(nation: Scenario) -> None:
    runs = runs_of(nation, [1])
    one, two = finished(runs, workers=1), finished(runs, workers=2)
    assert one[runs[0].key].record == two[runs[0].key].record
    record = RunRecord.from_bytes(one[runs[0].key].record or b"")
    assert {"durable_resolution@54", "durable_resolution@64"} <= set(record.after)


def test_parts_that_are_kept_are_not_run_again(nation: Scenario) -> None:
    runs, parts = runs_of(nation, [1]), Parts()
    first = finished(runs, parts)
    asked: list[str] = []

    class Watched(Parts):
        def read(self, key: str) -> bytes | None:
            return parts.read(key)

        def keep(self, run: Run, outcome: Outcome) -> None:
            asked.append(run.scenario.province.source)

    again = finished(runs, Watched())
    assert asked == []
    assert again[runs[0].key].record == first[runs[0].key].record


def test_parts_are_runs_of_provinces_the_most_populous_first(nation: Scenario) -> None:
    (whole,) = runs_of(nation, [1])
    parts = parts_of(whole)
    assert [part.scenario.province.source for part in parts] == ["ningxia", "tibet"]
    assert {part.seed for part in parts} == {1}
    alone = runs_of(replace(nation, province=ProvinceChoice("tibet")), [1])[0]
    assert alone.key not in {part.key for part in parts}
    (everything,) = runs_of(replace(nation, province=ProvinceChoice("china")), [1])
    assert len(parts_of(everything)) == 31


def test_on_one_machine_one_province_at_a_time_has_all_workers(nation: Scenario) -> None:
    parts = parts_of(runs_of(nation, [1])[0])
    (chain,) = batches_of_parts(parts, 2, together=True)
    assert isinstance(chain, Chain) and [batch.threads for batch in chain.batches] == [2, 2]
    apart = batches_of_parts(parts, 2, together=False)
    assert [batch.threads for batch in apart if not isinstance(batch, Chain)] == [1, 1]
    left = chain.without({parts[0].key})
    assert left is not None and [run.key for batch in left.batches for run in batch.runs] == [parts[1].key]
    assert chain.without({part.key for part in parts}) is None


def test_a_part_that_fails_is_named_by_its_province(nation: Scenario) -> None:
    runs = runs_of(nation, [1])
    found = Nation(runs, lambda key: None)
    tibet, ningxia = sorted(found.left, key=lambda part: part.scenario.province.source, reverse=True)
    assert found.add(Outcome(ningxia.key, 1.0, None, error="memory is short")) == []
    ((run, outcome),) = found.add(Outcome(tibet.key, 1.0, b"part"))
    assert run.key == runs[0].key and outcome.record is None
    assert outcome.error == "ningxia: memory is short"


def test_what_makes_something_else_of_a_ledger_needs_a_province(nation: Scenario) -> None:
    with pytest.raises(InputError, match="province=china: this command needs a province"):
        carry_out(runs_of(nation, [1]), ExecutorChoice(), lambda *_: None, record=lambda *_: b"")


@pytest.mark.parametrize("place", ["Tibet", "西藏", "xizang", 54, "54"])
def test_provinces_of_the_nation_go_by_every_name(place: int | str) -> None:
    assert ProvinceChoice("中国", [place]) == ProvinceChoice("china", [54])


def test_a_place_that_is_no_province_is_refused() -> None:
    with pytest.raises(InputError, match="places 'Gansou': province=china is made of provinces; did you mean gansu"):
        scenario("province=china", "places=[Gansou]")
    with pytest.raises(InputError, match="places 6201: province=china is made of provinces"):
        runs = runs_of(Scenario(province=ProvinceChoice("china", [6201])), [1])
        parts_of(runs[0])
