"""Provinces and places by name."""

import pytest

from sim.errors import InputError
from sim.province import folder_of, load_province, places_of, shipped_names
from sim.province.names import Place, codes_of, province_named, shipped
from sim.scenario import ProvinceChoice

PLACES = (
    Place(9101, "东川市", "Dongchuan"),
    Place(9102, "西州回族自治州", "Xizhou"),
    Place(910102, "河东区", "Hedong District"),
    Place(910201, "西州市", "Xizhou City"),
    Place(910202, "河东县", "Hedong County"),
    Place(910203, "阿山哈萨克族自治县", "Ashan Autonomous County"),
    Place(910204, "景县", "Jing County"),
    Place(910205, "东乡族自治县", "Dongxiang Autonomous County"),
)


@pytest.mark.parametrize("word", ["63", "qinghai", "Qinghai", "QINGHAI", " 青海 ", "青海省"])
def test_a_province_has_many_names(word: str) -> None:
    assert province_named(word) == "qinghai"


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("内蒙古", "inner_mongolia"),
        ("Inner Mongolia", "inner_mongolia"),
        ("neimenggu", "inner_mongolia"),
        ("Xizang", "tibet"),
        ("陕西", "shaanxi"),
        ("山西", "shanxi"),
        ("新疆维吾尔自治区", "xinjiang"),
        ("50", "chongqing"),
    ],
)
def test_provinces_by_other_names(word: str, slug: str) -> None:
    assert province_named(word) == slug


@pytest.mark.parametrize("word", ["", "71", "Taiwan_", "tiny", "gansu2", "海", "州"])
def test_a_word_that_is_no_name_of_a_province(word: str) -> None:
    assert province_named(word) is None


@pytest.mark.parametrize("word", ["./gansu", "gansu/", "/gansu", "~/gansu", "..", r".\gansu", "../62"])
def test_a_path_is_a_folder_of_the_users_own_and_no_name(word: str, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert province_named(word) is None
    with pytest.raises(InputError, match="must be a province of China by name or code"):
        load_province(word if word != ".." else "./none")


def test_every_name_of_a_shipped_province_means_it_alone() -> None:
    assert len(shipped()) == 31
    assert [each.code for each in shipped()] == sorted({each.code for each in shipped()})
    assert shipped_names() == (*(each.slug for each in shipped()), "tiny")
    for each in shipped():
        for word in (each.slug, str(each.code), each.name_zh, each.short_zh, each.name_en, *each.aliases):
            assert province_named(word) == each.slug
        assert folder_of(each.name_zh) == folder_of(each.slug)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("东川市", 9101),
        ("东川", 9101),
        ("dongchuan", 9101),
        ("河东区", 910102),
        ("Hedong County", 910202),
        ("hedong  county", 910202),
        ("Xizhou", 9102),  # in full before the City without its class
        ("西州市", 910201),
        ("西州回族自治州", 9102),
        ("西州回族", 9102),
        ("阿山", 910203),
        ("阿山哈萨克族", 910203),
        ("Ashan", 910203),
        ("景县", 910204),
        ("Jing", 910204),
        ("东乡族", 910205),  # nothing would be left of it
        (9101, 9101),
        ("9101", 9101),
        ("９１０１", 9101),
    ],
)
def test_places_by_name(word: int | str, code: int) -> None:
    assert codes_of([word], PLACES, "mine") == [code]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        (
            "河东",
            "means several places of province 'mine': 910102 河东区 Hedong District, 910202 河东县 Hedong County; "
            "give the code",
        ),
        ("西州", "means several places of province 'mine': 9102 西州回族自治州 Xizhou, 910201 西州市 Xizhou City"),
        ("东穿市", "no such place in province 'mine'; near ones: 9101 东川市 Dongchuan"),
        ("Dongchuann", "no such place in province 'mine'; near ones: 9101 东川市 Dongchuan"),
        ("?", "no such place in province 'mine'; pyramid list places shows all"),
        ("²", "no such place in province 'mine'; pyramid list places shows all"),
    ],
)
def test_a_word_that_means_none_or_several_is_refused(word: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        codes_of([9101, word], PLACES, "mine")
    assert str(caught.value).startswith(f"places {word!r}: {message}")


def test_places_of_real_provinces_by_their_everyday_names() -> None:
    gansu = places_of("gansu")
    assert codes_of(["张掖", "Linxia", "Sunan", "肃南"], gansu, "gansu") == [
        6207,
        6229,
        620721,
        620721,
    ]
    with pytest.raises(InputError, match=r"6229 临夏回族自治州 Linxia, 622901 临夏市 .*, 622921 临夏县"):
        codes_of(["临夏"], gansu, "gansu")
    assert ProvinceChoice("青海", ["西宁", "6302"]).places == [6301, 6302]


def test_a_row_that_stands_for_its_city_is_no_place_of_its_own() -> None:
    assert [place.code for place in places_of("gansu") if place.name_zh == "嘉峪关市"] == [6202]
    assert len(places_of("gansu")) == 14 + 87
    assert {place.code for place in places_of("tiny")} == {9101, 9102, 910102, 910103}
