"""What the report of an attribution says: five made-up groups, of which two do part of one another's work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report.attribution.answer import answer
from experiments.report.attribution.evidence import AttributionEvidence
from experiments.report.attribution.page import setting, tables
from experiments.report.attribution.tables import shared_text, value_text
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import Words
from sim.errors import InputError
from tests.experiments.report.made_up.attributions import GAINS, OVERLAP, attribution, control


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    return AttributionEvidence(attribution(tmp_path_factory.mktemp("attribution") / "made_up"))


def with_tables(evidence, **frames):
    return AttributionEvidence(replace(evidence.results, tables={**evidence.tables, **frames}))


def test_each_group_has_what_it_adds_less_half_of_the_overlap(evidence):
    found = evidence.found
    for year, built in ((1, 1 / 3), (3, 1)):
        for group, gain in GAINS.items():
            row = found.parts[group, year, "durable_resolution"]
            assert row["difference"] == pytest.approx(built * (gain - OVERLAP / 2), abs=0.0004)
            assert row["low"] < row["difference"] < row["high"] and row["pairs"] == 6
        whole = found.whole[year, "durable_resolution"]
        assert whole["difference"] == pytest.approx(built * (sum(GAINS.values()) - OVERLAP), abs=0.001)
        both = found.together["grid", "centres", year, "durable_resolution"]
        assert both["difference"] == pytest.approx(-built * OVERLAP, abs=0.0005)
    assert found.parts["registers", 3, "petitions_per_1000"]["difference"] == pytest.approx(2, abs=0.01)
    assert found.parts["rules", 3, "petitions_per_1000"]["difference"] == pytest.approx(-0.4, abs=0.01)


def test_parts_add_up_to_the_whole(evidence):
    found = evidence.found
    for key, whole in found.whole.items():
        parts = sum(row["difference"] for (_, *rest), row in found.parts.items() if tuple(rest) == key)
        assert parts == pytest.approx(whole["difference"], rel=1e-9, abs=1e-12)
        assert whole["after"] - whole["before"] == pytest.approx(whole["difference"])


def test_nothing_below_the_smallest_effect_of_interest_is_told(evidence):
    found = evidence.found
    verdicts = {group: found.parts[group, 3, "durable_resolution"]["verdict"] for group in evidence.settings.groups}
    assert verdicts == {"grid": "up", "centres": "up", "platform": "little", "rules": "little", "registers": "little"}
    assert found.parts["centres", 1, "durable_resolution"]["verdict"] == "little"  # 0.47 points, below 0.5
    assert found.whole[3, "durable_resolution"]["smallest"] == 0.005
    assert found.whole[3, "petitions_per_1000"]["smallest"] == pytest.approx(0.02 * 4.9, abs=0.002)
    assert {row["verdict"] for (*_, measure), row in found.parts.items() if measure == "satisfaction_surveyed"} == {
        "little"
    }


def test_the_answer_tells_the_whole_first_then_groups_by_size(evidence):
    found = answer_of(parts_of("attribution"), evidence, Words("en"))
    text = [line.replace("\u00a0", " ") for line in found.text]
    assert text == [
        "From the policy before the reform to the one after it, durable settlement per grievance goes from 59.5 % to "
        "60.8 % in the first year (+1.25 [+1.18 to +1.31] points) and from 59.5 % to 63.3 % in the third year "
        "(+3.78 [+3.72 to +3.84] points).",
        "What each group of levers brings of that in the first year and the third year: grid +0.80 points / +2.40 "
        "points; centres and staff none told / +1.40 points. Not told to bring more than the smallest effect of "
        "interest: platform and norms, petition rules and petition registers.",
        "Two groups together bring more (+) or less (−) than each alone in the third year: grid × centres and staff "
        "−1.20 [−1.22 to −1.17] points.",
        "Other measures in the third year, each with its largest part: petitions per 1,000 a year (in "
        "batches, all channels, repeats counted) +1.59, petition registers +2.00; "
        "cost of staff and centres (yuan/year) +39,946,008, grid +39,996,091.",
    ]
    assert (found.n_of, found.of) == (2, 5)
    assert found.effect.measure == "durable_resolution" and found.effect.value == pytest.approx(0.038, abs=0.001)
    assert found.range[0] < found.effect.value < found.range[1]
    assert "no estimate of a cause in any real place" in found.caveats[0]
    assert found.caveats[1] == "Both policies set these groups alike: government services and assessment."
    chinese = answer_of(parts_of("attribution"), evidence, Words("zh")).text
    assert "网格+0.80个百分点 / +2.40个百分点；综治中心与人员无法判明 / +1.40个百分点" in chinese[1]


def test_where_no_group_and_no_two_are_told_it_says_so(evidence):
    parts = evidence.tables["parts"].assign(verdict="unclear")
    together = evidence.tables["together"].assign(verdict="little")
    found = answer(with_tables(evidence, parts=parts, together=together), Words("en"))
    assert found.text[1:] == (
        "No group of levers is told to bring more than the smallest effect of interest.",
        "In the third year no two groups are told to act on one another by more than the smallest effect of interest.",
    )
    assert found.n_of == 0


def test_a_sentence_names_four_pairs_at_most(evidence):
    together = evidence.tables["together"].assign(verdict="up")
    found = answer(with_tables(evidence, together=together), Words("en"))
    assert found.text[2].endswith("; 6 more pairs.") and found.text[2].count(" × ") == 4


def test_tables_have_a_row_a_group_and_a_column_a_measure_and_year(evidence):
    words = Words("en")
    (whole,) = tables("answer", evidence, words)
    assert [row[:2] for row in whole.rows[:2]] == [
        ["Durable settlement per grievance (%)", "the first year"],
        ["Durable settlement per grievance (%)", "the third year"],
    ]
    parts = parts_of("attribution").figures["shares"].table(evidence, words)
    assert [row[0] for row in parts.rows] == [
        "Grid", "Centres and staff", "Platform and norms", "Petition rules", "Petition registers", "Whole difference",
    ]  # fmt: skip
    assert len(parts.header) == 1 + 4 * 2
    assert parts.header[1] == "Durable settlement per grievance (points), the first year"
    (jointly,) = tables("jointly", evidence, words)
    assert len(jointly.rows) == 10 and jointly.rows[0][0] == "Grid × centres and staff"
    (differing,) = tables("differing", evidence, words)
    assert differing.rows[0] == ["Township coverage (differs by place)", "Centres and staff", "0.3", "0.3"]
    assert ["Acceptance", "Petition rules", "loose", "strict"] in differing.rows


ROW = {"difference": 0.021, "low": 0.014, "high": 0.03, "same_sign": None}


def test_an_effect_has_its_interval_and_over_behaviours_the_share_that_agrees():
    words = Words("en")
    measure = "durable_resolution"
    assert shared_text(ROW, measure, words) == "+2.10 [+1.40\u00a0to\u00a0+3.00]"
    assert shared_text({**ROW, "same_sign": 0.9}, measure, words).endswith("+3.00] (90\u00a0% alike in sign)")
    assert value_text(ROW, measure, words) == "+2.10"
    assert value_text({**ROW, "difference": None}, measure, words) == "–"


def test_over_behaviours_it_says_that_medians_need_not_add_up(evidence):
    study = {**evidence.results.study, "ensemble": {"name": "people.csv", "members": 5}}
    found = AttributionEvidence(replace(evidence.results, study=study))
    assert "medians over the sets need not" in answer(found, Words("en")).caveats[1]
    assert "medians over 5 sets of assumptions about people (people.csv)" in setting(found, Words("en"))
    caption = parts_of("attribution").caption
    assert "medians over sets of assumptions" in caption("shares", found, Words("en"))
    assert "thin lines their 95 % intervals" in caption("shares", evidence, Words("en"))
    assert "(32 worlds)" in setting(evidence, Words("en")) and "6 seeds" in setting(evidence, Words("en"))


@pytest.mark.parametrize(
    ("table", "column", "said"),
    [
        ("parts", "group", r"parts\.parquet has nothing of grid in durable_resolution, year 1"),
        ("together", "group", r"together\.parquet has nothing of grid and centres in durable_resolution, year 1"),
    ],
)
def test_results_that_lack_a_group_are_refused(evidence, table, column, said):
    frame = evidence.tables[table]
    with pytest.raises(InputError, match=said):
        with_tables(evidence, **{table: frame[frame[column] != "grid"]})


def test_results_that_lack_the_whole_are_refused(evidence):
    frame = evidence.tables["whole"]
    with pytest.raises(InputError, match=r"nothing of the whole difference in cost_total, year 1"):
        with_tables(evidence, whole=frame[frame["measure"] != "cost_total"])


@pytest.fixture(scope="module")
def over_time(tmp_path_factory):
    return AttributionEvidence(control(tmp_path_factory.mktemp("control") / "made_up"))


def test_a_change_over_time_is_told_with_shares_and_how_far_they_can_be_told(over_time):
    whole = over_time.found.whole[1, "visits_province"]
    assert whole["difference"] == pytest.approx(10 - 340, abs=10)
    shares = {group: over_time.found.parts[group, 1, "visits_province"] for group in over_time.settings.parts}
    fall = -whole["difference"]
    assert shares["rule"]["difference"] == pytest.approx(-(250 - 15)) and shares["trend"]["difference"] == -40
    assert shares["rule"]["share"] == pytest.approx(235 / fall)
    assert [shares["rule"][f"share_{key}"] for key in ("first", "last")] == pytest.approx([250 / fall, 220 / fall])
    assert shares["drift"]["share"] == pytest.approx(1 - (40 + 235 + 65) / fall)
    found = answer_of(parts_of("attribution"), over_time, Words("en"))
    text = [line.replace("\u00a0", " ") for line in found.text]
    assert text[0].startswith(
        "Since the year before the reform, visits to the province (petitions/year): from 997.4 to 672.6 in"
    )
    assert f"({100 * whole['relative']:.1f} % [".replace("-", "−") in text[0]
    rule, reform = (f"{100 * each / fall:.0f} %" for each in (235, 65))
    assert text[1].startswith(f"Of that change in the first year: acceptance rule {rule} [")
    assert f"; reform {reform} [" in text[1] and "; drift without any of them −" in text[1]
    assert "bound only the sum of these parts" in found.caveats[1] and "here one set of assumptions" in found.caveats[1]
    assert found.caveats[2].startswith("Nil by assumption, not by finding: campaign.")
    assert found.of == 4


def test_shares_stand_in_a_table_and_none_where_nothing_changed(over_time, evidence):
    words = Words("en")
    (apart,) = tables("told_apart", over_time, words)
    assert apart.header[2:] == [
        "Share of the change, the first year",
        "As the first / the last to come, the first year",
    ]
    assert [row[1] for row in apart.rows[:4]] == ["Acceptance rule", "Reform", "Trend", "Drift without any of them"]
    assert {row[0]: row[2:] for row in apart.rows}["Durable settlement per grievance"] == ["–", "–"]
    (whole,) = tables("answer", over_time, words)
    assert whole.header[2:4] == ["Year before the reform", "That year"]
    assert tables("told_apart", evidence, words) == []
    chinese = answer_of(parts_of("attribution"), over_time, Words("zh"))
    assert "受理规则" in chinese.text[1] and "无任何措施时的自行变化" in chinese.text[1]
    assert "假定为零，而非发现为零：积案化解专项" in chinese.caveats[2]


def test_over_behaviours_ranges_of_shares_are_theirs(over_time):
    study = {**over_time.results.study, "ensemble": {"name": "people.csv", "members": 5}}
    found = AttributionEvidence(replace(over_time.results, study=study))
    assert "shares under 95 of 100 of these sets" in answer(found, Words("en")).caveats[1]


def test_where_the_change_is_not_told_to_matter_there_is_nothing_to_share_out(over_time):
    frame = over_time.tables["whole"].assign(verdict="unclear")
    found = answer(with_tables(over_time, whole=frame), Words("en"))
    assert found.text[1].startswith("In the first year the change is not told to be more than")
