"""The server: who may ask what, and that nothing that is sent to it makes it fall or tell more than it should."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.cli.main import main
from experiments.whatif.server import BODY_MAX, HOST
from tests.experiments.whatif.conftest import data_of


@pytest.mark.long
def test_the_page_is_served_and_says_what_it_may_load(ask, server):
    status, headers, page = ask("GET", "/")
    assert status == 200 and page.startswith("<!doctype html>")
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page and "connect-src 'self'" in page
    data = data_of(page)
    assert data["presets"][0]["name"] == "status_quo" and data["start"]["policy"] == "status_quo"
    assert ask("HEAD", "/")[::2] == (200, "")


def test_a_run_is_answered(ask):
    status, headers, found = ask(body={"levers": {"petition.acceptance": "strict"}})
    assert status == 200 and headers["Content-Type"].startswith("application/json")
    assert found["after"]["petitions_province"] < found["kept"]["petitions_province"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"headers": {"Host": "evil.example"}}, 421),
        ({"headers": {"Host": "evil.example:80"}}, 421),
        ({"headers": {"Host": None}}, 421),
        ({"headers": {"Host": "127.0.0.1"}}, 421),
        ({"headers": {"Host": "127.0.0.1.evil.example"}}, 421),
        ({"headers": {"Origin": "http://evil.example"}}, 403),
        ({"headers": {"Origin": "null"}}, 403),
        ({"headers": {"Content-Type": "text/plain"}}, 415),
        ({"headers": {"Content-Type": None}}, 415),
        ({"headers": {"Content-Length": None}}, 411),
        ({"headers": {"Transfer-Encoding": "chunked"}}, 411),
        ({"headers": {"Content-Length": "-1"}}, 400),
        ({"headers": {"Content-Length": "²"}}, 400),
        ({"headers": {"Content-Length": str(BODY_MAX + 1)}}, 413),
        ({"headers": {"Content-Length": "9" * 400}}, 413),
        ({"body": b"{"}, 400),
        ({"body": b"\xff\xfe"}, 400),
        ({"body": b"[" * 60_000}, 400),
        ({"body": b'{"seed": NaN}'}, 400),
        ({"body": {"levers": {"nothing": 1}}}, 400),
        ({"method": "GET"}, 405),
        ({"path": "/"}, 405),
        ({"method": "GET", "path": "/../../etc/passwd"}, 404),
        ({"method": "GET", "path": "/page.js"}, 404),
        ({"method": "GET", "path": "http://evil.example/"}, 404),
        ({"path": "/run/"}, 404),
        ({"method": "PUT"}, 501),
        ({"method": "OPTIONS"}, 501),
    ],
)
def test_what_is_refused_is_refused_in_json(ask, changes, status):
    if any(not value.isascii() for value in changes.get("headers", {}).values() if value):
        changes = {"headers": {name: value.encode().decode("latin-1") for name, value in changes["headers"].items()}}
    found, _, answer = ask(**changes)
    assert found == status
    assert list(answer) == ["error"] and answer["error"] and "Traceback" not in answer["error"]


def test_localhost_is_this_machine_too(ask, server):
    for host in (f"localhost:{server.server_port}", f"LOCALHOST:{server.server_port}"):
        assert ask("GET", "/", headers={"Host": host, "Origin": f"http://{host.lower()}"})[0] == 200


def test_two_hosts_are_refused(server):
    with socket.create_connection((HOST, server.server_port), timeout=10) as connection:
        host = f"{HOST}:{server.server_port}"
        connection.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n".encode())
        assert b" 421 " in connection.recv(200)


def test_it_listens_to_this_machine_alone(server):
    assert server.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.long
def test_noise_does_not_make_it_fall(server, ask):
    """Two hundred connections of noise, whole and cut off; afterwards a run is answered as ever."""
    noise = random.Random(7)
    pieces = [
        b"GET ",
        b"POST ",
        b"/run",
        b" HTTP/1.1\r\n",
        b"Host: 127.0.0.1\r\n",
        b"\r\n\r\n",
        b"\x00",
        b"\xff" * 9,
        b": ",
    ]
    for _ in range(200):
        sent = b"".join(noise.choices(pieces, k=noise.randrange(1, 9))) + noise.randbytes(noise.randrange(40))
        with socket.create_connection((HOST, server.server_port), timeout=10) as connection:
            connection.sendall(sent)
    assert ask(body={})[0] == 200


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["page", "number", "policy", "levers", "stresses", "seed", "replicates", "other"])
levers = st.dictionaries(
    st.sampled_from(["centre.coverage_county", "centre.intake", "staff.mediators_county", "push_down"]),
    values,
    max_size=3,
)


@pytest.mark.long
@settings(max_examples=60)
@given(st.dictionaries(keys, values, max_size=4) | st.fixed_dictionaries({"levers": levers}) | values)
def test_any_json_is_answered_or_refused(ask, body):
    if isinstance(body, dict):
        body.pop("replicates", None)  # twenty replicates are no error, and slow
    status, _, answer = ask(body=json.dumps(body).encode())
    assert (status == 200 and "after" in answer) or (status in (400, 409) and list(answer) == ["error"])


def refused(capsys, *arguments: str) -> str:
    assert main(["whatif", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["port=70000"], "port=70000 is not allowed: it must be a whole number from 0 to 65,535"),
        (["port=x"], "port=x is not allowed"),
        (["prot=1"], "did you mean port?"),
        (["replicates=21"], "it must be a whole number from 1 to 20"),
        (["levers=[push_down]"], "push_down is a stress: harm that happens to people"),
        (["levers=[centre.intak]"], "there is no lever 'centre.intak'; did you mean centre.intake"),
        (["stresses=[centre.intake]"], "there is no stress 'centre.intake'"),
        (["places=[999999]"], "999999"),
        (["size=100", "--static", "x.html"], "size=100 is not allowed: it must be a power of two, such as 64 or 128"),
        (["--static"], "--static needs a file"),
        (["--static", "size=64"], "--static needs a file"),
        (["--static", "a.html", "--static=b.html"], "--static is given twice"),
        (["--static", "/nowhere/at/all.html"], "there is no folder /nowhere/at"),
        (["--static", "."], "is a folder; name a file in it"),
        (["--statik", "a.html"], "unknown flag '--statik'"),
    ],
)
def test_wrong_input_is_one_message_and_exit_code_two(capsys, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    assert message in refused(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_told(capsys, server):
    assert f"port={server.server_port} cannot be had" in refused(capsys, "province=tiny", f"port={server.server_port}")


@pytest.mark.long
def test_ctrl_c_ends_it_without_a_word_too_many():
    command = [sys.executable, "-m", "experiments.cli.main", "whatif", "province=tiny", "port=0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in errors and errors.endswith("pyramid: interrupted\n")
