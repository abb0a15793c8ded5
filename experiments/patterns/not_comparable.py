"""Published figures that no output of the model is comparable with, and why: they are neither fitted nor scored."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from sim.province.table import Table

FILE = "not_comparable.csv"
"""Beside the shipped provinces; texts in English and Chinese."""

TEXTS = ("figure", "source", "why")


@dataclass(frozen=True)
class NotComparable:
    """A published figure: what it is, of which years, where it stands, and why nothing is compared with it.

    Texts are in English and Chinese.
    """

    figure: tuple[str, str]
    source: tuple[str, str]
    why: tuple[str, str]
    years: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {name: dict(zip(("en", "zh"), getattr(self, name), strict=True)) for name in TEXTS} | {
            "years": self.years
        }


def not_comparable() -> tuple[NotComparable, ...]:
    """All of them, in the order of the file."""
    needed = ("years", *(f"{name}_{language}" for name in TEXTS for language in ("en", "zh")))
    columns = Table(Path(str(files("sim.province") / "shipped")), FILE, needed).columns
    rows = zip(*(columns[name] for name in needed), strict=True)
    return tuple(NotComparable((f1, f2), (s1, s2), (w1, w2), years) for years, f1, f2, s1, s2, w1, w2 in rows)
