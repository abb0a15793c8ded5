"""Three versions of these sources, so that an edit costs what it touches.

- *kernel*: the modules that compiled code reaches, that is, those with a compiled function and all that they import
  from ``sim``. It names the directory of compiled code.
- *model*: all of ``sim`` but its measures. The same scenario, seed and model have the same ledger, to the byte.
- *measures*: ``sim/measures``. Model and measures together key a stored run, so that a changed formula never returns a
  stored figure.

Each is a hash of what Python reads: tokens without comments, docstrings and blank lines. The text of tokens is the same
in every Python that reads them, which a printed syntax tree is not.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import os
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SOURCES = Path(__file__).parents[1]
LENGTH = 16
"""Characters of a version."""

_IGNORED = (tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER)
_LAYOUT = {tokenize.INDENT: "\1", tokenize.DEDENT: "\2", tokenize.NEWLINE: "\n"}
_COMPILES = re.compile(rb"^\s*@(compiled|compiled_apart|compiled_once|rule)\b", re.MULTILINE)


class Versions(NamedTuple):
    """Versions of kernel, model and measures; see the module."""

    kernel: str
    model: str
    measures: str


def significant(source: bytes) -> str:
    """What Python reads of a source: its tokens, without comments, blank lines and docstrings."""
    return "".join(text for line in _lines(source) for text in line)


def _lines(source: bytes) -> Iterator[list[str]]:
    """Logical lines as texts of tokens; docstrings are left out."""
    line: list[str] = []
    is_string = True
    for token in tokenize.tokenize(io.BytesIO(source).readline):
        if token.type in _IGNORED:
            continue
        if token.type in (tokenize.INDENT, tokenize.DEDENT):
            yield [_LAYOUT[token.type]]
        elif token.type == tokenize.NEWLINE:
            if not (line and is_string):
                yield [*line, "\n"]
            line, is_string = [], True
        else:
            line.append(f"{token.string}\0")
            is_string = is_string and token.type == tokenize.STRING
    if line:
        yield line


def versions(sources: Path = SOURCES, kept: Path | None = None) -> Versions:
    """Versions of the sources below a folder, a package by its name; ``kept`` is a folder that remembers them.

    Reading tokens takes a few tenths of a second, so that the versions are kept beside the compiled code, by a hash of
    all bytes.
    """
    files = {path: path.read_bytes() for path in sorted(sources.rglob("*.py"))}
    digest = hashlib.sha256()
    for path, content in files.items():
        digest.update(path.relative_to(sources).as_posix().encode() + b"\0" + content + b"\0")
    note = None if kept is None else kept / f"versions-{digest.hexdigest()[:LENGTH]}.json"
    try:
        found = Versions(**json.loads(note.read_bytes())) if note else None
    except (OSError, ValueError, TypeError):
        found = None
    if found is None:
        found = _versions(sources, files)
        if note is not None:
            _keep(note, found)
    return found


def _keep(note: Path, found: Versions) -> None:
    partial = note.with_suffix(f".{os.getpid()}")
    try:
        partial.write_text(json.dumps(found._asdict()))
        partial.replace(note)
    except OSError:  # it is only a shortcut
        partial.unlink(missing_ok=True)


def _versions(sources: Path, files: Mapping[Path, bytes]) -> Versions:
    measures = [path for path in files if path.is_relative_to(sources / "measures")]
    model = [path for path in files if path not in measures]
    return Versions(*(version_of(sources, parts) for parts in (kernel_of(sources, files), model, measures)))


def version_of(folder: Path, files: Iterable[Path]) -> str:
    """Version of some sources below a folder."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{significant(path.read_bytes())}\0".encode())
    return digest.hexdigest()[:LENGTH]


def kernel_of(sources: Path, files: Mapping[Path, bytes]) -> set[Path]:
    """Modules with a compiled function, and those they import from the same package, directly or not."""
    reached: set[Path] = set()
    waiting = [path for path, content in files.items() if _COMPILES.search(content)]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += [found for name in _imports(sources.name, files[path]) for found in _files(sources, files, name)]
    return reached


def _imports(package: str, content: bytes) -> Iterator[str]:
    """Dotted names that a module imports from a package, each name of a ``from`` as if it were a module."""
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == package)


def _files(sources: Path, files: Mapping[Path, bytes], name: str) -> Iterator[Path]:
    """The file of a dotted name and those of the packages around it."""
    parts = name.split(".")[1:]
    for end in range(len(parts) + 1):
        stem = sources.joinpath(*parts[:end])
        yield from (path for path in (stem / "__init__.py", stem.with_suffix(".py")) if path in files)
