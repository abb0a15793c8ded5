"""Trees that are read, and trees that are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from trees import PEOPLE, leaf, read, small, with_change

from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS
from sim.measures import MEASURES
from sim.measures.index_reader import _near, counts_events_alone


def test_measures_of_events_alone_can_be_taken_by_kind():
    by_kind = ("durable_resolution", "grievances", "petitions_total", "offences", "open_cases", "doors_per_case")
    assert all(counts_events_alone(MEASURES[name]) for name in by_kind)
    others = ("days_to_close_median", "wait_county", "trust_local", "cost_per_durable", "concealment")
    assert [counts_events_alone(MEASURES[name]) for name in others] == [False] * len(others)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("indicators.settled.weight", -1, "index small: weight of settled is -1; it must be 0 or more"),
        ("indicators.settled.weight", "much", "index small: weight of settled is 'much'; it must be a number"),
        (
            "indicators.prompt.indicators.doors.weight",
            0,
            "index small, prompt: the weights of its indicators are all 0",
        ),
        ("counts", [2, 4], "index small: counts=[2, 4] is not what the tree has, level by level: [2, 3]"),
        ("counts", 5, "index small: counts=5 is not what the tree has"),
        (
            "indicators.prompt.indicators.doors.measure",
            "doors_per_cas",
            "index small, prompt.doors: there is no measure 'doors_per_cas'; did you mean doors_per_case",
        ),
        ("indicators.prompt.indicators.doors.measure", None, "index small, prompt.doors: there is no measure None"),
        (
            "indicators.prompt.indicators.doors.measure",
            "petitions_total",
            "index small, prompt.doors: petitions_total is neither better high nor better low, so it cannot score",
        ),
        (
            "indicators.prompt.indicators.doors.worst",
            0.5,
            "index small, prompt.doors: worst=0.5 best=1, but doors_per_case is better lower",
        ),
        ("indicators.prompt.indicators.doors.worst", 1, "prompt.doors: worst and best are both 1; they must differ"),
        ("indicators.prompt.indicators.doors.best", None, "prompt.doors: best is None; it must be a number"),
        ("indicators.prompt.indicators.doors.best", float("nan"), "prompt.doors: best is nan; it must be a number"),
        ("indicators.prompt.indicators.doors.months", 0, "months is 0; it must be a whole number from 1 to 120"),
        ("indicators.prompt.indicators.doors.per_residents", 1.5, "per_residents is 1.5; it must be a whole number"),
        ("indicators.prompt.indicators.doors.mesure", "x", "unknown key 'mesure'; did you mean measure?"),
        ("indicators.prompt.indicators.doors.name_zh", None, "prompt.doors: name_zh=None must be a name for people"),
        ("indicators.prompt.indicators.doors.tags", "goal", "tags='goal' must be a list of such as"),
        ("indicators.prompt.indicators.doors.tags", ["Goal"], "tags=['Goal'] must be a list of such as"),
        (
            "indicators.prompt.indicators.doors.kinds",
            ["labor"],
            "there is no kind of dispute 'labor'; did you mean labour",
        ),
        (
            "indicators.prompt.indicators.doors",
            leaf("wait_county", 30, 0, kinds=["labour"]),
            "prompt.doors: wait_county is not counted by kind of dispute; leave kinds out",
        ),
        (
            "indicators.prompt.indicators.resolved",
            leaf("gave_up_share", 1, 0),
            "prompt.resolved: the name resolved is used twice, also at index small, settled.resolved",
        ),
        ("indicators.prompt.indicators.small", leaf("gave_up_share", 1, 0), "the name small is used twice"),
        ("indicators.prompt.indicators.Doors", leaf("gave_up_share", 1, 0), "the name 'Doors' must be small letters"),
        ("indicators.prompt.indicators", {}, "index small, prompt: indicators={} must be indicators by name"),
        ("indicators.prompt", 3, "index small, prompt: 3 is no indicator: it needs indicators, or a measure"),
        ("indicators.settled.measure", "relapses", "index small, settled: unknown key 'measure'"),
        ("comparisons", [[1, 2], [0.5, 1]], "settled has a weight, but comparisons weigh these indicators"),
        ("entropy", True, "index small: settled has a weight, but entropy weigh these indicators"),
        ("entropy", "yes", "index small: entropy='yes' must be true or false"),
        (
            "indicators.prompt.comparisons",
            [[1, 2], [0.5, 1]],
            "index small, prompt: comparisons must have a row for each of its 1 indicators",
        ),
        ("colours", {}, "index small: colours must be names with their lowest scores"),
        ("colours", {"green": 80, "blue": 80, "red": 0}, "colours are green: 80, blue: 80, red: 0; lowest scores must"),
        ("colours", {"green": 80, "red": 10}, "colours are green: 80, red: 10; lowest scores must fall"),
        ("colours", {"green": 100, "red": 0}, "lowest scores must fall from below 100 to 0"),
        ("name", "Small one", "name='Small one' must be small letters"),
        ("weights", 3, "index small: unknown key 'weights'"),
    ],
)
def test_trees_that_are_not_sound_are_refused(path, value, message):
    read(small())  # the tree is sound until it is changed
    with pytest.raises(InputError) as refused:
        read(with_change(path, value))
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_comparisons_and_entropy_exclude_each_other():
    values = with_change("entropy", True)
    values["comparisons"] = [[1, 2], [0.5, 1]]
    for child in values["indicators"].values():
        del child["weight"]
    with pytest.raises(InputError, match="comparisons and entropy cannot both weigh"):
        read(values)


def test_comparisons_that_contradict_each_other_name_the_node():
    values = small()
    third = {**PEOPLE, "indicators": {"third_leaf": leaf("gave_up_share", 1, 0)}}
    values["indicators"]["third"] = third
    values["comparisons"] = [[1, 3, "1/3"], ["1/3", 1, 3], [3, "1/3", 1]]
    for child in values["indicators"].values():
        child.pop("weight", None)
    with pytest.raises(InputError, match=r"^index small: comparisons: the comparisons contradict .* ratio 1\.149"):
        read(values)


def test_no_index_at_all():
    with pytest.raises(InputError, match="index: there is none; choose one, such as index=pingan"):
        read({})


def test_the_example_of_the_guide_is_sound():
    guide = (Path(__file__).parents[3] / "docs" / "guide.md").read_text("utf-8")
    (block,) = (
        block for block in re.findall(r"^```yaml\n(.*?)^```$", guide, re.DOTALL | re.MULTILINE) if "worst" in block
    )
    index = read(yaml.safe_load(block))
    assert index.counts == (2, 3) and index.root.shares == pytest.approx([0.75, 0.25])


def refusal(values) -> str:
    with pytest.raises(InputError) as refused:
        read(values)
    return str(refused.value)


@pytest.mark.parametrize("values", [None, [], 3, "pingan", {}])
def test_what_is_no_mapping_is_no_index(values) -> None:
    assert refusal(values).startswith("index: there is none")


def test_an_index_has_a_name() -> None:
    assert refusal(with_change("name", None)) == (
        "index: name=None must be small letters, digits and _, a letter first"
    )
    assert refusal(with_change("name", 3)).startswith("index: name=3 must be small letters")


@pytest.mark.parametrize(
    ("path", "allowed", "refused", "message"),
    [
        ("months", (1, 120), (0, 121, 1.0, True, None), "months is {}; it must be a whole number from 1 to 120"),
        (
            "per_residents",
            (0, 10_000_000),
            (-1, 10_000_001, True, "1000"),
            "per_residents is {}; it must be a whole number from 0 to 10,000,000",
        ),
        ("worst", (3, 1.5), (True, "3", float("inf"), float("-inf"), [3]), "worst is {}; it must be a number"),
        ("weight", (0.5, 2), (True, float("nan")), "weight of doors is {}; it must be a number"),
        ("name_en", ("doors", "1"), ("", "  ", 3), "name_en={} must be a name for people"),
        ("kinds", ([], ("labour",)), ("labour", 3), "kinds={} must be a list of kinds of dispute"),
        ("tags", ([], ("goal:a_1",)), (["goal:"], [3], ["a:b", "c"]), "tags={} must be a list of such as"),
    ],
)
def test_what_a_leaf_may_be_given(path, allowed, refused, message) -> None:
    inside = f"indicators.prompt.indicators.doors.{path}"
    for value in allowed:
        doors = read(with_change(inside, value)).leaves[-1]
        if path != "weight":
            assert getattr(doors, path) == (tuple(value) if path in ("kinds", "tags") else value)
    for value in refused:
        values = with_change(inside, "")
        values["indicators"]["prompt"]["indicators"]["doors"][path] = value
        assert message.format(repr(value)) in refusal(values)


def test_what_a_leaf_is_not_given() -> None:
    doors = read(small()).leaves[-1]
    assert (doors.months, doors.per_residents, doors.kinds, doors.tags, doors.weight) == (1, 0, (), (), 1.0)
    assert (doors.name_en, doors.name_zh) == ("name", "名称")
    assert read(with_change("months", 6)).leaves[-1].months == 6
    assert "index small: months is 121" in refusal(with_change("months", 121))
    assert "index small: months is 0" in refusal(with_change("months", 0))


def test_an_indicator_may_weigh_nothing_beside_one_that_weighs() -> None:
    assert read(with_change("indicators.settled.weight", 0)).root.shares.tolist() == [0, 1]
    assert read(with_change("indicators.prompt.weight", None)).root.shares.tolist() == [
        0.75,
        0.25,
    ]  # 1 if none is given
    assert read(small()).root.weight == 1
    assert read(with_change("indicators.settled.weight", 0.5)).root.shares == pytest.approx([1 / 3, 2 / 3])


def test_tags_are_inherited_once() -> None:
    values = with_change("indicators.prompt.tags", ["goal:morals", "goal:law"])
    values["indicators"]["prompt"]["indicators"]["doors"]["tags"] = ["goal:law", "goal:more"]
    index = read(values)
    assert index.leaves[-1].tags == ("goal:morals", "goal:law", "goal:more")
    assert index.leaves[0].tags == ()
    assert index.root.children[1].tags == ("goal:morals", "goal:law")


def test_counts_may_be_missing_and_may_be_a_tuple() -> None:
    assert read(with_change("counts", None)).counts == (2, 3)
    assert read(with_change("counts", (2, 3))).counts == (2, 3)


def test_indicators_deeper_down_are_named_by_their_path() -> None:
    inner = {**PEOPLE, "indicators": {"deep": {**PEOPLE, "indicators": {"deepest": leaf("doors_per_cas", 3, 1)}}}}
    values = with_change("indicators.prompt.indicators.inner", inner)
    assert refusal(values).startswith("index small, prompt.inner.deep.deepest: there is no measure 'doors_per_cas'")


@pytest.mark.parametrize("comparisons", ["many", 3, [[1]], [[1, 1, 1]] * 3, ["1", "1"]])
def test_comparisons_have_a_row_for_each_indicator(comparisons) -> None:
    values = with_change("comparisons", comparisons)
    for child in values["indicators"].values():
        child.pop("weight")
    message = refusal(values)
    expected = "must be a list of 2 numbers" if comparisons == ["1", "1"] else "a row for each of its 2 indicators"
    assert message.startswith("index small: comparisons") and expected in message


def test_better_high_scores_upwards_and_better_low_downwards() -> None:
    resolved = "indicators.settled.indicators.resolved"
    assert "durable_resolution is better higher" in refusal(with_change(resolved, leaf("durable_resolution", 0.7, 0.2)))
    assert "relapses is better lower" in refusal(with_change(resolved, leaf("relapses", 0, 10)))
    assert read(with_change(resolved, leaf("relapses", 10, 0, months=2))).leaves[0].best == 0


def test_what_was_meant_is_guessed_or_what_there_is_is_told() -> None:
    doors = "indicators.prompt.indicators.doors.measure"
    assert refusal(with_change(doors, "trust_loca")).endswith("did you mean trust_local or trust_court?")
    assert refusal(with_change(doors, "xyzzy")).endswith("there is no measure 'xyzzy'; see pyramid list measures")
    kinds = "indicators.prompt.indicators.doors.kinds"
    assert refusal(with_change(kinds, ["xyzzy"])).endswith(f"'xyzzy'; there are: {', '.join(DISPUTE_KINDS)}")
    assert refusal(with_change(kinds, ["debxyz"])).endswith("did you mean debt?")  # 3 letters of 4 and 6: 0.6 alike
    assert "did you mean" not in refusal(with_change(kinds, ["labowxyz"]))  # 4 of 6 and 8: 0.57
    names = [f"name{n}" for n in range(21)]
    assert _near("xyzzy", names[:20]) == f"; there are: {', '.join(names[:20])}"
    assert _near("xyzzy", names) == "; see pyramid list measures"


def test_colours_fall_from_below_100_to_0() -> None:
    assert read(with_change("colours", {"green": 99.5, "red": 0})).colours == (("green", 99.5), ("red", 0.0))
    assert read(with_change("colours", {"one": 0})).colours == (("one", 0.0),)
    for colours in (3, None, ["green"]):
        assert "colours must be names with their lowest scores" in refusal({**small(), "colours": colours})
    assert "colours: green is 'x'; it must be a number" in refusal(with_change("colours", {"green": "x", "red": 0}))
    for colours in ({"red": -5, "green": 0}, {"green": 50, "red": -1}, {"green": 40, "blue": 60, "red": 0}):
        assert "lowest scores must fall" in refusal(with_change("colours", colours))
