"""A folder to be in, and the promise that nothing is ever run."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim.model


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
