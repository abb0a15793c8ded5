"""Writes ``docs/parameters.md`` from the declarations of all parameters: ``python -m docs.generate``."""

from __future__ import annotations

from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import Any

from sim.behaviour import Behaviour
from sim.parameters import Declaration, Tag, declarations
from sim.policy import Policy
from sim.stress import Stress

TARGET = Path(__file__).parent / "parameters.md"

KINDS = (
    ("Levers", Policy, "after", "What a planner decides. The defaults are the status quo of 2018."),
    ("Uncertainties", Behaviour, "behaviour", "What people are like."),
    ("Stresses", Stress, "stress", "What happens to people. The defaults have no effect."),
)
"""Heading, class, where it is set on the command line, and one line about it."""

HEADER = ("Name", "Default", "Unit", "Allowed", "Tag", "Meaning", "Source")


def shown(value: Any) -> str:
    """A default or bound as text: no more digits than it has, members of an enum and booleans by name."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def allowed(declared: Declaration) -> str:
    """Allowed values as text; unlike ``Declaration.allowed``, large bounds are written out."""
    if declared.choices:
        return ", ".join(declared.choices)
    return f"{shown(declared.low)} to {shown(declared.high)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rows(declared: list[Declaration]) -> list[str]:
    lines = ["| " + " | ".join(HEADER) + " |", "|" + "---|" * len(HEADER)]
    for one in declared:
        leaf = f"`{one.name}`"
        cells = (leaf, shown(one.default), one.unit, allowed(one), one.tag, one.meaning, one.source)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return lines


def _group_of(declared: Declaration) -> str:
    return declared.name.rpartition(".")[0]


def page() -> str:
    """The whole page: one table a group of levers, one of uncertainties, one of stresses."""
    lines = [
        "# Parameters",
        "",
        "Made by `python -m docs.generate` from the declarations in `sim/policy.py`, `sim/behaviour.py` and",
        "`sim/stress.py`; a test fails when this page is stale. `pyramid list levers`, `uncertainties` and `stresses`",
        "print the same.",
        "",
        "Tags: " + "; ".join(f"**{tag.name}** {tag.value}" for tag in Tag) + ".",
        "An assumed value is never a fact, and `fitted` means: assumed, with the default found by fitting the",
        "reported patterns.",
    ]
    for heading, group, place, meaning in KINDS:
        example = f"`{place}.NAME=VALUE`" if place != "after" else "`before.NAME=VALUE`, `after.NAME=VALUE`"
        lines += ["", f"## {heading}", "", f"{meaning} Set with {example}."]
        for name, declared in groupby(declarations(group), _group_of):
            lines += ["", f"### {name}", ""] if name else [""]
            lines += _rows(list(declared))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
