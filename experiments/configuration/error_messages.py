"""Hydra's composition errors in the user's words: what was given, what is wrong, what is allowed."""

from __future__ import annotations

import itertools
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from experiments.configuration.primary import schema_of
from experiments.configuration.short_forms import expand, override_of, quoted, short, split_flags, user_directory
from sim.errors import InputError
from sim.vocabulary import KEYS_BELOW, allowed_of, shown, suggestion, unknown_key

NO_INTERVALS = "{}: intervals have no points; list values (a,b,c) or give range(start,stop,step)"

MULTIRUN_COMMAND = "simulate"
"""The command that ``-m`` is for."""

VALUES_TRIED = 20
"""Values of a sweep that are tried when looking for what is wrong."""

LONGEST_TYPED = 200
"""Letters of an override that a message spells out."""

_INDEX = re.compile(r"\[\d+\]")
_FULL_KEY = re.compile(r"full_key: (\S+)")


def explain(error: BaseException, command: str, arguments: Sequence[str]) -> InputError:
    """The error of a composition as an ``InputError``; each override is tried alone to find all."""
    messages: list[str] = []
    given = split_flags(arguments)[1]
    for argument in given:
        alone = _alone(command, argument, arguments, error if len(given) == 1 else None)
        if alone is not None and alone not in messages:
            messages.append(alone)
    return InputError("\n".join(messages or [_message(error, command, "")]))


def _alone(command: str, argument: str, arguments: Sequence[str], error: BaseException | None = None) -> str | None:
    """What is wrong with one override, or ``None``; ``error`` is that of a composition with it alone, if known."""
    from experiments.configuration.compose import compose, loader

    own = user_directory(arguments)
    folder = [] if own is None else [f"--config-dir={own}"]
    try:
        with loader(own) as config_loader:
            override = override_of(argument, config_loader)
            texts = [expand(argument)]
            if override.is_sweep_override():
                if not {"-m", "--multirun", "hydra.mode=MULTIRUN"} & set(arguments):
                    here = "add -m to run them all" if command == MULTIRUN_COMMAND else f"pyramid {command} takes one"
                    return f"{argument} gives several values: {here}"
                if not override.is_discrete_sweep():
                    return NO_INTERVALS.format(argument)
                values = itertools.islice(override.sweep_string_iterator(), VALUES_TRIED)
                texts = [f"{override.get_key_element()}={value}" for value in values]
            elif error is not None:
                return _message(error, command, argument)
    except RecursionError:
        return f"{shown(argument)} is nested too deeply"
    except Exception:
        return f"'{shown(argument)}' is not an override: write key=value" + _as_typed(argument)
    try:
        for text in texts:
            compose(command, [*folder, text])
    except InputError as error:
        return str(error)
    except Exception as error:
        return _message(error, command, argument)
    return None


def _as_typed(argument: str) -> str:
    """How a shell takes an override whose value is a text for which Hydra's grammar needs quotes; empty for others."""
    key, _, value = argument.partition("=")
    if any("\udc80" <= letter <= "\udcff" for letter in argument):
        return f"; the encoding of this locale, {sys.getfilesystemencoding()}, cannot read it: try LC_ALL=C.UTF-8"
    if not argument.isprintable() or len(argument) > LONGEST_TYPED or value[:1] in ("", "[", "{", "'", '"'):
        return ""
    written = f"{key}={quoted(value)}"
    try:
        override_of(written)
    except Exception:
        return ""
    return f"; a text with special characters is typed as {shlex.quote(written)}"


def explained(error: BaseException, schema: type, origin: str) -> str:
    """The error of composing something as a whole, in words; ``origin`` names it."""
    return _message(error, "", "", schema) + f" (in {origin})"


def _message(error: BaseException, command: str, argument: str, schema: type | None = None) -> str:
    from hydra.errors import HydraException, MissingConfigException
    from omegaconf.errors import OmegaConfBaseException

    schema = schema or schema_of(command)
    key, _, value = argument.partition("=")
    argument, value = shown(argument), shown(value)
    text, cause = str(error), error.__cause__ or error.__context__
    if isinstance(error, RecursionError | MemoryError):
        return f"{argument or 'the configuration'} is nested too deeply"
    if isinstance(error, FileNotFoundError) and error.filename is None:  # os.getcwd()
        return "the working folder is not there any more: change to another"
    if isinstance(error, OSError) and error.strerror:
        return f"{argument or 'the configuration'}: {error.strerror}"
    if text.startswith("Config group override must") and key:
        return f"{argument} is not allowed: {short(key)} is a config group; name an option, or set {short(key)}.KEY"
    if isinstance(error, MissingConfigException) and error.missing_cfg_file:
        return _missing_option(error, key, argument)
    if "looks like a config group" in text or "default list" in text or "defaults list" in text:
        return f"{short(key)!r} is not a config group of pyramid {command}: " + _slot_hint(key, command, schema)
    if text.startswith("Could not override") or text.startswith("Could not delete"):
        below = _FULL_KEY.search(str(cause)) if value.startswith("{") else None
        return unknown_key(below[1] if below else key.lstrip("+~"), schema)
    if isinstance(cause, OmegaConfBaseException):
        text = str(cause)
    full = _FULL_KEY.search(text)
    name = _INDEX.sub("", full[1] if full else key)
    is_about_a_value = isinstance(error, HydraException | OmegaConfBaseException)
    first = text.splitlines()[0] if text else type(error).__name__
    if first.startswith("Key ") and "not in" in first:
        return unknown_key(name, schema) + _in_file(argument)
    if key.startswith("study.worlds"):
        return f"{argument} is not allowed: a world is written study.worlds.LABEL={{after: POLICY, stress: STRESS}}"
    allowed = allowed_of(name, schema)
    if allowed and is_about_a_value:
        if allowed.startswith(KEYS_BELOW):
            return f"{argument} is not allowed: {allowed} ({first})"
        given = re.search(r"[Vv]alue '([^']*)'", first)
        return f"{name}={shown(given[1]) if given else value} is not allowed: {allowed}" + _in_file(argument, name)
    if "is not a ListConfig" in first:
        return f"{name}={value} is not allowed: it must be a list, such as [{value}]"
    if is_about_a_value and first:
        return f"{argument + ': ' if argument else ''}{first}"
    return f"{argument + ': ' if argument else ''}{' '.join(text.split()) or type(error).__name__}"


def _in_file(argument: str, key: str = "") -> str:
    given = argument.partition("=")[0]
    return "" if not argument or given == key else f" (in {argument})"


def _missing_option(error: Any, key: str, argument: str) -> str:
    missing, options = str(error.missing_cfg_file), [str(option) for option in error.options or []]
    value = argument.partition("=")[2]
    group, is_asked_for, _ = missing.rpartition(f"/{value}")
    if not value or not is_asked_for:
        return f"there is no config {missing!r}" + _in_file(argument)
    hint = suggestion(value, options) if options else "there is none"
    return f"{short(key)}={value}: there is no such {group}; {hint}"


def _slot_hint(key: str, command: str, schema: type) -> str:
    if short(key) == "after" and command == "compare":
        return "a comparison sets it by study.policies=[…]"
    return suggestion(short(key), sorted(part.name for part in fields(schema)))
