"""Words in both languages, kept in TOML files beside what says them: a translator needs no Python."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

Lines = Mapping[str, tuple[str, str]]
"""Lines by key, as (English, Chinese)."""


@cache
def read_words(file: Path) -> Lines:
    """The lines of a file."""
    return {key: (english, chinese) for key, (english, chinese) in read_toml(file).items()}


@cache
def read_toml(file: Path) -> dict[str, Any]:
    """A file of words as it is."""
    return tomllib.loads(file.read_text("utf-8"))


def in_language(file: Path, language: str) -> dict[str, str]:
    """The lines of a file in one language, ``en`` or ``zh``."""
    return {key: pair[language == "zh"] for key, pair in read_words(file).items()}


def row_of(words: Mapping[str, str], key: str) -> list[str]:
    """The lines below a key, such as the header of a table: ``header.id``, ``header.unit``, …"""
    return [text for name, text in words.items() if name.startswith(f"{key}.")]
