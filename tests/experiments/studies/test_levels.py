"""Where a level of government is missing no study gives a ratio: words stand there, and what needs one is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from experiments.cli.main import main
from experiments.patterns.reported import REPORTS
from experiments.report.kinds import open_results
from experiments.report.write import write_report
from sim.errors import InputError
from sim.province import folder_of
from tests.tiers import province_without

WEST = ("province=tiny", "places=[9102]")
"""A city without a county tier."""

RATIO = re.compile(r"1\s:\s[\d–.,]+\s:\s[\d–.,]+")


@pytest.fixture
def direct(tmp_path: Path) -> tuple[str, ...]:
    """Counties directly under the province."""
    source = province_without(tmp_path / "direct", city_tier=[9101])
    return f"province={source}", "places=[9101]"


@pytest.fixture
def reported(tmp_path: Path) -> tuple[str, ...]:
    """A city without a county tier in a province of which ratios are reported."""
    source = province_without(tmp_path / "reported")
    shutil.copy(folder_of("gansu") / REPORTS, source)
    return f"province={source}", "places=[9102]"


def ratios_in(text: str) -> set[str]:
    """Every ratio of three levels in a text but the usual target."""
    return set(RATIO.findall(text.replace("\xa0", " "))) - {"1 : 2 : 3"}


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ("sweep|study.rank_by=ratio_county_to_province", "study.rank_by=ratio_county_to_province"),
        ("sweep|precision=0.1|of=petitions_county", "of=petitions_county"),
        ("compare|study=four_roads|study.aim=ratio", "study.aim=ratio"),
        ("compare|study=four_roads|study.target=[1,3,5]", "study.target=[1,3,5]"),
        ("optimise|study=cheapest_to_1_2_3", "study.objectives: distance_to_target"),
        (
            "optimise|study=cheapest_to_1_2_3|~study.objectives.distance_to_target",
            "study.constraints: distance_to_target",
        ),
        ("robustness|study=whichever_future", "study.thresholds: distance_to_target"),
    ],
)
def test_what_needs_a_missing_level_is_refused_before_anything_runs(
    arguments: str, what: str, results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *others = arguments.split("|")
    factors = ["study.factors={after:[status_quo,whistle]}"] if command == "sweep" else []
    assert main([command, *others, *factors, *WEST, f"results={results}"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"pyramid: {what}")
    assert "province=tiny places=[9102] does not have (no county level); " in said
    assert said.count("\n") == 1
    assert not results.exists()


def test_a_reported_ratio_cannot_be_checked_where_a_level_is_missing(
    reported: tuple[str, ...], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = (
        "study.fitted={grievances: {figure: mediations, tolerance: 1}}",
        "study.checks={county_before: {high: 1.05}}",
    )
    assert main(["calibrate", *study, *reported, f"results={results}"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("pyramid: study: county_before")
    assert f"{' '.join(reported)} does not have (no county level); " in said
    assert said.count("\n") == 1
    assert not results.exists()


def simulated(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert (
        main(["simulate", *arguments, "replicates=1", "calendar.start=2018-01-01", "calendar.measures=2018-01-01"]) == 0
    )
    return capsys.readouterr().out


def test_a_simulation_says_which_level_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(simulated(capsys, *WEST, "output=json"))
    measures: dict[str, Any] = document["measures"]
    after = {name: measures[name]["after"]["mean"] for name in measures}
    assert (
        after["ratio_city_to_province"] == pytest.approx(after["petitions_city"] / after["petitions_province"])
        and after["petitions_city"] > 0
    )
    for name in ("ratio_county_to_province", "distance_to_target", "visits_distance_to_target", "ilr_1", "ilr_2"):
        assert measures[name]["before"]["mean"] is measures[name]["effect"]["mean"] is after[name] is None
    table = simulated(capsys, *WEST, "output=full")
    assert ratios_in(table) == set()
    assert "No county level: 1 : 2 : 3 has no meaning here." in table.replace("\xa0", " ")
    rows = {line.split()[0]: line for line in table.splitlines() if line}
    city = f"{after['ratio_city_to_province']:.2f}"
    assert f" {city} " in rows["ratio_city_to_province"] + " "
    for name in ("ratio_county_to_province", "distance_to_target", "petitions_county", "ilr_2"):
        assert rows[name].count("no county level") == 3  # before, after, had the policy before been kept
    chinese = simulated(capsys, *WEST, "output=table", "language=zh")
    assert "不设县级，1 : 2 : 3在此无意义。" in chinese.replace("\xa0", " ")
    assert chinese.count("不设县级 ") > 9


def test_counties_under_the_province_have_no_ratio_to_a_city(
    direct: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    measures = json.loads(simulated(capsys, *direct, "output=json"))["measures"]
    after = {name: measures[name]["after"]["mean"] for name in measures}
    assert after["ratio_county_to_province"] == pytest.approx(after["petitions_county"] / after["petitions_province"])
    assert after["ratio_city_to_province"] is after["distance_to_target"] is after["effort"] is None
    assert after["petitions_city"] == 0
    table = simulated(capsys, *direct, "output=table")
    assert "No city level: 1 : 2 : 3 has no meaning here." in table.replace("\xa0", " ")
    rows = {line.split()[0]: line for line in table.splitlines() if line}
    assert rows["effort"].count("no city level") == 3
    assert main(["index", *direct, "replicates=1"]) == 0  # what is counted of city governments has no value


@pytest.mark.long
def test_a_comparison_draws_no_ratio_and_says_why(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policies = "study.policies=[status_quo,gansu_2019]"
    common = (*WEST, f"results={results}", "study.name=west", policies, "replicates=2", "behaviour=default")
    assert main(["compare", *common, "output=full"]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    assert ratios_in(said) == set()
    assert said.count("No county level: 1 : 2 : 3 has no meaning here.") == 2  # with the answer, and below the table
    county = next(line for line in said.splitlines() if line.startswith("County : province"))
    assert "no county level" in county
    assert main(["compare", *common, "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ratio"]["worlds"] == {"status_quo": None, "gansu_2019": None}
    kept = open_results(results / "west" / "latest")
    assert kept.study["missing_levels"] == ["county"]
    folder = kept.path / "report"
    drawn = {path.name.split(".")[0] for path in (folder / "figures").iterdir()}
    assert "pyramid" in drawn and not drawn & {"ratios", "ternary", "together"}
    for language, sentence in (
        ("en", "No county level: 1 : 2 : 3 has no meaning here."),
        ("zh", "不设县级，1 : 2 : 3在此无意义。"),
    ):
        page = (folder / f"report.{language}.html").read_text("utf-8").replace("\xa0", " ")
        assert page.count(sentence) == 2  # on page one, and where the figures of the ratio would be
        assert ratios_in(re.sub("<svg.*?</svg>", "", page, flags=re.DOTALL)) == set()
    with pytest.raises(
        InputError, match=r"figure='ternary' cannot be drawn: .* lacks what it needs \(no county level\)"
    ):
        write_report(kept, "en", ["ternary"])


@pytest.mark.long
def test_a_sweep_says_which_level_is_missing(
    direct: tuple[str, ...], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("study.factors={after:[status_quo,whistle]}", "replicates=2", f"results={results}", "output=full")
    assert main(["sweep", *arguments, *direct]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    rows = [line for line in said.splitlines() if re.match(r"[12]  ", line)]
    assert [line.count("no city level") for line in rows] == [2, 2]  # petitions at the city, and their ratio
    page = next(results.glob("sweep/*/report/report.en.html")).read_text("utf-8").replace("\xa0", " ")
    assert "No city level: 1 : 2 : 3 has no meaning here." in page
    assert ratios_in(re.sub("<svg.*?</svg>", "", page, flags=re.DOTALL)) == set()


def test_patterns_of_a_ratio_are_left_open_where_a_level_is_missing(
    reported: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["patterns", *reported, "replicates=2", "output=full"]) == 0
    said = capsys.readouterr().out.replace("\xa0", " ")
    rows = {
        each: line for line in said.splitlines() if line.startswith("P2") for each in [line.count("no county level")]
    }
    assert set(rows) == {0, 1}  # the city's ratio is a number, the county's and the distance are not
    assert "No county level: 1 : 2 : 3 has no meaning here." in said
    assert main(["patterns", *reported, "replicates=1", "output=json"]) == 0
    found = {each["name"]: each for each in json.loads(capsys.readouterr().out)["patterns"]}
    for name in ("county_before", "county_after", "distance_after", "county_late", "distance_late"):
        assert found[name]["met"] is None
        assert found[name]["residual"] is found[name]["simulated"]["mean"] is None
    assert found["city_after"]["simulated"]["mean"] > 0


@pytest.mark.long
def test_a_sensitivity_analysis_says_why_a_measure_has_no_index(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = ("study.uncertainties=[patience]", "study.size=4", "study.method=morris")
    measures = "study.measures=[durable_resolution,distance_to_target]"
    assert main(["sensitivity", *study, measures, *WEST, f"results={results}", "output=full"]) == 0
    assert "Distance of the ratio to the target (Aitchison distance): no county level\n" in capsys.readouterr().out
