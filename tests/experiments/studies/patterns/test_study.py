"""``pyramid patterns``: tables in two languages, JSON, an ensemble, refusals."""

from __future__ import annotations

import json

import pytest

from experiments.cli.main import main
from experiments.patterns.reported import patterns_of
from sim.province.builder import folder_of

PATTERNS = [each for each in patterns_of("gansu") if not each.is_held_out]


@pytest.fixture
def reported(short, tmp_path):
    """A world of two years of the tiny province, of which is reported what is reported of Gansu."""
    folder = tmp_path / "reported"
    folder.mkdir()
    for file in [*folder_of("tiny").iterdir(), folder_of("gansu") / "patterns.csv"]:
        (folder / file.name).write_bytes(file.read_bytes())
    return (f"province={folder}", *short[1:])


def test_the_answer_then_the_table_then_all(capsys, reported):
    assert main(["patterns", *reported, "replicates=2"]) == 0
    answer = capsys.readouterr().out.splitlines()
    assert answer[0].startswith("Reproduced within their tolerances: ") and len(answer) <= 8
    assert not any(line.startswith("P1 ") for line in answer)
    assert main(["patterns", *reported, "replicates=2", "output=table"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[: len(answer)] == answer and lines[len(answer)] == ""
    header, _, *shown = lines[len(answer) + 1 :]
    columns = ["id", "pattern", "reported", "years", "tag", "source", "simulated", "95", "%", "residual", "met"]
    assert header.split() == columns
    assert [line.split()[0] for line in shown] == [pattern.id for pattern in PATTERNS]
    assert "−35.9 %" in shown[13] and "95.86 %" in shown[20] and "96 – 98 %" in shown[15]
    assert main(["patterns", *reported, "replicates=2", "output=full"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\n".join(lines)) and "Means of 2 replicates (seeds 0 to 1)" in out and "3.846 × s0" in out


def test_a_document_of_a_run(capsys, reported):
    assert main(["patterns", *reported, "replicates=2", "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in document["patterns"]] == [pattern.name for pattern in PATTERNS]
    assert document["seeds"] == [0, 1] and document["failed"] == []
    assert document["scenario"]["before"]["petition"]["acceptance"] == "loose"
    assert document["scenario"]["after"]["petition"]["acceptance"] == "strict"
    visits = next(each for each in document["patterns"] if each["name"] == "visits_province")
    assert (visits["years"], visits["of"], visits["source"]["zh"]) == ("2018-2019", "province", "人民网2020年6月11日")
    success = next(each for each in document["patterns"] if each["name"] == "recorded_success")
    assert success["reported"] == {"low": 0.96, "high": 0.98} and 0.9 < success["simulated"]["mean"] < 1
    assert success["met"] == (0.96 <= success["simulated"]["mean"] <= 0.98)
    share = next(each for each in document["arithmetic"] if each["name"] == "petitions_share")
    implied = next(each for each in document["arithmetic"] if each["name"] == "petitions_implied")
    assert implied["simulated"]["mean"] == pytest.approx(3.846 * share["simulated"]["mean"])
    verdicts = [each["met"] for each in document["patterns"]]
    assert (document["answer"]["n_of"], document["answer"]["of"]) == (verdicts.count(True), 26)


def test_the_table_speaks_chinese_in_straight_columns(capsys, reported):
    from experiments.report.plain_text import width

    assert main(["patterns", *reported, "replicates=1", "language=zh", "output=full"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("26个公开数字中，")
    lines = out[out.index("编号") :].splitlines()
    assert lines[0].split()[:3] == ["编号", "模式", "公开数字"]
    starts = {
        width(line[: line.index(value)]) for line, value in zip(lines[2:5], ("33 %", "47 %", "16 %"), strict=True)
    }
    assert len(starts) == 1
    assert "仅一次重复（种子0）：没有区间。" in lines


def test_where_nothing_was_reported_the_national_figures_stand(capsys, short):
    assert main(["patterns", *short, "replicates=1", "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {each["of"] for each in document["patterns"]} == {"nation"} and document["arithmetic"] == []
    assert document["answer"]["of"] == 13
    caveat = "Nothing was reported for Tiny: the figures it is set beside are those of China."
    assert document["answer"]["caveats"][0] == caveat
    assert main(["patterns", *short, "replicates=1", "language=zh", "output=full"]) == 0
    out = capsys.readouterr().out
    assert "没有示例省的公开数字：用于对照的均为全国数字。" in out and "由此推出" not in out
    assert "最高人民法院2021年" in out and "2019–2020" in out


def test_what_is_held_out_is_shown_alone_and_scored(capsys, short):
    held_out = [each.name for each in patterns_of("tiny") if each.is_held_out]
    assert main(["patterns", *short, "held_out=true", "replicates=2", "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in document["patterns"]] == held_out and len(held_out) == 19
    assert document["held_out"] is True and document["arithmetic"] == [] and len(document["not_comparable"]) == 16
    verdicts = [each["met"] for each in document["patterns"]]
    told = verdicts.count(True) + verdicts.count(False)
    assert (document["answer"]["n_of"], document["answer"]["of"]) == (verdicts.count(True), told) and told >= 15
    confirmed = next(each for each in document["patterns"] if each["name"] == "confirmed_share")
    assert confirmed["simulated"]["mean"] == 0 and confirmed["met"] is False  # nobody confirms in the status quo
    assert main(["patterns", *short, "held_out=true", "replicates=2", "language=zh", "output=full"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("从未用于拟合的") and "已公开但不可比：" in out
    assert "  每千人8.9件民事案件（《中国法律年鉴》，2018）：七成为借贷" in out


def test_figures_of_another_province_stand_alone_with_what_would_have_to_change(capsys, short):
    asked = ("held_out=true", "after=zhejiang_2020", "reported=浙江", "replicates=1")
    assert main(["patterns", *short, *asked, "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    found = {each["name"]: each for each in document["patterns"]}
    own = {each.name: each for each in patterns_of("zhejiang") if not each.is_national}
    assert list(found) == list(own) and document["reported"] == "浙江"
    assert {each["of"] for each in found.values()} == {"province"}
    assert main(["patterns", *short, *asked, "output=full"]) == 0
    out = capsys.readouterr().out
    caveat = "Reported of Zhejiang and simulated in Tiny, with nothing fitted to it"
    assert caveat in out
    for name, each in own.items():  # told of what is missed, and of nothing else
        assert (each.remedy[0] in out) is (found[name]["met"] is False)
    assert not all(each["met"] for each in found.values())  # too little of everything in two years of a tiny province


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("reported=zhejiang",), "reported=zhejiang: nothing is reported of it that may be fitted (with held_out=true"),
        (("reported=qinghai", "held_out=true"), "reported=qinghai: nothing is reported of it that was held out"),
        (("reported=nowhere",), "nowhere"),
    ],
)
def test_a_province_without_figures_of_its_own_is_refused(capsys, short, asked, said):
    assert main(["patterns", *short, *asked]) == 2
    err = capsys.readouterr().err
    assert said in err and "Traceback" not in err


def test_a_multirun_is_refused(capsys, short):
    assert main(["patterns", "-m", *short, "behaviour.patience=10,20"]) == 2
    assert "pyramid patterns has no multirun (-m)" in capsys.readouterr().err


@pytest.mark.long
def test_an_ensemble_gives_medians_and_ranges_of_its_members(capsys, short, tmp_path):
    (tmp_path / "people.csv").write_text("patience\n10\n20\n40\n")
    people = f"ensemble={tmp_path / 'people.csv'}"
    found = {}
    for replicates in (3, 6):
        assert main(["patterns", *short, people, f"replicates={replicates}", "output=json"]) == 0
        document = json.loads(capsys.readouterr().out)
        assert document["ensemble"]["members"] == 3 and document["answer"]["bases"]["range"] == "behaviours"
        found[replicates] = {each["name"]: each["simulated"] for each in document["patterns"]}["durable_success"]
    alone = []
    for seed, days in enumerate((10, 20, 40, 10, 20, 40)):
        assert (
            main(["patterns", *short, f"behaviour.patience={days}", f"seed={seed}", "replicates=1", "output=json"]) == 0
        )
        each = {one["name"]: one["simulated"] for one in json.loads(capsys.readouterr().out)["patterns"]}
        alone.append(each["durable_success"]["mean"])
    low, middle, high = sorted(alone[:3])
    assert found[3]["mean"] == middle and found[3]["replicates"] == 3
    assert found[3]["low"] == pytest.approx(low + 0.05 * (middle - low))
    assert found[3]["high"] == pytest.approx(high - 0.05 * (high - middle))
    pairs = sorted((alone[member] + alone[member + 3]) / 2 for member in range(3))
    assert found[6]["mean"] == pytest.approx(pairs[1]) and found[6]["replicates"] == 3
    assert main(["patterns", *short, people, "replicates=3"]) == 0
    out = capsys.readouterr().out
    assert f"(medians of 3 behaviours of {tmp_path / 'people.csv'})" in out
    assert "People: 3 of the 3 sets of assumptions of " in out
