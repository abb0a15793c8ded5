"""Writes the pages made from the code, parameters, measures and Python's: ``python -m docs.generate``."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from docs.python_page import python_page
from experiments.cli.commands import COMMANDS
from experiments.cli.help import overview, usage
from experiments.report.text import measure_meaning
from sim.agents.centre import CITY, COUNTY, STAFF_MIX, TOWNSHIP
from sim.agents.dispute_kind import DEPARTMENTS, KINDS, NO_DEPARTMENT, MediationKind
from sim.agents.village import FIRST_REPUTATION
from sim.behaviour import Behaviour
from sim.ledger import DISPUTE_KINDS, FORUMS
from sim.measures import MEASURES
from sim.parameters import Declaration, Tag, declarations
from sim.policy import Policy
from sim.prices import price_of
from sim.staff import REFERENCE_SIZE, REFERENCE_VILLAGE
from sim.stress import Stress
from tests.situations.situation import SITUATIONS, Kind

FOLDER = Path(__file__).parent

SITUATIONS_HEADING = "## What users of other tools met"

KINDS_OF_PARAMETERS = (
    ("Levers", Policy, "after", "What a planner decides. The defaults are the status quo of 2018."),
    ("Uncertainties", Behaviour, "behaviour", "What people are like."),
    ("Stresses", Stress, "stress", "What happens to people. The defaults have no effect."),
)
"""Heading, class, where it is set on the command line, and one line about it."""

PLACES = {TOWNSHIP: "township", COUNTY: "county", CITY: "city"}

MEDIATION_KINDS = tuple(kind.name.lower() for kind in MediationKind)


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


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    for row in rows:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return lines


def _group_of(declared: Declaration) -> str:
    return declared.name.rpartition(".")[0]


def parameters_page() -> str:
    """One table a group of levers, one of uncertainties, one of stresses, and the tables that are no parameters."""
    lines = [
        "# Parameters",
        "",
        "Made by `python -m docs.generate` from the declarations in `sim/policy.py`, `sim/behaviour/` and",
        "`sim/stress.py`; a test fails when this page is stale. `pyramid list levers`, `uncertainties` and `stresses`",
        "print the same.",
        "",
        "Tags: " + "; ".join(f"**{tag.name}** {tag.value}" for tag in Tag) + ".",
        "An assumed value is never a fact, and `fitted` means: assumed, with the default found by fitting the",
        "reported patterns.",
        "",
        "*Price* names what a lever costs, or `timing` for one that says when the others cost. An `uncosted` lever has",
        "no price in the model: moving it costs nothing there, which is not to say that it is free. A policy that",
        "moves one is called uncosted beside every cost, and cheaper than none.",
    ]
    header = ("Name", "Default", "Unit", "Allowed", "Tag", "Meaning", "Source")
    for heading, group, place, meaning in KINDS_OF_PARAMETERS:
        example = f"`{place}.NAME=VALUE`" if place != "after" else "`before.NAME=VALUE`, `after.NAME=VALUE`"
        lines += ["", f"## {heading}", "", f"{meaning} Set with {example}."]
        for name, declared in groupby(declarations(group), _group_of):
            lines += ["", f"### {name}", ""] if name else [""]
            is_lever = group is Policy
            rows = (
                (f"`{one.name}`", shown(one.default), one.unit, allowed(one), one.tag, one.meaning, one.source)
                + ((f"`{price_of(one.name)}`",) if is_lever else ())
                for one in declared
            )
            lines += table((*header, "Price") if is_lever else header, rows)
    return "\n".join(lines + _fixed_tables()) + "\n"


def _kinds_table() -> list[str]:
    header = (
        "Kind",
        "Share rural",
        "Share urban",
        "Organisation",
        "Agency",
        "Department",
        "Concerns it",
        "Shared",
        "Then also",
        "Each",
        "Heat",
    )
    rows = []
    for name, kind in zip(DISPUTE_KINDS, KINDS, strict=True):
        department = "none" if kind["department"] == NO_DEPARTMENT else DEPARTMENTS[kind["department"]]
        shares = [f"{share:.2f}" for share in (*kind["share"], kind["organisation"], kind["agency"])]
        others = ", ".join(DEPARTMENTS[other] for other in kind["also"]) if kind["concerns"] else "none"
        further = f"{kind['further']:.2f}" if kind["concerns"] else "0.00"
        takes = "yes" if kind["court_takes"] else "no"
        fits = [shown(float(fit)) for fit in kind["fit"]]
        shared = f"{kind['shared']:.2f}"
        named = (department, f"{kind['concerns']:.2f}", shared, others, further, f"{kind['heat']:.1f}", takes)
        rows.append((f"`{name}`", *shares, *named, *fits))
    return table((*header, "Court takes it", *(f"Fit: {kind}" for kind in MEDIATION_KINDS)), rows)


def _fixed_tables() -> list[str]:
    """Tables of assumed numbers that are no parameters."""
    mix = ((PLACES[level], *(f"{share:.2f}" for share in STAFF_MIX[level])) for level in PLACES)
    sizes = [("village", f"{REFERENCE_VILLAGE:,}"), *((PLACES[at], f"{size:,}") for at, size in REFERENCE_SIZE.items())]
    reputations = ((f"`{name}`", f"{value:.2f}") for name, value in zip(FORUMS, FIRST_REPUTATION, strict=True))
    tables = (
        (
            "Kinds of dispute",
            "`KINDS` in `sim/agents/dispute_kind.py`. Shares are the usual ones, which `behaviour.kinds.share_…` "
            "multiply; heat is how readily the police are called, fit how well mediation suits.",
            _kinds_table(),
        ),
        (
            "Mix of a centre's mediators",
            "`STAFF_MIX` in `sim/agents/centre.py`: shares under the usual mix.",
            table(("Centre of a", *MEDIATION_KINDS), mix),
        ),
        (
            "Reference sizes",
            "`REFERENCE_SIZE` in `sim/staff.py`: residents of the place that a staff lever is stated for.",
            table(("Place", "Residents"), sizes),
        ),
        (
            "First reputations",
            "`FIRST_REPUTATION` in `sim/agents/village.py`: of each forum on the first day.",
            table(("Forum", "Reputation"), reputations),
        ),
    )
    lines = [
        "",
        "## Fixed tables",
        "",
        "Assumed numbers that no option sets. Single ones stand in "
        "[odd-submodels-ledger.md](odd-submodels-ledger.md), section 7.22.",
    ]
    for heading, meaning, rows in tables:
        lines += ["", f"### {heading}", "", meaning, "", *rows]
    return lines


def measures_page() -> str:
    """One table a group of measures, in the order in which results show them."""
    lines = [
        "# Measures",
        "",
        "Made by `python -m docs.generate` from `MEASURES` in `sim/measures/`; a test fails when this page is stale.",
        "`pyramid list measures` prints the same.",
        "",
        "Every measure is a figure of a run's ledger and of nothing else. *Better* says which direction is good: up,",
        "down, or none where neither is good in itself. A *stock* is counted from the start of the calendar to the",
        "window's end; all others count the window. What cannot be computed is NaN. How much a measure must change",
        "for that to matter depends on its unit: [comparisons.md](comparisons.md#what-matters).",
    ]
    header = ("Name", "Unit", "Better", "Stock", "Meaning", "含义")
    for group, measures in groupby(MEASURES.values(), lambda measure: measure.group):
        rows = (
            (
                f"`{one.name}`",
                one.unit,
                one.better,
                "yes" if one.is_stock else "",
                one.meaning,
                measure_meaning(one.name, "zh"),
            )
            for one in measures
        )
        lines += ["", f"## {group}", "", *table(header, rows)]
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    """What every command prints with ``--help``."""
    lines = [
        "# Commands",
        "",
        "Made by `python -m docs.generate` from what `pyramid COMMAND --help` prints; a test fails when this page is",
        "stale. [parameters.md](parameters.md) has the levers, uncertainties and stresses that keys may name.",
    ]
    for name in ("", *COMMANDS):
        said = usage(name) if name else overview()
        lines += ["", f"## pyramid {name}".rstrip(), "", "```text", *said.strip().splitlines(), "```"]
    return "\n".join(lines) + "\n"


def robustness_page() -> str:
    """The page with its last section made anew: what users of other tools met, a table a kind."""
    from tests import situations

    for found in pkgutil.iter_modules(situations.__path__, f"{situations.__name__}."):
        import_module(found.name)
    kinds = get_args(Kind)
    written = (FOLDER / "verification_robustness.md").read_text("utf-8").partition(SITUATIONS_HEADING)[0]
    lines = [
        SITUATIONS_HEADING,
        "",
        f"{len(SITUATIONS)} reports that users of neighbouring tools wrote in public, each turned into what a user of",
        "this toolkit would do. Every one is a test in `tests/situations/`, and the tables are made from them by",
        "`python -m docs.generate`.",
    ]
    for kind in kinds:
        mine = sorted((each for each in SITUATIONS if each.kind == kind), key=lambda each: each.source.lower())
        rows = [(each.met, _linked(each.source), each.here) for each in mine]
        if rows:
            lines += ["", f"### {kind[0].upper()}{kind[1:]}", "", *table(("What a user met", "Where", "Here"), rows)]
    return written + "\n".join(lines) + "\n"


def _linked(source: str) -> str:
    repository, number, at = source.partition("#")
    is_issue = number and "/" in repository and "://" not in source
    return f"[{source}](https://github.com/{repository}/issues/{at})" if is_issue else f"<{source}>"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "parameters.md": parameters_page,
    "measures.md": measures_page,
    "api.md": python_page,
    "verification_robustness.md": robustness_page,
}
"""The pages that are made, by name."""


if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
