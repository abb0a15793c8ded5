"""The synthetic nation: real totals, Gansu's places, tables that the public reader takes."""

from __future__ import annotations

import pytest

from bench.synthetic_nation import ProvinceTotal, province_totals, write_nation, write_province
from sim.errors import InputError
from sim.province import load_province

GANSU = ProvinceTotal(62, "Gansu", "甘肃", 25_019_831)


def test_totals_are_those_of_the_census():
    totals = province_totals()
    assert len(totals) == 31
    assert sum(total.residents for total in totals) == 1_409_778_724
    assert GANSU in totals
    assert max(totals, key=lambda total: total.residents).name_en == "Guangdong"


def test_a_province_as_large_as_gansu_has_all_its_counties_once(tmp_path):
    write_province(tmp_path, GANSU, GANSU.residents)
    made, gansu = load_province(str(tmp_path), ()), load_province("gansu", ())
    assert len(made.villages) == len(gansu.villages) == 17_718
    assert (made.cities["population"] == gansu.cities["population"]).all()
    assert len(made.counties) == 88


@pytest.mark.parametrize(("residents", "cities"), [(91_202, 1), (3_000_001, 6), (6_300_625, 7), (60_000_000, 37)])
def test_residents_are_met_exactly_in_villages_of_a_plausible_size(tmp_path, residents, cities):
    write_province(tmp_path, ProvinceTotal(44, "Guangdong", "广东", 126_012_510), residents)
    made = load_province(str(tmp_path), ())
    assert made.villages["population"].sum() == residents
    assert 800 < residents / len(made.villages) < 2000
    assert len(made.cities) == cities
    assert (made.cities["code"] // 100 == 44).all()


@pytest.mark.long
def test_the_nation_is_31_folders_labelled_synthetic(tmp_path):
    folders = write_nation(tmp_path, share=0.002)
    assert len(folders) == 31
    assert folders["Inner Mongolia"].name == "synthetic_inner_mongolia"
    cities = (folders["Tibet"] / "cities.csv").read_text("utf-8").splitlines()
    assert cities[1] == "5401,合成西藏01,Synthetic Tibet 01,7296,2,capital"
    assert "合成540125" in (folders["Tibet"] / "counties.csv").read_text("utf-8")


@pytest.mark.parametrize("share", [0, -0.1, 1.5])
def test_a_share_is_above_zero_and_at_most_one(tmp_path, share):
    with pytest.raises(InputError, match="a share of the nation must be above 0 and at most 1"):
        write_nation(tmp_path, share)
