"""The page on Python, ``api.md``: signatures and docstrings of what notebooks and scripts call."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any

import petition_pyramid
from experiments.report.answer import Answer, Cost, Quantity
from experiments.statistics.intervals import Estimate, MeasureSummary
from petition_pyramid import KeptResults, Simulation, TableResults
from sim import model
from sim.ledger import Ledger
from sim.scenario import Calendar, ProvinceChoice, Scenario

SECTIONS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    (
        "Studies",
        "`import petition_pyramid as pp`: what a command line does, as functions. "
        "Examples: [tutorial](tutorial.md#from-python), [notebooks](notebooks.md).",
        tuple(
            thing for thing in map(vars(petition_pyramid).get, petition_pyramid.__all__) if inspect.isfunction(thing)
        ),
    ),
    ("Results", "`petition_pyramid`: what a study gives.", (KeptResults, Simulation, TableResults)),
    ("Answers", "`experiments.report.answer`: what `answer()` gives.", (Answer, Quantity, Cost)),
    ("Summaries", "`experiments.statistics.intervals`: what `measures()` gives.", (MeasureSummary, Estimate)),
    ("Scenarios", "`sim.scenario`: what a run is made of.", (Scenario, Calendar, ProvinceChoice)),
    (
        "The model",
        "`sim.model`: runs, and the model as a `mesa.Model`. Examples: [the model from Python](model.md).",
        (model.run, model.run_branches, model.GovernanceModel),
    ),
    ("The ledger", "`sim.ledger`: what a run gives.", (Ledger,)),
)
"""Heading, one line about it, and what stands under it."""


def signature_of(function: Any) -> str:
    """A signature as it stands in the source, without ``self``."""
    signature = inspect.signature(function)
    marks = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    parts: list[str] = []
    is_open = True  # whether a parameter may still be given by position
    for name, one in signature.parameters.items():
        if name == "self":
            continue
        if one.kind is inspect.Parameter.KEYWORD_ONLY and is_open:
            parts.append("*")
        is_open = is_open and one.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        default = "" if one.default is inspect.Parameter.empty else f" = {one.default!r}".replace("'", '"')
        parts.append(f"{marks.get(one.kind, '')}{name}: {one.annotation}{default}")
    return f"({', '.join(parts)}) -> {signature.return_annotation}"


def text_of(documented: Any) -> list[str]:
    """Lines of a docstring as Markdown."""
    text = inspect.getdoc(documented) or ""
    text = re.sub(r"``([^`]+)``", r"`\1`", text)
    text = re.sub(r"^(\w+)\n-{3,}$", r"**\1**\n", text, flags=re.MULTILINE)
    text = re.sub(r"^(\*{0,2}[\w.]+) : (.+)$", r"- `\1` (\2):", text, flags=re.MULTILINE)
    text = re.sub(r"^((?:>>>|\.\.\.).*(?:\n.+)*)", r"```pycon\n\1\n```", text, flags=re.MULTILINE)
    text = re.sub(r"^Args:\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^    ([\w /]+): ", r"- `\1`: ", text, flags=re.MULTILINE)
    return re.sub(r"^ {4,}(?=\S)", "  ", text, flags=re.MULTILINE).split("\n")


def members_of(kind: type) -> Iterator[tuple[str, Any]]:
    """Public methods and properties that a class defines itself and documents, in the order of its source."""
    for name, member in vars(kind).items():
        inner = member.fget if isinstance(member, property) else getattr(member, "func", member)
        if not name.startswith("_") and inspect.isroutine(inner) and inspect.getdoc(inner):
            yield name, member


def _class(kind: type) -> list[str]:
    lines = [f"### {kind.__name__}", "", *text_of(kind), ""]
    if is_dataclass(kind) and "Attributes:" not in (kind.__doc__ or ""):
        shown = (f"`{each.name}: {each.type}`" for each in fields(kind) if not each.name.startswith("_"))
        lines += [f"Fields: {', '.join(shown)}.", ""]
    elif not is_dataclass(kind) and "__init__" in vars(kind):
        lines += [f"`{kind.__name__}{signature_of(kind.__init__)}`".replace(" -> None", ""), ""]
    for name, member in members_of(kind):
        if isinstance(member, property | cached_property):
            first = f"**`{name}`**"
        else:
            first = f"**`{name}{signature_of(getattr(kind, name))}`**"
        lines += [first, "", *text_of(member), ""]
    return lines


def _function(function: Any) -> list[str]:
    call = f"{function.__name__}{signature_of(function)}"
    return [f"### {function.__name__}", "", "```", *_folded(call), "```", "", *text_of(function), ""]


def _folded(call: str, width: int = 100) -> list[str]:
    """A call on one line, or with a parameter on each."""
    if len(call) <= width:
        return [call]
    name, _, rest = call.partition("(")
    inside, _, given = rest.rpartition(")")
    parts = re.split(r", (?=\w+: )", inside)
    return [f"{name}(", *(f"    {part}," for part in parts), f"){given}"]


def python_page() -> str:
    """One section a module, functions and classes with what they say of themselves."""
    lines = [
        "# Python",
        "",
        "Made by `python -m docs.generate` from signatures and docstrings; a test fails when this page is stale. Bad",
        "input raises `sim.errors.InputError`, with the same words as on the command line.",
        "",
    ]
    for heading, meaning, members in SECTIONS:
        lines += [f"## {heading}", "", meaning, ""]
        for member in members:
            lines += _class(member) if inspect.isclass(member) else _function(member)
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n"
