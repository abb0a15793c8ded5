"""Provinces that a test writes in a few lines."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

LEVELS = {
    4: ("cities", ""),
    6: ("counties", "city_code"),
    9: ("townships", "county_code"),
    12: ("villages", "township_code"),
}
"""Table and column of the parent by the digits of a code."""

ABOVE = {6: 4, 9: 6, 12: 9}


def write(folder: Path, *rows: dict[str, Any], yaml: str = "") -> Path:
    """A province of rows by code; names, parents and settings are filled in, and so are places above a row."""
    given = {str(row["code"]): row for row in rows}
    for code in list(given):
        while len(code) > 4:
            code = code[: ABOVE[len(code)]]
            given.setdefault(code, {"code": code})
    folder.mkdir(parents=True, exist_ok=True)
    for digits, (table, parent) in LEVELS.items():
        filled = []
        for code, row in given.items():
            if len(code) == digits:
                known = {"code": code, "name_zh": f"地{code}"}
                if parent:
                    known[parent] = code[: ABOVE[digits]]
                if digits == 12:
                    known["setting"] = "village"
                filled.append({**known, **row})
        columns = list(dict.fromkeys(column for row in filled for column in row))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(filled)
    if yaml:
        (folder / "province.yaml").write_text(yaml, "utf-8")
    return folder
