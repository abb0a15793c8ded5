"""What the keys of a configuration allow, in words, and how a message shows what was given instead."""

from __future__ import annotations

import difflib
import re
import reprlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from sim.errors import InputError

if TYPE_CHECKING:
    from pydantic import ValidationError

NAME_WORDS = "a name: letters, digits, '.', '_' and '-' only, a letter or digit first, at most 100"

SHOWN = 120
"""Characters of a value that a message shows."""

_SIGN = re.compile(r"[^\n\r\t -~]")
"""What is not at once known to be printable."""

_REPR = reprlib.Repr(maxlevel=3, maxdict=8, maxlist=12, maxstring=SHOWN, maxlong=SHOWN, maxother=SHOWN)


def printable(text: str) -> str:
    """Text that cannot steer a terminal or a page: what is not printable is written as an escape, ``\\x1b``."""
    return _SIGN.sub(lambda found: _printable(found[0]), text)


def _printable(letter: str) -> str:
    is_text = letter.isprintable() or unicodedata.category(letter) == "Zs"
    return letter if is_text else ascii(letter)[1:-1]


def shown(value: Any) -> str:
    """A value as a message shows it: as it is typed, printable, and cut when it is long or nested deeply."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, list | tuple | dict | int | float):
        return _REPR.repr(value)
    text = re.sub(r"[\n\r\t]", lambda found: repr(found[0])[1:-1], printable(str(value)))
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]}…{text[-SHOWN // 4 :]}"


@dataclass(frozen=True)
class Leaf:
    """One key of a schema: its dotted name and what it allows, in words."""

    key: str
    allowed: str


@cache
def leaves(schema: type) -> tuple[Leaf, ...]:
    """Every key of a schema that takes a value, in order."""
    return tuple(_leaves(schema, ""))


def _leaves(schema: Any, prefix: str) -> Iterable[Leaf]:
    hints = get_type_hints(schema, include_extras=True)
    for part in fields(schema):
        hint = hints[part.name]
        kind = getattr(hint, "__origin__", hint) if hasattr(hint, "__metadata__") else hint
        if isinstance(kind, type) and is_dataclass(kind):
            yield from _leaves(kind, f"{prefix}{part.name}.")
        elif get_origin(kind) is dict and is_dataclass(named := get_args(kind)[1]):
            yield from _leaves(named, f"{prefix}{part.name}.LABEL.")
        else:
            yield Leaf(prefix + part.name, _allowed(kind, getattr(hint, "__metadata__", ())))


def _allowed(kind: Any, notes: Iterable[Any]) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(member.name for member in kind)
    if kind is bool:
        return "one of true, false"
    info = next((note for note in notes if hasattr(note, "metadata")), None)
    bounds = {name: getattr(rule, name) for rule in getattr(info, "metadata", ()) for name in ("ge", "le")
              if hasattr(rule, name)}  # fmt: skip
    pattern = next((rule.pattern for rule in getattr(info, "metadata", ()) if hasattr(rule, "pattern")), "")
    if pattern:
        is_choice = re.fullmatch(r"\^\(([a-z|]+)\)\$", pattern)
        return "one of " + is_choice[1].replace("|", ", ") if is_choice else f"it must be {NAME_WORDS}"
    if any(hasattr(rule, "max_length") for rule in getattr(info, "metadata", ())):
        return ""  # pydantic says what is wrong with a length
    extra = getattr(info, "json_schema_extra", None)
    unit = extra.get("unit", "") if isinstance(extra, dict) else ""
    words = WORDS.get(str(kind) if get_origin(kind) else kind, "")
    if "ge" in bounds and "le" in bounds:
        words += f" from {_bound(bounds['ge'])} to {_bound(bounds['le'])}" + (f" ({unit})" if unit else "")
    return f"it must be {words}" if words else ""


WORDS: dict[Any, str] = {
    float: "a number",
    int: "a whole number",
    str: "text",
    "list[int]": "a list of whole numbers, such as [6202,6207]",
    "list[float]": "a list of numbers, such as [1,2,3]",
    "list[str]": "a list of names, such as [status_quo,whistle]",
    "dict[str, str]": "texts by name, such as {en: Why?}",
    "dict[str, typing.Any]": "values by name",
}
"""What a key takes, by its type."""


def _bound(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


KEYS_BELOW = "it has keys of its own"


def allowed_of(key: str, schema: type) -> str:
    """What a key allows, in words; empty when there is nothing to say."""
    words = next((leaf.allowed for leaf in leaves(schema) if leaf.key == key), "")
    below = [leaf.key for leaf in leaves(schema) if leaf.key.startswith(f"{key}.")]
    if below:
        return f"{KEYS_BELOW}, such as {below[0]}"
    return f"it must be {words}" if words.startswith("one of") else words


GONE = {
    "cities": "is called places now",
    "services.requests_met": "is no lever any more: what is met follows from one_window, one_call, online_services and "
    "service_clerks, and is the measure requests_met_share",
    "behaviour.cost_mediator": "is gone: each kind of post has a price of its own under behaviour.prices, such as "
    "cost_contract_mediator and cost_official",
    "behaviour.cost_centre": "is gone: behaviour.prices has cost_centre_township, cost_centre_county and "
    "cost_centre_city",
    "behaviour.cost_post": "is gone: behaviour.prices has cost_commissar and cost_judge_contact_point",
    "behaviour.cost_programme": "is gone: behaviour.prices has cost_womens_team, cost_moral_bank, "
    "cost_praise_meetings and cost_first_contact",
    "behaviour.cost_village_mediator": "is called behaviour.prices.cost_village_mediator now",
    "behaviour.cost_informal_mediator": "is called behaviour.prices.cost_informal_mediator now",
    "behaviour.cost_grid_worker": "is called behaviour.prices.cost_grid_worker now",
    "behaviour.cost_overtime": "is called behaviour.prices.cost_overtime now",
    "behaviour.cost_service_clerk": "is called behaviour.prices.cost_service_clerk now",
    "behaviour.cost_training": "is called behaviour.prices.cost_training now",
    "behaviour.cost_subsystem": "is called behaviour.prices.cost_subsystem now",
    "behaviour.striving": "is gone: governments compete by rank, and behaviour.assessment_luck says how much luck "
    "decides",
    "behaviour.service_requests": "is gone: behaviour.services.service_grievance says how many grievances a refused "
    "request raises",
}
"""What became of parameters that are no more, by the end of their key."""


def became(key: str) -> str:
    """What became of a parameter that is no more, as a sentence; empty for any other key."""
    return next((f"{name} {what}" for name, what in GONE.items() if f".{key}".endswith(f".{name}")), "")


def unknown_key(key: str, schema: type) -> str:
    """The message about a key that a schema does not have: what became of it, or the nearest valid ones."""
    return f"unknown key {key!r}: {became(key) or suggestion(key, valid_keys(key, schema))}"


def valid_keys(key: str, schema: type) -> list[str]:
    """Keys and groups of keys that could stand where ``key`` stands."""
    names = [leaf.key for leaf in leaves(schema)]
    parents = {name.rsplit(".", depth)[0] for name in names for depth in (1, 2, 3) if name.count(".") >= depth}
    return sorted({*names, *parents})


LISTED = 40
"""Words that a message lists."""


def suggestion(wrong: str, valid: Iterable[str]) -> str:
    """``did you mean X?`` with the nearest valid words, or all valid words when none is near.

    Keys of the same group are not near for that alone: their last parts must be.
    """
    known = list(valid)
    group, _, leaf = wrong.rpartition(".")
    siblings = {name.rpartition(".")[2]: name for name in known if name.rpartition(".")[0] == group}
    like = difflib.get_close_matches(leaf, siblings, n=len(siblings) or 1)
    likely = [name for name in known if siblings.get(last := name.rpartition(".")[2]) != name or last in like]
    near = difflib.get_close_matches(wrong, likely, n=2, cutoff=0.75)
    if not near:  # perhaps the last part alone is right, in another group
        near = [name for name in known if name.rsplit(".", 1)[-1] == leaf][:3]
    if near:
        return f"did you mean {' or '.join(near)}?"
    there = list(siblings.values()) or [name for name in known if "." not in name] or known
    more = f" and {len(there) - LISTED} more" if len(there) > LISTED else ""
    return "there are: " + ", ".join(there[:LISTED]) + more


def messages_of(error: ValidationError, schema: type, origin: str = "", within: str = "") -> list[str]:
    """One line for each error of a pydantic validation: full key, value and what is allowed.

    Args:
        error: what pydantic raised.
        schema: the whole that the keys belong to.
        origin: put in front of every line (a point of a sweep, for example).
        within: key of the part of the schema that was validated; empty for the whole.
    """
    lines = []
    for found in error.errors(include_url=False):
        key = ".".join([*([within] if within else []), *(str(part) for part in found["loc"])])
        lines.append((f"{origin}: " if origin else "") + _explain(key, found, schema))
    return lines


_ITEM = re.compile(r"\.\d+$")
"""The place in a list at the end of a key."""


def _explain(key: str, found: Mapping[str, Any], schema: type) -> str:
    kind, value = found["type"], found.get("input")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return unknown_key(key, schema)
    if kind == "value_error":
        inner = found.get("ctx", {}).get("error")
        return str(inner) if isinstance(inner, InputError) else f"{key}={shown(value)} is not allowed: {inner}"
    known = allowed_of(_ITEM.sub("", key), schema)
    return f"{key}={shown(value)} is not allowed: {known or found['msg'][0].lower() + found['msg'][1:]}"
