"""What the pages call by name, and what the code has under that name."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import product
from pathlib import Path

from sim import ledger
from sim.agents.dispute_kind import KIND_TYPE
from sim.behaviour import Behaviour
from sim.causes import CAUSE
from sim.county_profile import COUNTY_PROFILE
from sim.measures import MEASURES
from sim.parameters import declarations
from sim.policy import Policy
from sim.province.province import COVARIATES
from sim.records import RecordAgent
from sim.regime import REGIME
from sim.stress import Stress
from sim.world import CITY_STATE, OUTCOME

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SIM = ROOT / "sim"

FENCE = re.compile(r"^[ ]*```\w*\n(.*?)^[ ]*```$", flags=re.DOTALL | re.MULTILINE)
BRACES = {
    "forum": ledger.FORUMS,
    "tried": ledger.FORUMS[1:],
    "level": ledger.PETITION_LEVELS,
    "below": ledger.PETITION_LEVELS[:3],
    "channel": ledger.CHANNELS,
    "ordinal": tuple(str(number) for number in range(1, ledger.ORDINALS + 1)),
    "origin": ledger.ORIGINS,
    "centre": ledger.CENTRE_LEVELS,
}
"""Lists that braces in the name of an event stand for."""


def text_of(name: str) -> str:
    """A page of the documentation."""
    return (DOCS / name).read_text("utf-8")


def fenced(text: str) -> list[str]:
    """What stands in fences."""
    return FENCE.findall(text)


def spans(text: str) -> list[str]:
    """What stands between single backticks, fences aside."""
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def words(code: str) -> set[str]:
    """Identifiers in a piece of code; a suffix of a number, as in ``365`` or ``1e9``, is none."""
    return set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", code))


def tables(text: str) -> list[list[list[str]]]:
    """Every table of a page: its rows of cells, header and rule left out."""
    found: list[list[list[str]]] = []
    inside = False
    for line in text.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        if not inside:
            found.append([])
            inside = True
        found[-1].append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return [table[2:] for table in found]


def section(text: str, heading: str) -> str:
    """The part of a page under one heading, to the next of the same rank."""
    rank = heading.partition(" ")[0]
    start = text.index(f"\n{heading}") + 1
    end = text.find(f"\n{rank} ", start)
    return text[start:] if end < 0 else text[start:end]


def expanded(pattern: str) -> list[str]:
    """Names that a pattern with braces stands for: ``skip_level_{level}`` gives four."""
    keys = re.findall(r"\{(\w+)\}", pattern)
    return [re.sub(r"\{\w+\}", "{}", pattern).format(*values) for values in product(*(BRACES[key] for key in keys))]


@dataclass(frozen=True)
class Module:
    """Names that a file of ``sim/`` defines."""

    functions: frozenset[str]  # public ones, and rules as ``Class.rule``
    names: frozenset[str]  # everything else that can be called by name
    numbers: dict[str, float]  # constants that are one number


def _targets(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if isinstance(statement, ast.Assign):
        return [name.id for target in statement.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return []


def _numbers(statement: ast.stmt) -> dict[str, float]:
    """Constants of an assignment whose right side is a number, or as many numbers as there are names."""
    if not isinstance(statement, ast.Assign):
        return {}
    names = _targets(statement)
    values = statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]
    plain = (ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)
    if len(names) != len(values) or not all(isinstance(n, plain) for value in values for n in ast.walk(value)):
        return {}
    numbers = [eval(ast.unparse(value), {}) for value in values]
    if any(isinstance(number, str) or number is None for number in numbers):
        return {}
    return {name: float(number) for name, number in zip(names, numbers, strict=True)}


@cache
def modules() -> dict[str, Module]:
    """Every file of ``sim/`` by its path from the root."""
    found = {}
    for path in sorted(SIM.rglob("*.py")):
        functions: set[str] = set()
        names: set[str] = set()
        numbers: dict[str, float] = {}
        for statement in ast.parse(path.read_text("utf-8")).body:
            if isinstance(statement, ast.FunctionDef) and not statement.name.startswith("_"):
                functions.add(statement.name)
            elif isinstance(statement, ast.ClassDef):
                names.add(statement.name)
                for part in statement.body:
                    names.update(_targets(part))
                    if isinstance(part, ast.FunctionDef):
                        names.add(part.name)
                        if any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in part.decorator_list):
                            functions.add(f"{statement.name}.{part.name}")
            else:
                names.update(_targets(statement))
                numbers |= {name: value for name, value in _numbers(statement).items() if name[0] != "_"}
        relative = path.relative_to(ROOT).as_posix()
        found[relative] = Module(frozenset(functions), frozenset(names), numbers)
    return found


def parameters() -> dict[str, set[str]]:
    """Last parts of the names of levers, uncertainties and stresses."""
    groups = {"levers": Policy, "uncertainties": Behaviour, "stresses": Stress}
    return {heading: {one.name.rpartition(".")[2] for one in declarations(group)} for heading, group in groups.items()}


def kinds_of_agents() -> list[type[RecordAgent]]:
    """Every record agent defined in ``sim/agents``."""
    agents = [import_module(f"sim.agents.{file.stem}") for file in sorted((SIM / "agents").glob("[a-z]*.py"))]
    return [
        kind
        for module in agents
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, RecordAgent) and kind.__module__ == module.__name__
    ]


def options() -> set[str]:
    """Groups of configurations and their options."""
    folders = [folder for folder in (ROOT / "configs").iterdir() if folder.is_dir()]
    return {folder.name for folder in folders} | {file.stem for each in folders for file in each.glob("*.yaml")}


@cache
def known() -> frozenset[str]:
    """Every name a page may use: of code, record fields, parameters, the ledger, measures, configurations."""
    names: set[str] = set()
    for module in modules().values():
        names |= module.functions | module.names
        names |= {rule.rpartition(".")[2] for rule in module.functions}
    for record in (
        *(kind.record for kind in kinds_of_agents()),
        REGIME,
        CITY_STATE,
        OUTCOME,
        CAUSE,
        KIND_TYPE,
        COUNTY_PROFILE,
    ):
        names |= set(record.names or ())
    for group in parameters().values():
        names |= group
    for value in vars(ledger).values():
        if isinstance(value, tuple):
            names |= {each for each in value if isinstance(each, str)}
    return frozenset(names | set(MEASURES) | set(COVARIATES) | options())


def leads_somewhere(path: str) -> bool:
    """Whether a path in a page exists: from the root, or a file of ``sim/phases`` by its name."""
    return (ROOT / path).exists() or (SIM / "phases" / path).exists()


def is_path(span: str) -> bool:
    """Whether a span is a path and not a formula: no spaces, and a slash or the ending of a file."""
    return " " not in span and ("/" in span or span.endswith((".py", ".md", ".csv")))
