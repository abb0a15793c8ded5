"""A folder to be in, and the promise that nothing is ever run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hydra.core.config_store import ConfigStore

import sim.model
from experiments.configuration import application


@pytest.fixture(scope="session", autouse=True)
def one_store() -> Iterator[None]:
    """Hydra copies its store of schemas at every composition, which only reads it: half of the time of a case."""
    patch = pytest.MonkeyPatch()
    patch.setattr(ConfigStore, "__deepcopy__", lambda store, memo: store, raising=False)
    yield
    patch.undo()


class Ran(BaseException):
    """A run was started: the input was taken."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a case, empty; the environment has a secret."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/secret/of/the/environment")
    return tmp_path


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes every run an error that nothing catches."""

    def never(*_: object, **__: object) -> None:
        raise Ran

    monkeypatch.setattr(sim.model, "run_branches", never)


@pytest.fixture
def composed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Composes a command line once for all cases: those of provinces differ in what is on the disk alone."""
    monkeypatch.setattr(application, "_composed", _composed_once)


@cache
def _composed_of(command: str, arguments: tuple[str, ...]) -> object:
    return COMPOSED(command, arguments)


COMPOSED = application._composed


def _composed_once(command: str, arguments: Sequence[str]) -> object:
    return _composed_of(command, tuple(arguments))
