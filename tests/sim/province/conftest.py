"""A copy of the tiny province that a test may damage."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.province import folder_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder_of("tiny"), tmp_path / "mine"))


@pytest.fixture
def replace(folder: Path) -> Callable[[str, str, str], Path]:
    """Replace a text that occurs exactly once in a file of the copy; gives the folder."""

    def change(name: str, old: str, new: str) -> Path:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return change
