"""A case of bad input: what is on the disk, what is typed, and what the message must say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One thing that is wrong.

    Attributes:
        name: unique; says what is wrong.
        arguments: of ``pyramid``; the working directory is the folder of ``files``.
        says: all of these are in the message: the offender, the value, what is allowed.
        files: made before, by path; bytes as they are, text as UTF-8.
    """

    name: str
    arguments: tuple[str, ...]
    says: tuple[str, ...]
    files: Mapping[str, str | bytes] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name.replace(" ", "_")

    def lay_out(self, folder: Path) -> None:
        """Writes the files."""
        for path, content in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)


def found_in(folder: Path) -> dict[str, str]:
    """Everything below a folder: links by target, files by content, the rest by kind."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            state = f"link to {path.readlink()}"
        elif path.is_file():
            state = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            state = "folder" if path.is_dir() else "special"
        found[str(path.relative_to(folder))] = state
    return found
