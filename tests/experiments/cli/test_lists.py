"""Lists, completion, tables and progress."""

from __future__ import annotations

import io
import json

import pytest

from experiments.cli.commands import COMMANDS
from experiments.cli.completion import candidates
from experiments.cli.lists import LISTS
from experiments.cli.main import main
from experiments.report.plain_text import table
from experiments.runs.progress import Progress, clock
from sim.behaviour import Behaviour
from sim.parameters import declarations


@pytest.mark.parametrize("what", LISTS)
def test_every_list_has_a_line_each_and_json(capsys, what):
    assert main(["list", what]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert main(["list", what, "output=json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(lines) == len(rows) + 2 and all(row["name"] and row["meaning"] for row in rows)
    assert [line.split()[0] for line in lines[2:]] == [row["name"] for row in rows]


def test_uncertainties_come_with_range_unit_and_tag(capsys):
    assert main(["list", "uncertainties", "output=json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert len(rows) == len(list(declarations(Behaviour)))
    share = rows["centralised_share"]
    assert (share["default"], share["unit"], share["allowed"], share["tag"]) == (0.5, "share", "0.33 to 0.67", "F")


def test_every_province_of_china_is_listed_with_code_and_residents(capsys):
    assert main(["list", "provinces", "output=json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows["qinghai"]["code"], rows["qinghai"]["residents"]) == (63, 5_923_957)
    assert rows["qinghai"]["meaning"].startswith("青海省 Qinghai: ")
    assert sum(row["residents"] for row in rows.values() if row["code"] != "") == 1_409_778_724
    assert main(["list", "provinces"]) == 0
    assert "qinghai         63    5,923,957" in capsys.readouterr().out


def test_places_are_listed_with_their_residents_a_city_before_its_counties(capsys):
    assert main(["list", "places", "province=tiny", "output=json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in rows] == [9101, 910102, 910103, 9102]
    assert rows[0] == {"code": 9101, "name_zh": "东川市", "name_en": "Dongchuan", "residents": 8000}
    assert rows[1]["residents"] + rows[2]["residents"] == 8000
    assert main(["list", "places", "output=json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 14 + 87


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["province=青海", "西宁"], [6301]),
        (["西宁", "province=63"], [6301]),
        (["zhangye"], [6207]),
        (["62070"], [620702]),
        (["嘉峪关"], [6202]),
        (["district", "province=tiny"], [910102]),
    ],
)
def test_places_by_a_word_in_code_or_name(capsys, words, codes):
    assert main(["list", "places", *words, "output=json"]) == 0
    assert [row["code"] for row in json.loads(capsys.readouterr().out)] == codes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["张野市"], "no city or county of province 'gansu' has '张野市' in its code or names; did you mean 张掖市?"),
        (["9999"], "no city or county of province 'gansu' has '9999' in its code or names; pyramid list places"),
        (["a", "b"], "pyramid list places takes province=NAME and one word, not 'a b'"),
        (["provinz=gansu"], "pyramid list places takes province=NAME and one word, not 'provinz=gansu'"),
        (["province=nowhere"], "province 'nowhere': must be a province of China by name or code, tiny, or a folder"),
    ],
)
def test_places_that_are_none_are_refused(capsys, words, said):
    assert main(["list", "places", *words]) == 2
    assert capsys.readouterr().err.startswith(f"pyramid: {said}")


def test_levers_come_with_their_price(capsys):
    assert main(["list", "levers", "output=json"]) == 0
    prices = {row["name"]: row["price"] for row in json.loads(capsys.readouterr().out)}
    names = ("centre.working_share", "centre.intake", "roll_out.ramp", "norms.moral_bank")
    assert [prices[name] for name in names] == ["cost_centre_township", "uncosted", "timing", "cost_moral_bank"]
    assert main(["list", "uncertainties", "output=json"]) == 0
    assert "price" not in json.loads(capsys.readouterr().out)[0]


def test_the_users_own_policies_are_listed(capsys, tmp_path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "mine.yaml").write_text("# What I would do.\n{}\n")
    assert main(["list", "policies", "--config-dir", str(tmp_path)]) == 0
    assert "mine               What I would do." in capsys.readouterr().out.splitlines()


def test_lists_and_help_show_the_options_that_can_be_chosen_and_nothing_that_steers_a_terminal(capsys, tmp_path):
    (tmp_path / "policy").mkdir()
    for name in ("甲", "हिन्दी", "x\x1b[2J", "a b", "a\nb"):
        (tmp_path / "policy" / f"{name}.yaml").write_text("# What\x1b[31m I do.\n{}\n")
    assert main(["list", "policies", "--config-dir", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert [line.split(maxsplit=1) for line in out.splitlines()[-2:]] == [
        ["हिन्दी", "What\\x1b[31m I do."],
        ["甲", "What\\x1b[31m I do."],
    ]
    assert main(["simulate", "--help", f"--config-dir={tmp_path}"]) == 0
    shown = capsys.readouterr().out
    assert ", हिन्दी, 甲\n" in shown and "\x1b" not in out + shown


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pyramid ", list(COMMANDS)),
        ("pyramid c", ["compare", "calibrate", "counterfactual", "completion"]),
        ("pyramid sweep study=a", ["study=assessment_weight"]),
        (
            "pyramid calibrate study=",
            ["study=gansu_2019_patterns", "study=gansu_2019_reform", "study=gansu_2019_wider"],
        ),
        ("pyramid sim", ["simulate"]),
        ("pyramid list str", ["stresses"]),
        ("pyramid simulate after=g", ["after=gansu_2019", "after=grid_first"]),
        ("pyramid compare before=pl", ["before=placebo"]),
        ("pyramid simulate province=gui", ["province=guizhou"]),
        ("pyramid simulate province=青", ["province=青海"]),
        ("pyramid simulate province=qinghai places=", ["places=["]),
        ("pyramid simulate province=qinghai places=[西", ["places=[西宁市"]),
        ("pyramid simulate places=[6203,Zhan", ["places=[6203,Zhangye"]),
        ("pyramid simulate province=nowhere places=[6203,Zhan", []),
        ("pyramid list places province=ti", ["province=tianjin", "province=tibet", "province=tiny"]),
        ("pyramid list places 62070", ["620702"]),
        ("pyramid list places province=tiny 东", ["东川市"]),
        ("pyramid province ", ["check", "make"]),
        ("pyramid province make ti", ["tianjin", "tibet", "tiny"]),
        ("pyramid province make data made province=ning", ["province=ningxia"]),
        ("pyramid province check my", []),
        ("pyramid simulate province=tiny pl", ["places="]),
        ("pyramid simulate after.centre.whistle_d", ["after.centre.whistle_deadline="]),
        ("pyramid compare study=", ["study=configurations", "study=four_roads"]),
        ("pyramid patterns after=g", ["after=gansu_2019", "after=grid_first"]),
        ("pyramid patterns lang", ["language="]),
        ("pyramid compare stress=push", ["stress=push_down"]),
        ("pyramid index index=", ["index=pingan"]),
        ("pyramid index after=g", ["after=gansu_2019", "after=grid_first"]),
        ("pyramid simulate schem", []),
        ("pyramid report format=p", ["format=png", "format=pdf"]),
        ("pyramid report f", ["format=", "figure="]),
        ("pyramid report results/", []),
        ("pyramid whatif --s", ["--static="]),
    ],
)
def test_completion(line, expected):
    assert candidates(line) == expected


def test_completion_scripts_are_printed(capsys):
    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        assert "pyramid completion query" in capsys.readouterr().out


def test_tables_align_and_print_plain_spaces():
    assert table(["a", "b"], [["x", "1"], ["yy", "10"]]) == "a    b\n--  --\nx    1\nyy  10"
    assert table(["a", "b"], [["x", "1\u00a0%"]]).endswith("x  1 %")


def test_progress_tells_rate_time_left_and_failures():
    stream = io.StringIO()
    progress = Progress(10, stream)
    assert progress.line(5) == "0/10 runs, 0:05 so far"
    progress.done, progress.failed = 4, 1
    assert progress.line(8) == "4/10 runs, 2.0 s a run, 0:12 left, 1 failed"
    assert progress.line(2) == "4/10 runs, 2.0/s, 0:03 left, 1 failed"
    assert progress.line(2, ahead=3) == "7/10 runs, 3.5/s, 0:01 left, 1 failed"
    assert progress.line(2, ahead=9).startswith("10/10 runs")  # a run done again after its worker was lost
    assert stream.getvalue() == ""
    assert clock(3725) == "1:02:05"
