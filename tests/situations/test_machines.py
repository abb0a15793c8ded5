"""Machines and libraries: files with old times, processes within processes, loggers, locks, clients of a cluster."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import distributed
import pytest

import petition_pyramid as pp
from experiments.results.folder import locked
from sim.errors import InputError
from tests.situations.situation import situation
from tests.situations.year import YEAR

QUICK = (*YEAR, "replicates=1", "executor.workers=1")


@situation(
    "machines and libraries",
    "Open-MSS/MSS#3203",
    "files were taken for unchanged by their time alone, and old contents were shown",
    "an ensemble of the same size and with the time of the old one is read anew",
)
def test_a_changed_ensemble_is_seen_whatever_its_time(tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    members.write_text("patience\n10\n")
    assert pp.simulate(*QUICK, f"ensemble={members}").frame()["seed"].tolist() == [0]
    kept = members.stat()
    members.write_text("patience\n-9\n")
    os.utime(members, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert (members.stat().st_mtime_ns, members.stat().st_size) == (kept.st_mtime_ns, kept.st_size)
    with pytest.raises(InputError, match="patience=-9"):
        pp.simulate(*QUICK, f"ensemble={members}")


def refuse() -> None:
    raise InputError("after=wistle is wrong", "twice")


def simulated(_: object = None) -> bytes:
    return pp.simulate(*QUICK).records[0].to_bytes()


@situation(
    "many runs at once",
    "python/cpython#103061",
    "an exception that cannot be unpickled made a pool of processes wait for ever",
    "a refusal comes out of a pool with its words",
)
@pytest.mark.filterwarnings("ignore:.*multi-threaded")
def test_a_refusal_comes_out_of_a_pool() -> None:
    error = pickle.loads(pickle.dumps(InputError("after=wistle is wrong")))
    assert isinstance(error, InputError) and str(error) == "after=wistle is wrong"
    with (
        ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool,
        pytest.raises(InputError, match="after=wistle is wrong"),
    ):
        pool.submit(refuse).result(timeout=60)


@situation(
    "many runs at once",
    "numba/numba#7872",
    "ran compiled code, forked, and ran it in the child: it hung",
    "a forked child simulates what its parent did, to the byte",
)
@pytest.mark.filterwarnings("ignore:.*multi-threaded")
def test_a_forked_child_simulates() -> None:
    expected = simulated()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(simulated).get(timeout=60) == expected


@situation(
    "machines and libraries",
    "benoitc/gunicorn#1640",
    "froze what was loaded before forking, so that workers share its memory",
    "what the caller has frozen stays frozen after a study",
)
def test_what_the_caller_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        pp.simulate(*QUICK)
        assert gc.get_freeze_count() > 0.99 * frozen > 10_000  # a few are let go by those who held them
    finally:
        gc.unfreeze()
    pp.simulate(*QUICK)
    assert gc.get_freeze_count() == 0


@pytest.fixture
def loggers() -> dict[str, Any]:
    names = ("EMA", "distributed", "matplotlib", "hydra", "")
    kept = {name: (logging.getLogger(name).level, logging.getLogger(name).propagate) for name in names}
    levels = {handler: handler.level for name in names for handler in logging.getLogger(name).handlers}
    return {"kept": kept, "levels": levels}


def now(loggers: dict[str, Any]) -> dict[str, Any]:
    return {
        "kept": {n: (logging.getLogger(n).level, logging.getLogger(n).propagate) for n in loggers["kept"]},
        "levels": {handler: handler.level for handler in loggers["levels"]},
    }


@situation(
    "machines and libraries",
    "jborean93/smbprotocol#233",
    "a library changed the settings of loggers, which belong to the application",
    "loggers of other packages have the level, handlers and parents that they had",
)
def test_loggers_of_others_stay_as_they_were(tmp_path: Path, loggers: dict[str, Any]) -> None:
    robust = pp.robustness(
        *YEAR,
        "study.policies=[status_quo,whistle]",
        "study.uncertainties=[grievances]",
        "study.futures=20",
        "study.thresholds={petitions_total: {at_most: 82}}",
        results=tmp_path,
    )
    assert len(robust.tables["trajectory"])  # the other package was at work
    assert now(loggers) == loggers


@pytest.fixture(scope="module")
def client() -> Iterator[distributed.Client]:
    """A cluster within this process."""
    with distributed.Client(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address="127.0.0.1:0",
        protocol="tcp",
        host="127.0.0.1",
    ) as client:
        yield client


@situation(
    "many runs at once",
    "dask/distributed#7605",
    "a client that had been closed by hand went on to be used",
    "a closed client is refused in one line, and one that is asynchronous, too",
)
@situation(
    "many runs at once",
    "dask/distributed#3156",
    "an asynchronous client was used where an ordinary one was meant; errors of event loops followed",
    "whatever is no client and no name of an executor is refused by what it is",
)
def test_what_is_no_open_client_is_refused(client: distributed.Client, loggers: dict[str, Any]) -> None:
    assert pp.simulate(*QUICK, executor=client).records[0].to_bytes() == simulated()
    assert client.status == "running"
    assert now(loggers)["kept"]["distributed"] == loggers["kept"]["distributed"]
    second = distributed.Client(client.scheduler.address, set_as_default=False)
    second.close()
    for wrong in (42, multiprocessing):
        check_refused(wrong, "it must be threads, processes, dask or a Dask client")
    check_refused(second, "a client must be running, and not asynchronous")

    async def within_a_loop() -> None:
        async with distributed.Client(client.scheduler.address, asynchronous=True) as waiting:
            check_refused(waiting, "a client must be running, and not asynchronous")

    asyncio.run(within_a_loop())


def check_refused(executor: Any, why: str) -> None:
    with pytest.raises(InputError) as refused:
        pp.simulate(*QUICK, executor=executor)
    assert str(refused.value) == f"executor={executor!r} is not allowed: {why}"


@situation(
    "many runs at once",
    "fish-shell/fish-shell#7968",
    "the program hung without a word; it took half a night to find that it waited for a lock",
    "who waits for another study that writes to the same folder says which folder, and goes on after it",
)
def test_who_waits_for_a_lock_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, began, order = tmp_path / "study" / "name", threading.Event(), []

    def second() -> None:
        began.set()
        with locked(folder):
            order.append("second")

    with locked(folder):
        thread = threading.Thread(target=second)
        thread.start()
        began.wait()
        thread.join(2.0)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert capsys.readouterr().err == f"waiting for another study that writes to {folder}\n"
    with locked(folder):
        pass
    assert capsys.readouterr().err == ""
