"""Short forms of the command line, rewritten to Hydra's overrides."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from experiments.configuration.plain_scalars import ambiguous_part, readings
from sim.errors import InputError

if TYPE_CHECKING:
    from hydra.core.config_loader import ConfigLoader
    from hydra.core.override_parser.types import Override

POLICY_SLOTS = ("before", "after")
"""Where a policy goes: ``after=X`` is short for Hydra's ``policy@after=X``."""

_NAMED = (
    "worlds",
    "question",
    "factors",
    "groups",
    "fitted",
    "varied",
    "checks",
    "corners",
    "constraints",
    "thresholds",
    "bounds",
    "objectives",
)

NAMED = tuple(f"study.{name}" for name in _NAMED)
"""Keys below which a user brings names of his or her own."""

TEXTS = ("results", "export", "map", "name", "study.name")
"""Keys that take one text, whatever it looks like: ``results=./a,b(1)``, ``name=1e3``."""

OPTIONS = ("after", "before", "behaviour", "stress", "province", "study", "index", "executor", "study.policies",
           "study.reference")  # fmt: skip
"""Keys that take names of options, which may look like numbers: ``after=2019``, ``study.policies=[0.1,1e3]``."""

_KEY_VALUE = re.compile(r"^(?P<key>[A-Za-z_]+)=(?P<value>.*)$", re.DOTALL)
_FUNCTION = re.compile(r"(?:^|[,\[{:(])\s*[a-z_]+\(")
_ELEMENT = re.compile(r"""(?P<quoted>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|[^,:=\[\]{}'"]+""", re.DOTALL)
_ARGUMENT = re.compile(_ELEMENT.pattern.replace("{}", "{}()"), re.DOTALL)
_UNKNOWN = re.compile(r"[#!&;<>^`()~]|[^\x00-\xa0\ud800-\udfff]")
"""What Hydra's grammar takes in quotes alone; control characters and broken bytes are left for it to refuse."""


def expand(argument: str) -> str:
    """One argument with its short form, if it is one, written out.

    ``after=X``, ``before=X`` → ``policy@after=X``, …; ``places=[…]`` → ``province.places=[…]``;
    ``province=some/folder`` → ``province.source=some/folder``; what is below ``NAMED`` may bring new names (Hydra's
    ``++``).
    Anything else is returned as it is.
    """
    argument = _with_quotes(_with_provinces(argument))
    if argument.startswith(tuple(key + end for key in NAMED for end in "=.")):
        return f"++{argument}"
    found = _KEY_VALUE.match(argument)
    if found is None:
        return argument
    key, value = found["key"], found["value"]
    if key in POLICY_SLOTS and not value.startswith("{"):
        return f"policy@{key}={value}"
    if key == "places":
        return f"province.places={value}"
    if key == "province" and ("/" in value or "\\" in value):
        return f"province.source={value}"
    return argument


def _with_provinces(argument: str) -> str:
    """``province=青海,64`` as ``province=qinghai,ningxia``: provinces of China go by every name they have."""
    key, _, value = argument.partition("=")
    if key not in ("province", "province.source"):
        return argument
    from sim.province.names import province_named  # not needed for help, and not light

    names = (province_named(word.strip().strip("'\"")) or word for word in value.split(","))
    return f"{key}={','.join(names)}"


def _with_quotes(argument: str) -> str:
    """An override with quotes around the words that Hydra's grammar cannot read without: ``after=甲``, ``a#b``."""
    key, equals, value = argument.partition("=")
    if value.startswith("~/"):  # a path, as some shells expand it and others do not
        value = os.path.expanduser(value)
    if key.lstrip("+") in TEXTS and value.isprintable() and not value.startswith(("'", '"')) and value:
        return f"{key}={quoted(value)}"

    def element(found: re.Match[str]) -> str:
        text = found[0].strip()
        is_text = text[:1].isdigit() and _takes_texts(key, value)
        needs_quotes = not found["quoted"] and (is_text or _UNKNOWN.search(text)) and not text.startswith("~")
        return found[0].replace(text, quoted(text)) if needs_quotes else found[0]

    return key + equals + (_ARGUMENT if _FUNCTION.search(value) else _ELEMENT).sub(element, value)


def _takes_texts(key: str, value: str) -> bool:
    """Whether what looks like a number in a value is a name of an option, or part of a question."""
    return (key.lstrip("+") in OPTIONS and "{" not in value) or key.lstrip("+") == "study.question"


def quoted(text: str) -> str:
    """A text in quotes as Hydra's grammar has them."""
    escaped = re.sub(r'(\\*)("|$)', lambda found: 2 * found[1] + (r"\"" if found[2] else ""), text)
    return f'"{escaped}"'


def override_of(argument: str, config_loader: ConfigLoader | None = None) -> Override:
    """An argument as Hydra reads it; a range of decimals has the numbers that are written: 0.7, not 0.7000000000000001.

    Raises Hydra's errors, and ``InputError`` for a sorted range, of which Hydra gives other values.
    """
    from hydra.core.override_parser.overrides_parser import OverridesParser

    override = OverridesParser.create(config_loader).parse_overrides([expand(argument)])[0]
    if override.is_range_sweep():
        if "sort(" in argument:
            raise InputError(f"{argument} is not allowed: a range has its own order, downwards with a negative step")
        sweep: Any = override.value()
        for end in ("start", "stop", "step"):
            if isinstance(number := getattr(sweep, end), float):
                setattr(sweep, end, Decimal(str(number)))
    return override


def expand_all(arguments: Sequence[str]) -> list[str]:
    """Every argument with its short form written out; raises ``InputError`` for a value that is read in two ways."""
    for argument in arguments:
        key, _, value = argument.partition("=")
        if not _takes_texts(key, value) and (part := ambiguous_part(value)):
            octal, decimal = (f"{key}={value.replace(part, way)}" for way in readings(part))
            raise InputError(f"{argument} is read differently by YAML 1.1 and 1.2: write {decimal} or {octal}")
    return [expand(argument) for argument in arguments]


def short(key: str) -> str:
    """The short form of a key: ``policy@after`` → ``after``, ``province.places`` → ``places``."""
    if key == "province.places":
        return "places"
    group, at, package = key.partition("@")
    return package if at and group == "policy" and package in POLICY_SLOTS else key


CONFIG_DIRECTORY, MULTIRUN, RUN = "--config-dir", "--multirun", "--run"
CFG, INFO, PACKAGE, RESOLVE = "--cfg", "--info", "--package", "--resolve"

FLAGS = {"-m": MULTIRUN, "-r": RUN, "-cd": CONFIG_DIRECTORY, "-c": CFG, "-p": PACKAGE, "-i": INFO}
"""Hydra's flags that a study takes and that have a short form."""

DASHES = ("–", "—", "−", "‐", "‑")
"""Signs that look like hyphens; pages that commands are copied from have them."""

CHOICES = {
    MULTIRUN: None,
    RUN: None,
    RESOLVE: None,
    CONFIG_DIRECTORY: (),
    CFG: ("job", "hydra", "all"),
    PACKAGE: (),
    INFO: ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath"),
}
"""What follows a flag: nothing (``None``), a word of one's own (``()``), or one of these."""


def split_flags(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Flags by their long names, each with its value (``""`` for none), and overrides.

    A flag's value follows it or an equals sign, anywhere on the line. Raises ``InputError`` for a flag that no study
    takes, a wrong value, and flags that do not go together.
    """
    flags: dict[str, str] = {}
    overrides: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument.startswith(DASHES):
            word = argument.lstrip("".join(DASHES) + "-")
            raise InputError(f"{argument} begins with a dash: write {'-' if f'-{word}' in FLAGS else '--'}{word}")
        if not argument.startswith("-"):
            overrides.append(argument)
            continue
        typed, equals, value = argument.partition("=")
        name = FLAGS.get(typed, typed)
        choices = CHOICES.get(name)
        if name not in CHOICES or (equals and choices is None):
            known = ["--help", *CHOICES]
            near = difflib.get_close_matches(typed, known, n=1, cutoff=0.7) or [argument.lstrip("-")] * bool(equals)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
            raise InputError(f"unknown flag {argument!r}; {hint}")
        if choices is not None:
            value = value if equals else next(rest, "")
            if not value:
                raise InputError(f"{typed} needs a value")
            if choices and value not in choices:
                raise InputError(f"{typed} {value} is not allowed: it must be one of {', '.join(choices)}")
        flags[name] = value
    for name in (PACKAGE, RESOLVE):
        if name in flags and CFG not in flags:
            raise InputError(f"{name} goes with --cfg only")
    alone = [name for name in (MULTIRUN, RUN, CFG, INFO) if name in flags]
    if len(alone) > 1:
        raise InputError(f"{' and '.join(alone)} do not go together: give one of them")
    return flags, overrides


def user_directory(arguments: Sequence[str]) -> str | None:
    """The folder given with ``--config-dir`` (or ``-cd``), if any; raises ``InputError`` where there is none such.

    The other arguments need not make a line that a study takes.
    """
    given = None
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if FLAGS.get(name, name) == CONFIG_DIRECTORY:
            given = os.path.expanduser(value if equals else "".join(arguments[index + 1 : index + 2]))
    if given == "":
        raise InputError("--config-dir needs a value")
    if given is not None and not os.path.isdir(given):
        raise InputError(f"--config-dir {given} is not a folder")
    return given
