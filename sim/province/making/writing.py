"""Writing folders of provinces, all of it or nothing."""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import InputError
from sim.province.builder import folder_of
from sim.province.metadata import FILE as METADATA
from sim.province.series import FILES as SERIES_FILES
from sim.province.table import file_of
from sim.province.tables import FILES, REPORTS


def check_target(folder: Path, replaceable: tuple[str, ...] = ()) -> None:
    """Raises ``InputError`` where a folder is no folder, or has anything in it but files that may be replaced."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InputError(f"{folder}: is there already and is no folder; give another one")
    others = sorted(each.name for each in folder.iterdir() if each.name not in replaceable) if folder.exists() else []
    if others:
        raise InputError(f"{folder}: is not empty: it has {others[0]!r}; give another folder")


@contextmanager
def written(targets: list[Path], replaceable: tuple[str, ...] = ()) -> Iterator[list[Path]]:
    """Empty folders to write into, which become the targets at the end and vanish where anything fails."""
    for target in targets:
        check_target(target, replaceable)
    above = targets[0].parent
    above.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=above) as temporary:
        folders = [Path(temporary) / target.name for target in targets]
        for folder in folders:
            folder.mkdir()
        yield folders
        for folder, target in zip(folders, targets, strict=True):
            _place(folder, target)


def _place(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
        return
    names = {each.name for each in made.iterdir()}
    for each in target.iterdir():
        if each.name not in (*names, *SERIES_FILES, REPORTS):  # what somebody has written down stays
            each.unlink()
    for name in sorted(names):
        (made / name).replace(target / name)


def write_copy(province: str, folder: Path) -> None:
    """Writes a shipped province into a new or empty folder, its tables unpacked.

    Raises:
        InputError: for an unknown province, or a folder that has anything in it.
    """
    source = folder_of(province)
    with written([folder.resolve()]) as (made,):
        for name in (METADATA, *SERIES_FILES, REPORTS):
            if (source / name).exists():
                (made / name).write_bytes((source / name).read_bytes())
        for table in FILES:
            file = file_of(source, table)
            content = file.read_bytes()
            (made / table).write_bytes(content if file.name == table else lzma.decompress(content))
