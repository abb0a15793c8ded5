"""The errors that are tried: every mutant of the functions of a source file.

Only bodies of functions are mutated. What stands outside them is layout (records), wording (measures) or an assumed
number (tables, defaults of parameters): a test that fails when an assumption is changed repeats it and checks nothing.
Wording inside functions (strings, what ``raise`` says) and annotations stay as well.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from types import CodeType

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
OPPOSITES = {"min": "max", "floor": "ceil", "sin": "cos", "any": "all", "argmin": "argmax"}
OPPOSITES |= {other: name for name, other in OPPOSITES.items()}
WORDING = (ast.JoinedStr, ast.Raise)


@dataclass(frozen=True)
class Mutant:
    """One change of one function.

    Attributes:
        function: qualified name within the module.
        change: what became what; with ``name``, unique in the file.
        line: where.
        module: the code of the whole module with the change.
        text: the unchanged source of the function.
    """

    function: str
    change: str
    line: int
    module: CodeType
    text: str

    @property
    def name(self) -> str:
        """Function and change."""
        return f"{self.function}: {self.change}"

    @property
    def code(self) -> CodeType:
        """The function's new code."""
        return code_of(self.module, self.function)


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:87]}…"


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    new = deepcopy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _numbers(value: float) -> tuple[float, ...]:
    if isinstance(value, int):
        return (value + 1, value - 1)
    return (value * 1.1, value * 0.9) if value else (0.1, -0.1)


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place, by kind of node."""
    if isinstance(node, ast.Compare):
        for at, op in enumerate(node.ops):
            for other in COMPARISONS[type(op)]:
                yield _changed(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OPERATORS:
        yield _changed(node, op=OPERATORS[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.BoolOp):
        yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield _changed(node, value=not node.value)
        elif isinstance(node.value, int | float):
            for number in _numbers(node.value):
                yield _changed(node, value=number)
    elif isinstance(node, ast.Call):
        called = node.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        if name in OPPOSITES:
            field = "id" if isinstance(called, ast.Name) else "attr"
            yield _changed(node, func=_changed(called, **{field: OPPOSITES[name]}))
    elif isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(ast.Constant(None))


def conditions(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Conditions that are no comparison of their own, to be negated."""
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Compare | ast.UnaryOp):
        yield "test", node.test


def is_deletable(node: ast.stmt, assigned: set[str]) -> bool:
    """Whether a function runs on without a statement, so that its absence is an error to be found."""
    if isinstance(node, ast.AugAssign | ast.Continue | ast.Break):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call)
    if isinstance(node, ast.Assign):
        names = [part for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        stored = {part.id for part in names if isinstance(part.ctx, ast.Store)}
        return not stored or stored <= assigned
    return False


def _positions(root: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every place below a node that mutations may change: parent, field, place in a list, and what is there."""
    for field, value in ast.iter_fields(root):
        if field in ("decorator_list", "annotation", "returns", "args") and not isinstance(root, ast.Call):
            continue  # of a call, args are what it is given; of a function, its parameters
        for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or isinstance(child, WORDING):
                continue
            yield root, field, at, child
            yield from _positions(child)


def _put(parent: ast.AST, field: str, at: int | None, node: ast.AST) -> None:
    if at is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[at] = node


def _changes(function: ast.FunctionDef) -> Iterator[tuple[ast.AST, str, int | None, ast.AST, ast.AST, str]]:
    assigned = {part.arg for part in ast.walk(function.args) if isinstance(part, ast.arg)}
    for parent, field, at, node in list(_positions(function)):
        for new in replacements(node):
            yield parent, field, at, node, new, f"{_shown(node)} → {_shown(new)}"
        for name, test in conditions(node):
            negated = ast.UnaryOp(ast.Not(), test)
            yield node, name, None, test, negated, f"if {_shown(test)} → {_shown(negated)}"
        if isinstance(node, ast.stmt) and is_deletable(node, assigned):
            yield parent, field, at, node, ast.Pass(), f"{_shown(node)} → deleted"
        if isinstance(node, ast.Assign | ast.For):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            assigned |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions and methods of a module by qualified name; what stands inside a function belongs to it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{inner.name}", inner) for inner in node.body if isinstance(inner, ast.FunctionDef)
            )


def code_of(code: CodeType, function: str) -> CodeType:
    """The code of a function within a module's code."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            if part.co_qualname == function:
                return part
            if function.startswith(f"{part.co_qualname}."):
                return code_of(part, function)
    raise LookupError(function)


def _each(tree: ast.Module) -> Iterator[tuple[str, str, ast.FunctionDef, int]]:
    """Changes a tree in every way, one after the other: function, change, the unchanged function and the line."""
    for name, function in functions(tree):
        seen: Counter[str] = Counter()
        for parent, field, at, node, new, change in _changes(function):
            seen[change] += 1
            nth = f" ({seen[change]})" if seen[change] > 1 else ""
            _put(parent, field, at, new)
            yield name, change + nth, function, getattr(node, "lineno", function.lineno)
            _put(parent, field, at, node)


def names_of(source: str) -> list[str]:
    """Names of a file's mutants, from the first to the last."""
    return [f"{name}: {change}" for name, change, _, _ in _each(ast.parse(source))]


def mutants_of(source: str, path: str) -> Iterator[Mutant]:
    """Every mutant of a file's functions, from the first to the last."""
    tree = ast.parse(source)
    for name, change, function, line in _each(tree):
        module = compile(ast.fix_missing_locations(tree), path, "exec")
        yield Mutant(name, change, line, module, ast.get_source_segment(source, function) or "")
