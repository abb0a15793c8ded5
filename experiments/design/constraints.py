"""Constraints between the values of a point, such as ``after.staff.mediators_city >= after.staff.mediators_county``."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sim.errors import InputError
from sim.scenario import Scenario
from sim.vocabulary import shown

LONGEST = 500
"""Characters of a constraint."""

_BINARY: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: Mapping[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}

ALLOWED = "keys of a scenario, numbers, quoted words, + − * /, comparisons, and, or, not"


@dataclass(frozen=True)
class Constraint:
    """A condition that a point must meet; it may name any key of the scenario, varied or not."""

    text: str
    tree: ast.expr

    @staticmethod
    def parse(text: str) -> Constraint:
        """Reads a condition; raises ``InputError`` for anything but arithmetic and comparisons of keys and numbers."""
        try:
            if len(text) > LONGEST:
                raise SyntaxError
            tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise InputError(f"study.constraints: '{shown(text)}' cannot be read; allowed are {ALLOWED}") from None
        for node in ast.walk(tree):
            if not isinstance(
                node,
                ast.BoolOp | ast.BinOp | ast.UnaryOp | ast.Compare | ast.Name | ast.Attribute | ast.Constant
                | ast.boolop | ast.operator | ast.unaryop | ast.cmpop | ast.expr_context,
            ):  # fmt: skip
                raise InputError(f"study.constraints: '{shown(text)}' is not allowed: only {ALLOWED}")
        return Constraint(text, tree)

    def is_met(self, scenario: Scenario, values: Mapping[str, Any]) -> bool:
        """Whether a point meets it; ``values`` are the point's own, by key, and come before the scenario's.

        Raises ``InputError`` for a key that the scenario does not have and for what cannot be compared.
        """
        try:
            return bool(self._value(self.tree, scenario, values))
        except (TypeError, ZeroDivisionError, OverflowError, KeyError, RecursionError) as error:
            reason = "an operator that is not allowed" if isinstance(error, KeyError) else str(error)
            raise InputError(f"study.constraints: '{shown(self.text)}' has no value: {reason}") from None

    def _value(self, node: ast.expr, scenario: Scenario, values: Mapping[str, Any]) -> Any:
        def of(inner: ast.expr) -> Any:
            return self._value(inner, scenario, values)

        match node:
            case ast.BoolOp(op=ast.And()):
                return all(of(each) for each in node.values)
            case ast.BoolOp():
                return any(of(each) for each in node.values)
            case ast.UnaryOp(op=ast.Not()):
                return not of(node.operand)
            case ast.UnaryOp(op=ast.USub()):
                return -of(node.operand)
            case ast.BinOp():
                return _BINARY[type(node.op)](of(node.left), of(node.right))
            case ast.Compare():
                sides = [of(node.left), *(of(each) for each in node.comparators)]
                pairs = zip(node.ops, sides, sides[1:], strict=False)
                return all(_COMPARE[type(compare)](left, right) for compare, left, right in pairs)
            case ast.Constant():
                return node.value
            case _:
                return self._key(ast.unparse(node), scenario, values)

    def _key(self, key: str, scenario: Scenario, values: Mapping[str, Any]) -> Any:
        if key in values:
            return values[key]
        found: Any = scenario
        for part in key.split("."):
            found = getattr(found, part, None) if hasattr(type(found), "__dataclass_fields__") else None
        if isinstance(found, Enum):
            return found.name
        if not isinstance(found, int | float | str):
            raise InputError(f"study.constraints: '{shown(self.text)}': {key!r} is no key with a value")
        return found
