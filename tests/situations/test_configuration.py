"""Configuration files: what users of Hydra, OmegaConf and YAML met, tried on a folder of options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from omegaconf import OmegaConf

import petition_pyramid as pp
from experiments.cli.main import main
from sim.policy import Policy
from tests.bad_input.conftest import one_store  # noqa: F401 # composes in half the time
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of options with a place for policies and for studies."""
    for group in ("policy", "study", "behaviour"):
        (tmp_path / "own" / group).mkdir(parents=True)
    return tmp_path / "own"


def after(own: Path, text: str | bytes, name: str = "mine", *more: str) -> Policy:
    """The policy of a file."""
    (own / "policy" / f"{name}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return pp.scenario(*SHORT, f"after={name}", *more, config_directory=own).after


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#2889",
    "a file with the ending .yml: the message said that there was none, and it was there",
    "the message names the file and the ending that is read",
)
def test_a_file_with_the_other_ending_is_named(own: Path) -> None:
    (own / "policy" / "mine.yml").write_text("{}\n")
    for call in (
        lambda: pp.scenario("after=mine", config_directory=own),
        lambda: pp.compare("province=tiny", "study.policies=[mine]", config_directory=own),
    ):
        with pytest.raises(pp.InputError, match=r"policy/mine\.yml is not read: name it mine\.yaml"):
            call()


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#1308",
    "did not know whether the ending belongs to the name of an option",
    "with its ending it is the same option, or told by its name in a list",
)
def test_an_option_named_with_its_ending_is_the_same_or_told(own: Path) -> None:
    assert after(own, "staff: {mediators_county: 7}\n").staff.mediators_county == 7
    assert pp.scenario("after=mine.yaml", config_directory=own).after.staff.mediators_county == 7
    with pytest.raises(pp.InputError, match=r"no policy 'mine\.yaml'; .* mine(,|$)"):
        pp.compare("province=tiny", "study.policies=[mine.yaml]", config_directory=own)


@situation(
    "configuration files",
    "nodeca/js-yaml#179",
    "a file saved on Windows began with a mark of its encoding, which became part of a key",
    "the mark and the line ends of Windows are read over, also before '# @package'",
)
def test_files_written_on_windows_are_read(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "# Ours.\r\nstaff:\r\n  mediators_county: 7\r\n".encode("utf-8-sig")
    assert after(own, text).staff.mediators_county == 7
    (own / "study" / "ours.yaml").write_bytes(
        "# @package _global_\r\n# Our study.\r\nkind: compare\r\nreplicates: 3\r\n"
        "study:\r\n  policies: [status_quo, mine]\r\n".encode("utf-8-sig")
    )
    assert main(["compare", "study=ours", f"--config-dir={own}", "--cfg", "job"]) == 0
    assert "replicates: 3" in capsys.readouterr().out
    assert main(["list", "policies", f"--config-dir={own}", "output=json"]) == 0
    assert json.loads(capsys.readouterr().out)[-1] == {"name": "mine", "meaning": "Ours."}
    assert main(["list", "studies", f"--config-dir={own}", "output=json"]) == 0
    assert "Our study." in capsys.readouterr().out


@situation(
    "configuration files",
    "omry/omegaconf#1189",
    "wrote a.b.c: 1 in a file and asked whether that is one key or three",
    "it is refused, and the message says how to write it",
)
def test_a_key_with_dots_in_a_file_is_refused(own: Path) -> None:
    with pytest.raises(pp.InputError, match=r"staff\.mediators_county") as refused:
        after(own, "staff.mediators_county: 7\n")
    assert "mine.yaml" in str(refused.value) and "staff: {mediators_county: 7}" in str(refused.value)


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#326",
    "could not say whether a file or its defaults come first",
    "what stands later in the list of defaults wins, and without _self_ the file does",
)
def test_the_later_of_file_and_defaults_wins(own: Path) -> None:
    shipped = pp.scenario("after=more_mediators").after.staff.mediators_county
    assert shipped != 7
    found = {
        order: after(own, f"defaults: [{order}]\nstaff: {{mediators_county: 7}}\n").staff.mediators_county
        for order in ("more_mediators, _self_", "_self_, more_mediators", "more_mediators")
    }
    assert list(found.values()) == [7, shipped, 7]


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#1163",
    "a name of digits and underscores, 1_1_1, arrived as the number 111",
    "an option may be called by digits and is chosen by its name as typed",
)
@situation(
    "configuration files",
    "hydra-ecosystem/hydra#271",
    "options called 0.1 and 0.01: their files were not found",
    "a dot in a name is a dot",
)
@pytest.mark.parametrize("name", ["2019", "1_1_1", "0.1", "1e3", "0x10", "695e0514", "007"])
def test_an_option_may_be_called_like_a_number(own: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert after(own, "staff: {mediators_county: 7}\n", name).staff.mediators_county == 7
    words = ["compare", *SHORT, f"study.policies=[status_quo,{name}]", f"--config-dir={own}", "--cfg", "job"]
    assert main(words) == 0
    assert f"- {name}\n" in capsys.readouterr().out.replace("'", "")


@situation(
    "configuration files",
    "yaml/pyyaml#173",
    "1e10 in a file was a text",
    "numbers with an exponent are numbers",
)
def test_numbers_with_an_exponent_are_numbers(own: Path) -> None:
    for text, number in (("2e1", 20.0), ("2.0e+1", 20.0), ("200e-1", 20.0), ("+20", 20.0), ("20.", 20.0)):
        (own / "behaviour" / "ours.yaml").write_text(f"patience: {text}\n")
        assert pp.scenario("behaviour=ours", config_directory=own).behaviour.patience == number


@situation(
    "configuration files",
    "yaml/pyyaml#417",
    "a commit, 695e0514, was written as it is and read as infinity",
    "names that look like numbers come back from results as texts",
)
@situation(
    "configuration files",
    "yaml/pyyaml#860",
    "a text such as 1E6 was written without quotes: other readers took it for a number",
    "study.yaml has quotes around what any reader of YAML could take for a number",
)
def test_names_like_numbers_come_back_as_names(own: Path, tmp_path: Path) -> None:
    after(own, "staff: {mediators_county: 7}\n", "695e0514")
    study = pp.compare(
        *SHORT, "study.policies=[status_quo,695e0514]", "study.name=1e3", "name=2019", "replicates=1",
        "study.question={en: 1_000, zh: 1e3}", config_directory=own, results=tmp_path / "kept",
    )  # fmt: skip
    again = pp.open_results(tmp_path / "kept" / "1e3" / "2019")
    assert again.study["name"] == "1e3" and list(again.study["worlds"]) == ["status_quo", "695e0514"]
    assert again.study["question"] == {"en": "1_000", "zh": "1e3"}
    assert sorted(set(again.frame()["world"])) == ["695e0514", "status_quo"]
    read = OmegaConf.load(again.path / "study.yaml")  # as readers of YAML 1.2 do
    assert read["name"] == "1e3" and list(read["worlds"]) == ["status_quo", "695e0514"]
    assert again.path.name == study.path.name == "2019"


@situation(
    "configuration files",
    "yaml/pyyaml#250",
    "a sign beyond the first plane of Unicode in a file: unacceptable character",
    "emoji in comments, questions and lists are kept",
)
def test_emoji_in_files_are_kept(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert after(own, "# 🙋 help 1️⃣\nstaff: {mediators_county: 7}\n").staff.mediators_county == 7
    assert main(["list", "policies", f"--config-dir={own}", "output=json"]) == 0
    assert json.loads(capsys.readouterr().out)[-1]["meaning"] == "🙋 help 1️⃣"


@situation(
    "configuration files",
    "yaml/pyyaml#579",
    "a value that begins with the emoji of a keycap, whose first sign is #, was read as nothing",
    "a key left without a value is refused by name",
)
def test_a_value_that_yaml_takes_for_a_comment_is_refused(own: Path) -> None:
    with pytest.raises(pp.InputError, match=r"mediators_county=None is not allowed: it must be a number"):
        after(own, "staff:\n  mediators_county: #️⃣7\n")


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#80",
    "a file that Hydra did not read gave an empty configuration without a word",
    "an empty file of options is what its comment says: every lever at its default",
)
def test_an_empty_file_is_the_defaults(own: Path) -> None:
    for text in ("", "# Nothing but this.\n", "{}\n", "---\n"):
        assert after(own, text) == Policy()


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#354",
    "the same option twice in the list of defaults, with two values: the last one won",
    "a slot that is chosen twice in one list is refused",
)
@situation(
    "configuration files",
    "hydra-ecosystem/hydra#1748",
    "a default in the wrong place: a page about overriding and a warning",
    "the message names the slot and the study",
)
def test_a_slot_chosen_twice_is_refused(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "study" / "ours.yaml").write_text(
        "# @package _global_\nkind: sweep\n"
        "defaults:\n  - /policy@after: whistle\n  - /policy@after: one_stop\n  - _self_\n"
    )
    assert main(["sweep", "study=ours", f"--config-dir={own}", "behaviour.patience=10,20"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert "policy@after" in err and "study=ours" in err


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#1536",
    "the folder of the script held other folders, which became groups of options",
    "in a folder full of other things the groups alone are read",
)
def test_other_folders_are_no_groups(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("data", ".git", "server", "results"):
        (own / name).mkdir()
        (own / name / "mine.yaml").write_text("hydra: {run: {dir: /}}\n")
    (own / "data" / "broken.yaml").write_text("a: [\n")
    assert after(own, "staff: {mediators_county: 7}\n").staff.mediators_county == 7
    assert main(["simulate", "--help", f"--config-dir={own}"]) == 0
    out = capsys.readouterr().out
    assert "mine" in out and "server" not in out and "data=" not in out


@situation(
    "configuration files",
    "hydra-ecosystem/hydra#1652",
    "the folder of a group lay one level deeper: its options did nothing, without a word",
    "a folder in which there is no group is refused, with their names",
)
def test_a_folder_without_groups_is_refused(own: Path) -> None:
    (own / "policy" / "mine.yaml").write_text("{}\n")
    for folder in (own.parent, own / "policy"):
        with pytest.raises(pp.InputError, match=f"--config-dir {folder} has no folder of options: policy, behaviour"):
            pp.scenario("province=tiny", config_directory=folder)
