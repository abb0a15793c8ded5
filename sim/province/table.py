"""One CSV table of a province: its cells by column, and messages that name file, row, column and value."""

from __future__ import annotations

import csv
import difflib
import io
import lzma
import re
import stat
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from sim.errors import InputError

LARGEST_TABLE = 2**28
"""Bytes of the largest table that is read, packed or not."""

PACKED = ".xz"
"""Ending of a table that is packed: ``villages.csv.xz`` is read where there is no ``villages.csv``."""

LONGEST_NAME = 100
"""Letters of the longest name."""

_WHOLE = re.compile(r"-?[0-9]+(\.0*)?", re.ASCII)
_DECIMAL = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)


class Table:
    """The cells of one file by column, with the line each row ends on, for messages.

    Args:
        folder: where the file is.
        name: its name, ``cities.csv``; packed, ``cities.csv.xz``, where there is no such file.
        needed: columns that must be there.
        optional: columns that may be there; any other is refused.
        renamed: old names of columns and their new ones.

    Raises:
        InputError: when the file cannot be read or its header is wrong.
    """

    def __init__(
        self,
        folder: Path | Traversable,
        name: str,
        needed: tuple[str, ...],
        optional: tuple[str, ...] = (),
        renamed: dict[str, str] | None = None,
    ) -> None:
        self.file = f"{folder}/{name}"
        self.warnings: list[str] = []
        text, self.file = _text(folder, name)
        header, self.lines, rows = self._rows(text, needed, optional, renamed or {})
        if not rows:
            raise InputError(f"{self.file}: has a header but no rows; at least one is needed")
        columns = list(zip(*rows, strict=True))
        self.columns = {name: [cell.strip() for cell in columns[n]] for n, name in enumerate(header)}

    def __len__(self) -> int:
        return len(self.lines)

    def _rows(
        self, text: str, needed: tuple[str, ...], optional: tuple[str, ...], renamed: dict[str, str]
    ) -> tuple[list[str], list[int], list[list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] | None = None
        lines: list[int] = []
        rows: list[list[str]] = []
        try:
            for row in reader:
                if not row:
                    continue  # a blank line, usually at the end of the file
                if header is None:
                    names = [cell.strip() for cell in row]
                    header = [renamed[name] if renamed.get(name) not in (None, *names) else name for name in names]
                    self._check_header(header, needed, optional)
                elif len(row) == len(header):
                    lines.append(reader.line_num)
                    rows.append(row)
                else:
                    raise InputError(
                        f"{self.file}: row {reader.line_num}: {len(row)} fields, but the header has {len(header)}"
                    )
        except csv.Error as error:
            raise InputError(f"{self.file}: row {reader.line_num}: not comma-separated values: {error}") from None
        if header is None:
            raise InputError(f"{self.file}: is empty; a header and at least one row are needed")
        return header, lines, rows

    def _check_header(self, header: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> None:
        missing = [column for column in needed if column not in header]
        if missing:
            raise InputError(
                f"{self.file}: row 1: missing column {', '.join(map(repr, missing))}; "
                f"the header is {','.join(header)!r}, needed are {', '.join(needed)}"
            )
        known = (*needed, *optional)
        for column in header:
            if column not in known:
                near = difflib.get_close_matches(column, known, n=1, cutoff=0.6)
                hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
                raise InputError(f"{self.file}: row 1: unknown column {column!r}: {hint}")
            if header.count(column) > 1:
                raise InputError(f"{self.file}: row 1: column {column!r} occurs {header.count(column)} times")

    def has(self, column: str) -> bool:
        """Whether the file has a column."""
        return column in self.columns

    def refuse(self, index: int, column: str, reason: str) -> InputError:
        """The error of one cell."""
        value = self.columns[column][index]
        shown = repr(value if len(value) <= LONGEST_NAME else f"{value[:LONGEST_NAME]}…") if value else "missing"
        return InputError(f"{self.file}: row {self.lines[index]}: {column} {shown}: {reason}")

    def names(self, column: str, *, optional: bool = False) -> list[str]:
        """Names of places; a letter from the private use area is told (``warnings``) and kept."""
        values = self.columns.get(column, [""] * len(self))
        for index, value in enumerate(values):
            if value.isprintable() and 0 < len(value) <= LONGEST_NAME:
                continue
            if not value:
                if optional:
                    continue
                raise self.refuse(index, column, "a text is needed")
            if len(value) > LONGEST_NAME:
                raise self.refuse(index, column, f"a name has at most {LONGEST_NAME} letters, not {len(value)}")
            if not all(letter.isprintable() or _is_private(letter) for letter in value):
                raise self.refuse(index, column, "a text must be letters that can be printed")
            self.warnings.append(
                f"{self.file}: row {self.lines[index]}: {column} {value!r}: has letters of private use, "
                "which no font shows alike"
            )
        return values

    def integers(self, column: str, least: int, most: int, meaning: str, *, unknown: int | None = None) -> np.ndarray:
        """Whole numbers, int64, also as spreadsheets write them (``3000.0``); ``unknown`` stands for an empty cell."""
        values = self.columns.get(column)
        if values is None and unknown is not None:
            return np.full(len(self), unknown, np.int64)
        assert values is not None
        allowed = f"{meaning} must be a whole number from {least} to {most}"
        numbers = np.empty(len(values), np.int64)
        for index, value in enumerate(values):
            if not value and unknown is not None:
                numbers[index] = unknown
                continue
            found = _WHOLE.fullmatch(value)
            whole = value.partition(".")[0]
            if found is None or len(whole) > 18 or not least <= int(whole) <= most:
                raise self.refuse(index, column, allowed)
            numbers[index] = int(whole)
        return numbers

    def decimals(self, column: str, least: float, most: float, meaning: str) -> np.ndarray:
        """Numbers, float64; NaN for an empty cell, and everywhere where the file has no such column."""
        numbers = np.full(len(self), np.nan)
        for index, value in enumerate(self.columns.get(column, [])):
            if not value:
                continue
            if not _DECIMAL.fullmatch(value) or not least <= float(value) <= most:
                raise self.refuse(index, column, f"{meaning} must be a number from {least:g} to {most:g}")
            numbers[index] = float(value)
        return numbers

    def choice(self, column: str, choices: dict[str, int], *, unknown: int | None = None) -> np.ndarray:
        """What each cell chooses, int32; ``unknown`` stands for an empty cell or a column that is not there."""
        values = self.columns.get(column)
        if values is None:
            assert unknown is not None
            return np.full(len(self), unknown, np.int32)
        known = choices if unknown is None else {**choices, "": unknown}
        try:
            return np.array([known[value] for value in values], dtype=np.int32)
        except KeyError as error:
            index = values.index(error.args[0])
            raise self.refuse(index, column, f"must be one of {', '.join(choices)}") from None

    def words(self, column: str, unknown: str) -> tuple[tuple[str, ...], np.ndarray]:
        """A province's own words in the order of their names, and which of them each row has, int32."""
        values = [value or unknown for value in self.columns.get(column, [""] * len(self))]
        for index, value in enumerate(values):
            is_word = value.isprintable() and any(letter.isalpha() for letter in value)
            if not is_word or len(value) > LONGEST_NAME:
                raise self.refuse(index, column, f"must be a word of at most {LONGEST_NAME} letters, not a number")
        words = tuple(sorted(set(values)))
        place = {word: n for n, word in enumerate(words)}
        return words, np.array([place[value] for value in values], np.int32)

    def codes(self, column: str, digits: int) -> np.ndarray:
        """Codes of a level, int64."""
        pattern = re.compile(f"[1-9][0-9]{{{digits - 1}}}", re.ASCII)
        for index, value in enumerate(self.columns[column]):
            if not pattern.fullmatch(value):
                raise self.refuse(index, column, f"a code must be {digits} digits, the first not 0")
        return np.array(self.columns[column], dtype=np.int64)

    def unique_codes(self, digits: int) -> np.ndarray:
        """Codes of the rows, int64, each once."""
        codes = self.codes("code", digits)
        if len(np.unique(codes)) != len(codes):
            first: dict[int, int] = {}
            for index, code in enumerate(codes.tolist()):
                if code in first:
                    reason = f"duplicate code, first seen in row {self.lines[first[code]]}"
                    raise self.refuse(index, "code", reason)
                first[code] = index
        return codes


def _is_private(letter: str) -> bool:
    point = ord(letter)
    return 0xE000 <= point <= 0xF8FF or 0xF0000 <= point <= 0x10FFFD


def file_of(folder: Path, name: str) -> Path:
    """A table's file in a folder: packed where there is no other."""
    packed = folder / f"{name}{PACKED}"
    return packed if packed.exists() and not (folder / name).exists() else folder / name


def _content(folder: Path | Traversable, name: str, file: str) -> bytes:
    if isinstance(folder, Path):
        status = (folder / name).stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise InputError(f"{file}: cannot be read: it is no file")
        if status.st_size > LARGEST_TABLE:
            raise InputError(f"{file}: cannot be read: it has {status.st_size:,} bytes, at most {LARGEST_TABLE:,}")
    return (folder / name).read_bytes()


def _text(folder: Path | Traversable, name: str) -> tuple[str, str]:
    """The text of a table, and its file as messages name it."""
    file = f"{folder}/{name}"
    try:
        try:
            content = _content(folder, name, file)
        except FileNotFoundError:
            file += PACKED
            content = _unpacked(_content(folder, name + PACKED, file), file)
        else:
            if (folder / (name + PACKED)).is_file():
                raise InputError(f"{file}: is there twice, as it is and packed ({name}{PACKED}): keep one of them")
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{folder}/{name}: missing; a province needs it") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8-sig"), file
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise InputError(
            f"{file}: row {row}: byte 0x{byte:02x} is not UTF-8; save the table as UTF-8 (it may be GBK or UTF-16)"
        ) from None


def _unpacked(content: bytes, file: str) -> bytes:
    """What a packed file holds, which may be of several streams one after another."""
    text = b""
    while True:
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=2**30)
        try:
            text += stream.decompress(content, LARGEST_TABLE + 1 - len(text))
        except lzma.LZMAError as error:
            raise InputError(f"{file}: cannot be read: {error}") from None
        if len(text) > LARGEST_TABLE:
            raise InputError(f"{file}: cannot be read: it unpacks to more than {LARGEST_TABLE:,} bytes")
        if not stream.eof:
            raise InputError(f"{file}: cannot be read: the packed file breaks off")
        content = stream.unused_data.lstrip(b"\0")
        if not content:
            return text
