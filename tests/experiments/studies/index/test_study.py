"""``pyramid index``: cities × months, colours, true beside recorded, data for a report, and bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy.special import xlogy

from experiments.cli.main import main
from experiments.configuration.command import Invocation
from experiments.configuration.compose import compose
from experiments.configuration.schema import validate
from experiments.report.text import Words
from experiments.studies.index.result import IndexResult, record_index
from experiments.studies.index.schema import IndexConfig
from experiments.studies.index.study import plan
from experiments.studies.index.study import run as carry_out
from experiments.studies.index.text import shortened, tables
from experiments.studies.study import Runner
from petition_pyramid import scenario
from sim.measures import MEASURES
from sim.measures.index_reader import read_index
from sim.model import run
from sim.province import load_province

OWN = """\
# My own index.
name: own
name_en: My own index
name_zh: 自己的指数
counts: [2, 3]
months: 12
colours: {high: 60, low: 0}
indicators:
  settled:
    name_en: settled
    name_zh: 化解
    weight: 3
    indicators:
      resolved: {name_en: resolved, name_zh: 化解率, measure: durable_resolution, worst: 0.2, best: 0.9}
      given_up: {name_en: given up, name_zh: 放弃, measure: gave_up_share, worst: 0.4, best: 0}
  prompt:
    name_en: prompt
    name_zh: 及时
    indicators:
      doors: {name_en: doors, name_zh: 门数, measure: doors_per_case, worst: 3, best: 1}
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """``--config-dir`` with an index of a user's own."""
    (tmp_path / "configs" / "index").mkdir(parents=True)
    (tmp_path / "configs" / "index" / "own.yaml").write_text(OWN, "utf-8")
    return f"--config-dir={tmp_path / 'configs'}"


def small_result(short: tuple[str, ...], seeds: tuple[int, ...] = (3,)) -> IndexResult:
    """The result of the index above, made by hand from runs of the model."""
    chosen = scenario(*short, "after=whistle")
    index = read_index(yaml.safe_load(OWN), MEASURES)
    records = {seed: record_index(run(chosen, seed), chosen, index) for seed in seeds}
    return IndexResult.of(index, chosen, records, load_province("tiny"))


def test_the_shipped_index_by_city_and_month(capsys, short):
    assert main(["index", *short, "seed=3", "output=full"]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[0] == (
        "The index is illustrative: its indicators, weights, limits and colours are assumptions, and it ranks no city."
    )
    assert (
        "Ping'an index (illustrative), 0 to 100 (g green from 75, b blue from 65, o orange from 55, r red from 0)"
        in lines
    )
    names = list(load_province("tiny").city_names_en)
    for year in ("2017", "2018"):
        header = next(number for number, line in enumerate(lines) if line.startswith(f"{year} "))
        assert lines[header].split() == [year, *(f"{month:02d}" for month in range(1, 13))]
        assert [lines[header + 2 + row].split()[0] for row in range(2)] == names  # the table's order, not by score
        cells = lines[header + 2].split()[1:]
        assert len(cells) == 12 and all(0 < float(cell[:-1]) < 100 and cell[-1] in "gbor" for cell in cells)
    assert "Durable settlement per case closed  Recorded success per case closed  Petitions presented" in out
    assert not any(line.startswith(tuple(names)) for line in lines[:6])


def test_tables_are_in_one_language(capsys, short):
    assert main(["index", *short, "seed=3", "output=full", "language=zh"]) == 0
    out = capsys.readouterr().out
    assert "平安指数（示意），0至100（绿：75起、蓝：65起、橙：55起、红：0起）" in out
    assert "办结案件的稳定化解率  办结案件的台账成功率" in out and "仅一次重复（种子3）：没有区间。" in out
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(out.replace("behaviour=gansu_ensemble", ""))
    assert main(["index", *short, "seed=3", "output=table"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-4].startswith("12 months to 2018-12  Index  Durable settlement") and "2017 " not in out


def test_json_is_what_the_ledger_gives(capsys, short, own):
    assert main(["index", own, "index=own", *short, "after=whistle", "seed=3", "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["seeds"] == [3] and document["failed"] == []
    assert document["illustrative"]["en"].startswith("Illustrative") and "示意" in document["illustrative"]["zh"]
    assert document["index"]["counts"] == [2, 3] and document["index"]["colours"] == {"high": 60, "low": 0}
    described = {each["name"]: each for each in document["index"]["indicators"]}
    assert described["settled"]["weight"] == 0.75 and described["resolved"]["weight"] == 0.375
    assert (described["doors"]["measure"], described["doors"]["unit"]) == ("doors_per_case", "doors")
    assert document["months"] == [f"{year}-{month:02d}" for year in (2017, 2018) for month in range(1, 13)]
    ledger = run(scenario(*short, "after=whistle"), 3)
    for row, city in enumerate(document["cities"]):
        assert city["code"] == ledger.city_codes[row]
        place = ledger.of_counties(ledger.county_city == row).window("2018-01", "2018-12")
        resolved = (MEASURES["durable_resolution"].value(place, place) - 0.2) / 0.7
        given_up = (0.4 - MEASURES["gave_up_share"].value(place, place)) / 0.4
        doors = min(1.0, (3 - MEASURES["doors_per_case"].value(place, place)) / 2)  # who is led passes none
        settled = 100 * (resolved + given_up) / 2
        assert city["first_level"]["settled"]["mean"] == pytest.approx(settled)
        assert city["first_level"]["prompt"]["mean"] == pytest.approx(100 * doors)
        last = city["index"][-1]
        assert last["mean"] == pytest.approx((3 * settled + 100 * doors) / 4)
        assert last["colour"] == ("high" if last["mean"] >= 60 else "low")
        assert len(city["index"]) == 24
        for name in ("durable_success", "recorded_success", "presented_total", "petitions_total"):
            assert city["true_and_recorded"][name]["mean"] == MEASURES[name].value(place, place)


def test_replicates_are_averaged_and_have_intervals(capsys, short, own):
    result = small_result(short, (3, 4))
    both = result.scores["own"][:, 1, 23]
    assert both[0] != both[1]
    estimate = result.score("own", 1, 23)
    assert estimate.mean == pytest.approx(both.mean()) and estimate.low < both.mean() < estimate.high
    command = ["index", own, "index=own", *short, "after=whistle", "seed=3", "replicates=2", "output=full"]
    assert main(command) == 0
    out = capsys.readouterr().out
    assert out.endswith(f"\n\n{tables(result, Words('en'))}\n".replace("\xa0", " "))
    assert out.endswith("Means of 2 replicates with 95 % t intervals.\n")


def test_an_ensemble_gives_every_seed_its_behaviour(capsys, short, own, tmp_path):
    (tmp_path / "people.csv").write_text("patience\n10\n40\n")
    command = ["index", own, "index=own", *short, "output=json"]
    assert main([*command, f"ensemble={tmp_path / 'people.csv'}", "replicates=2"]) == 0
    both = json.loads(capsys.readouterr().out)
    assert both["ensemble"]["members"] == 2 and both["answer"]["bases"]["behaviours"]["members"] == 2
    alone = []
    for seed, days in enumerate((10, 40)):
        assert main([*command, f"behaviour.patience={days}", f"seed={seed}"]) == 0
        alone.append(json.loads(capsys.readouterr().out)["cities"][0]["index"][-1]["mean"])
    found = both["cities"][0]["index"][-1]
    low, high = sorted(alone)
    assert low < high and found["mean"] == pytest.approx((low + high) / 2)  # the median of two
    assert found["low"] == pytest.approx(low + 0.025 * (high - low))
    assert found["high"] == pytest.approx(high - 0.025 * (high - low))


@pytest.mark.long
def test_the_result_never_depends_on_the_executor(short, own):
    values = compose("index", [own, "index=own", *short, "after=whistle", "seed=3", "executor=processes"])
    config = validate(IndexConfig, values)
    scored = carry_out(plan(config, Invocation("index")), Runner(config.executor, progress=False))
    result, errors = scored.result, scored.failures
    assert errors == []
    assert np.array_equal(result.values, small_result(short).values, equal_nan=True)


def test_the_data_for_a_report_are_written(capsys, short, own, tmp_path):
    folder = tmp_path / "data"
    command = ["index", own, "index=own", *short, "after=whistle", "seed=3", f"export={folder}"]
    assert main([*command, "output=json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {"answer": printed["answer"], **json.loads((folder / "index.json").read_text("utf-8"))} == printed
    frame = pd.read_parquet(folder / "index.parquet")
    assert [*frame] == ["seed", "city", "month", "indicator", "level", "score", "value"]
    assert len(frame) == 2 * 24 * (1 + 2 + 3)
    result = small_result(short)
    cell = frame[(frame["city"] == result.cities[1][0]) & (frame["indicator"] == "doors")].sort_values("month").iloc[23]
    assert (cell["seed"], cell["level"], str(cell["month"])) == (3, 2, "2018-12-01")
    assert cell["value"] == result.values[0, 1, 23, 2] and cell["score"] == result.scores["doors"][0, 1, 23]
    assert set(frame[frame["level"] == 0]["indicator"]) == {"own"}
    assert frame[frame["level"] == 1]["value"].isna().all()
    before = (folder / "index.parquet").read_bytes()
    assert main(command) == 0
    assert (folder / "index.parquet").read_bytes() == before


def test_weights_that_wait_for_units_are_taken_from_the_run(short):
    plain = small_result(short)
    values = yaml.safe_load(OWN)
    values["indicators"]["settled"]["entropy"] = True
    index = read_index(values, MEASURES)
    record = record_index(run(plain.scenario, 3), plain.scenario, index)
    weighed = IndexResult.of(index, plain.scenario, {3: record}, load_province("tiny"))
    shares = weighed.index.root.children[0].shares
    scores = np.stack([plain.scores[name].ravel() for name in ("resolved", "given_up")], axis=-1)
    share = scores / scores.sum(axis=0)
    divergence = 1 + xlogy(share, share).sum(axis=0) / np.log(len(share))
    assert shares == pytest.approx(divergence / divergence.sum())


def test_a_weight_of_the_tree_can_be_set_on_the_command_line(capsys, short, own):
    command = ["index", own, "index=own", *short, "output=json", "index.indicators.settled.weight=0"]
    assert main(command) == 0
    for city in json.loads(capsys.readouterr().out)["cities"]:
        assert city["index"][-1]["mean"] == pytest.approx(city["first_level"]["prompt"]["mean"])


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["index=pingn"], "index=pingn: there is no such index; did you mean pingan?"),
        (["index=own", "index.indicators.settled.weight=-1"],
         "index own: weight of settled is -1; it must be 0 or more"),
        (["index=own", "index.counts=[9,32,106]"],
         "index own: counts=[9, 32, 106] is not what the tree has, level by level: [2, 3]"),
        (["index=own", "index.indicators.prompt.indicators.doors.measure=petitions_total"],
         "index own, prompt.doors: petitions_total is neither better high nor better low, so it cannot score: "
         "few petitions, say, do not mean content people"),
        (["index=own", "replicates=0"], "replicates=0 is not allowed: it must be a whole number from 1 to 100,000"),
        (["index=own", "places=[9999]"], None),
        (["index=own", "-m", "seed=1,2"], "pyramid index has no multirun (-m)"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_before_anything_runs(capsys, short, own, monkeypatch, tmp_path, arguments, line):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.studies.index.study.carry_out", lambda *_, **__: pytest.fail("nothing must run"))
    assert main(["index", own, *short, *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (said,) = err.splitlines()
    assert said.startswith(f"pyramid: {line}" if line else "pyramid: ") and (line or "9999" in said)


def test_a_folder_that_cannot_be_written_is_one_message(capsys, short, own, tmp_path):
    (tmp_path / "file").write_text("")
    assert main(["index", own, "index=own", *short, f"export={tmp_path / 'file' / 'data'}"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"pyramid: cannot write {tmp_path / 'file'}")


def test_short_names_of_colours():
    assert shortened(["green", "blue", "orange", "red"]) == {"green": "g", "blue": "b", "orange": "o", "red": "r"}
    assert shortened(["green", "grey", "g"]) == {"green": "gree", "grey": "grey", "g": "g"}
    assert shortened(["low"]) == {"low": "l"}
