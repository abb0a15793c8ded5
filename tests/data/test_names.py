"""English names of China's divisions: all have one, in letters that anybody can type, and it is the right one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
CLASSES = {"新区": "New Area", "自治县": "Autonomous County", "自治旗": "Autonomous Banner"}
CLASSES |= {"区": "District", "县": "County", "市": "City", "旗": "Banner"}
OTHERS = {"沈北新区": "District", "清新区": "District", "大柴旦行政委员会": "Administrative Zone"}
OTHERS |= dict.fromkeys(("西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域"), "Islands")
"""Endings of names, Chinese and English; whole names whose ending is another."""


KNOWN = {
    "15": "Inner Mongolia",
    "54": "Tibet",
    "61": "Shaanxi",
    "1501": "Hohhot",
    "3310": "Taizhou",
    "3403": "Bengbu",
    "3415": "Lu'an",
    "3502": "Xiamen",
    "4111": "Luohe",
    "4331": "Xiangxi",
    "5401": "Lhasa",
    "5406": "Nagqu",
    "6101": "Xi'an",
    "6501": "Urumqi",
    "6531": "Kashgar",
    "6540": "Ili",
    "110105": "Chaoyang District",
    "130224": "Luannan County",
    "130225": "Laoting County",
    "130726": "Yu County",
    "131025": "Daicheng County",
    "140924": "Fanshi County",
    "141024": "Hongtong County",
    "152921": "Alxa Left Banner",
    "222404": "Hunchun City",
    "310115": "Pudong New Area",
    "320116": "Luhe District",
    "330382": "Yueqing City",
    "340722": "Zongyang County",
    "341021": "She County",
    "361124": "Yanshan County",
    "371481": "Laoling City",
    "371522": "Shen County",
    "371524": "Dong'e County",
    "371722": "Shan County",
    "410122": "Zhongmu County",
    "410182": "Xingyang City",
    "410223": "Weishi County",
    "410621": "Xun County",
    "411221": "Mianchi County",
    "411726": "Biyang County",
    "440113": "Panyu District",
    "441422": "Dabu County",
    "510117": "Pidu District",
    "511123": "Qianwei County",
    "511527": "Junlian County",
    "511822": "Yingjing County",
    "532822": "Menghai County",
    "542523": "Gar County",
    "610829": "Wubu County",
    "611026": "Zhashui County",
    "620171": "Lanzhou New Area",
    "620702": "Ganzhou District",
    "620721": "Sunan Autonomous County",
    "620722": "Minle County",
    "620802": "Kongtong District",
    "620881": "Huating City",
    "621223": "Tanchang County",
    "622926": "Dongxiang Autonomous County",
    "652823": "Yuli County",
}

GANSU = (
    *("Lanzhou", "Jiayuguan", "Jinchang", "Baiyin", "Tianshui", "Wuwei", "Zhangye"),
    *("Pingliang", "Jiuquan", "Qingyang", "Dingxi", "Longnan", "Linxia", "Gannan"),
)

NAMESAKES = {
    "Fuzhou": {"福州市", "抚州市"},
    "Suzhou": {"苏州市", "宿州市"},
    "Taizhou": {"泰州市", "台州市"},
    "Yichun": {"伊春市", "宜春市"},
    "Yulin": {"玉林市", "榆林市"},
    "Jilin": {"吉林省", "吉林市"},
    "Hainan": {"海南省", "海南藏族自治州"},
}
"""Provinces and prefectures that share a name in English."""


@pytest.fixture(scope="module")
def names() -> pd.Series:
    return pd.read_csv(DATA / "names.csv", dtype=str, na_filter=False).set_index("code")["name_en"]


@pytest.fixture(scope="module")
def chinese() -> pd.Series:
    levels = ("provinces", "cities", "counties")
    tables = [pd.read_csv(DATA / "divisions" / f"{level}.csv.xz", dtype=str, na_filter=False) for level in levels]
    return pd.concat(tables).set_index("code")["name"].sort_index()


def test_every_division_down_to_counties_has_a_name_in_plain_letters(names: pd.Series, chinese: pd.Series) -> None:
    assert names.index.tolist() == chinese.index.tolist() and names.index.is_unique
    assert names.str.fullmatch(r"[A-Z][A-Za-z']*([ -][A-Z]?[A-Za-z']+)*").all()


def test_only_real_namesakes_share_a_name(names: pd.Series, chinese: pd.Series) -> None:
    upper = names[names.index.str.len() < 6]
    found = {name: set(chinese[codes]) for name, codes in upper.groupby(upper).groups.items() if len(codes) > 1}
    assert found == NAMESAKES


def test_counties_of_one_prefecture_have_names_of_their_own(names: pd.Series) -> None:
    counties = names[names.index.str.len() == 6]
    assert not (counties.index.str[:4] + counties).duplicated().any()


def test_counties_end_in_their_class(names: pd.Series, chinese: pd.Series) -> None:
    def class_of(name: str) -> str:
        return OTHERS.get(name) or next(english for ending, english in CLASSES.items() if name.endswith(ending))

    counties = [code for code in names.index if len(code) == 6 and not 71 <= int(code[4:]) <= 79]  # those are zones
    assert len(counties) == 2854
    assert [chinese[code] for code in counties if not names[code].endswith(f" {class_of(chinese[code])}")] == []


@pytest.mark.parametrize(("code", "name"), KNOWN.items())
def test_known_places_have_their_own_name(names: pd.Series, code: str, name: str) -> None:
    assert names[code] == name


def test_cities_of_gansu_are_named_as_ever(names: pd.Series) -> None:
    assert tuple(names[(names.index.str[:2] == "62") & (names.index.str.len() == 4)]) == GANSU
