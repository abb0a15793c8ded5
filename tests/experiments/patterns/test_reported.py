"""What is reported of a province: its own file before the national one, read with messages by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.patterns.arithmetic import arithmetic_of
from experiments.patterns.reported import has_reports, patterns_of
from experiments.patterns.statistics import STATISTICS
from sim.errors import InputError
from sim.province.builder import folder_of

HEADER = "statistic,low,high,unit,tolerance,judged_by,tag,years,source_en,source_zh,note_en,note_zh"

FROM_BOTH = (
    "first_nothing_share", "first_bilateral_share", "first_local_share", "first_government_share",
    "first_court_share", "recorded_success", "durable_success", "petitions_per_1000", "suits", "mediations",
    "requests", "induced_demand", "prelitigation_days",
    "repeat_share", "sued_before_share", "skip_level_share", "online_share", "letter_share", "top_tenth_share",
    "returning_share", "persons_nation", "spread_of_months", "february", "mediated_family_share",
    "mediated_neighbour_share", "settled_at_base", "confirmed_share", "cases_per_mediator", "mediation_spread",
    "not_kept_share", "land_disputes", "against_agency_share",
)  # fmt: skip


LAST = (*FROM_BOTH[FROM_BOTH.index("repeat_share") :], "prelitigation_success", "long_run")
"""What is never fitted, wherever it is reported of."""


@pytest.fixture
def province(tmp_path):
    """A copy of the tiny province, without reports of its own."""
    folder = tmp_path / "mine"
    folder.mkdir()
    for file in Path(folder_of("tiny")).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_gansu_has_what_was_reported_of_it_and_of_china():
    found = {each.name: each for each in patterns_of("gansu")}
    assert list(found) == [name for name, each in STATISTICS.items() if each.id != "H6"]
    assert [name for name, each in found.items() if each.is_national] == [
        name for name in FROM_BOTH if name not in ("durable_success", "mediations")
    ]
    visits = found["visits_province"]
    assert (visits.low, visits.high, visits.unit, visits.tolerance, visits.tag) == (-0.359, -0.359, "change", 0.02, "F")
    assert visits.source == ("People's Daily Online 2020-06-11", "人民网2020年6月11日") and visits.years == "2018-2019"
    assert found["visits_nation"].low == -0.631 and found["satisfaction"].low == 0.9586
    assert (found["satisfaction_change"].low, found["satisfaction_change"].high) == (0.0281, 0.0302)
    assert (found["durable_success"].low, found["durable_success"].high) == (0.65, 0.74)
    assert (found["mediations"].low, found["mediations"].high) == (6, 11)
    assert (found["mass_incidents"].low, found["offences"].low) == (-0.402, -0.21)
    held_out = [name for name, each in found.items() if each.is_held_out]
    assert held_out == ["satisfaction_change", *(name for name in STATISTICS if name in LAST)]
    assert found["prelitigation_days"].low == 23.33 and found["petitions_per_1000"].low == 5.3
    assert [rule.fall for rule in arithmetic_of(found.values())] == [-0.359] * 8


@pytest.mark.parametrize("source", ["qinghai", "tiny", "china"])
def test_of_any_other_province_only_what_was_reported_of_china(source):
    found = {each.name: each for each in patterns_of(source)}
    assert tuple(found) == FROM_BOTH and not has_reports(found.values())
    assert (found["durable_success"].low, found["durable_success"].high) == (0.6504, 0.6504)
    assert (found["mediations"].low, found["mediations"].high) == (6, 7)
    assert arithmetic_of(found.values()) == ()


def test_zhejiang_has_what_its_county_centres_reported_and_none_of_it_may_be_fitted():
    own = {each.name: each for each in patterns_of("zhejiang") if not each.is_national}
    assert list(own) == [name for name, each in STATISTICS.items() if each.id == "H6"]
    assert all(each.is_held_out and each.tolerance > 0 for each in own.values())
    assert (own["letters_and_visits"].low, own["new_suits"].low, own["settled_before_suit"].low) == (
        -0.255,
        -0.099,
        0.297,
    )
    residents, years = 64_567_588, 0.75
    for name, count in (("accepted_at_county", 275_000), ("received_at_county", 1_011_000)):
        assert own[name].low == pytest.approx(1000 * count / residents / years, abs=0.05)


def test_a_miss_has_its_remedy(province):
    held_out = [each for source in ("gansu", "zhejiang") for each in patterns_of(source) if each.is_held_out]
    assert all(all(each.remedy) for each in held_out)
    (province / "patterns.csv").write_text(
        "statistic,low,unit,tag,source_en,remedy_zh\nsuits,9,1/1000/year,F,x,须改常数\n"
    )
    found = {each.name: each for each in patterns_of(str(province))}
    assert found["suits"].remedy == ("须改常数", "须改常数") and found["mediations"].remedy == ("", "")


def test_a_province_of_ones_own_has_its_reports(province):
    rows = ["visits_province,-0.2,,change,0.03,,F,2021,Yearbook,,,", "suits,12,,1/1000/year,,,D,,,省高院,,旧口径",
            "city_after,1.5,1.7,ratio,,,A,2021-2022,Yearbook,,,"]  # fmt: skip
    (province / "patterns.csv").write_text("\n".join([HEADER, *rows]))
    found = {each.name: each for each in patterns_of(str(province))}
    assert set(found) == {*FROM_BOTH, "visits_province", "city_after"} and has_reports(found.values())
    suits = found["suits"]
    assert (suits.low, suits.high, suits.is_national, suits.source) == (12, 12, False, ("省高院", "省高院"))
    assert suits.note[1] == "由所模拟诉求引发的诉讼加背景案件，后者为假设；旧口径"
    assert (found["city_after"].low, found["city_after"].high, found["city_after"].years) == (1.5, 1.7, "2021-2022")
    implied = arithmetic_of(found.values())
    assert implied[1].meaning[0].endswith("that −20 % and 1 : 2 : 3 take together, 4.800 × s0")
    assert implied[1].meaning[1].endswith("−20%与1 : 2 : 3同时成立所要求的总量倍数 4.800 × s0")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "visits_provinc,-0.2,,change,,,F,,x,,,",
            "row 2: statistic 'visits_provinc': there is no such statistic; did you mean visits_province?",
        ),
        ("suits,-1,,1/1000/year,,,F,,x,,,", "row 2: low '-1': must be a number from 0 to 1e+06 (1/1000/year)"),
        ("satisfaction,95.86,,share,,,F,,x,,,", "row 2: low '95.86': must be a number from 0 to 1 (share)"),
        ("satisfaction,nan,,share,,,F,,x,,,", "row 2: low 'nan': must be a number"),
        ("satisfaction,0.9,0.8,share,,,F,,x,,,", "row 2: high '0.8': must not be below low, 0.9"),
        ("satisfaction,0.9,,per cent,,,F,,x,,,", "row 2: unit 'per cent': satisfaction is in 'share'"),
        ("satisfaction,0.9,,share,-1,,F,,x,,,", "row 2: tolerance '-1': must be a number from 0 to 1 (share)"),
        ("satisfaction,0.9,,share,,sign,F,,x,,,", "row 2: judged_by 'sign': must be one of value, direction"),
        (
            "satisfaction,0.9,,share,,,X,,x,,,",
            "row 2: tag 'X': must be F (fact with a source), D (derived) or A (assumed)",
        ),
        ("satisfaction,0.9,,share,,,F,last,x,,,", "row 2: years 'last': must be like 2019 or 2018-2019"),
        ("satisfaction,0.9,,share,,,F,,,,,", "row 2: source_en or source_zh must say where the number comes from"),
        ("satisfaction,,,share,,,F,,x,,,", "row 2: low missing: a number is needed"),
        (
            "offences,-0.2,,change,,value,F,,x,,,",
            "row 2: judged_by 'value': offences is judged by its direction alone: write direction",
        ),
        ("offences,0,,change,,direction,F,,x,,,", "row 2: low '0': 0 has no direction"),
        (
            "suits,1,,1/1000/year,,,F,,x,,,\nsuits,2,,1/1000/year,,,F,,x,,,",
            "row 3: statistic 'suits': it stands twice, first in row 2",
        ),
        (f"suits,1,,1/1000/year,,,F,,{'x' * 301},,,", "source_en 'xxx"),
    ],
)
def test_what_is_wrong_is_told_by_file_row_and_column(province, row, said):
    (province / "patterns.csv").write_text(f"{HEADER}\n{row}\n")
    with pytest.raises(InputError) as error:
        patterns_of(str(province))
    assert str(error.value).startswith(f"{province / 'patterns.csv'}: row ") and said in str(error.value)


def test_what_is_held_out_says_so(province):
    header = HEADER.replace("judged_by", "judged_by,use")
    rows = ["suits,9,,1/1000/year,,,held_out,F,,x,,,", "mediations,9,,1/1000/year,,,,F,,x,,,"]
    (province / "patterns.csv").write_text("\n".join([header, *rows]))
    found = {each.name: each.is_held_out for each in patterns_of(str(province))}
    assert found["suits"] is True and found["mediations"] is False
    (province / "patterns.csv").write_text("\n".join([header, rows[0].replace("held_out", "scored")]))
    with pytest.raises(InputError, match=r"row 2: use 'scored': must be one of fitted, held_out"):
        patterns_of(str(province))


def test_a_file_without_its_columns_is_refused(province):
    (province / "patterns.csv").write_text("statistic,low,tag\nsuits,1,F\n")
    with pytest.raises(InputError, match=r"patterns\.csv: row 1: missing column 'unit'"):
        patterns_of(str(province))
    (province / "patterns.csv").write_text("statistic,low,unit,tag,source\nsuits,1,1/1000/year,F,x\n")
    with pytest.raises(InputError, match=r"row 1: unknown column 'source': did you mean 'source_"):
        patterns_of(str(province))
    (province / "patterns.csv").write_text("statistic,low,unit,tag,source_en\noffences,-1,change,F,x\n")
    with pytest.raises(InputError, match=r"row 2: offences is judged by its direction alone: write direction"):
        patterns_of(str(province))
