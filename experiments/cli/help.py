"""``pyramid COMMAND --help``: what it does, groups with their options, keys with defaults, examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from experiments.cli.commands import COMMANDS
from experiments.configuration.primary import HIDDEN, primary, schema_of
from experiments.configuration.short_forms import user_directory

OVERVIEW = """\
pyramid – where are people's disputes settled, and what does a configuration of governance centres do to it?

usage: pyramid COMMAND [KEY=VALUE …]

{commands}

  pyramid COMMAND --help   groups, defaults and examples
  pyramid --version        version of the toolkit

examples:
  pyramid simulate province=gansu places=[6207]
  pyramid simulate -m after=status_quo,gansu_2019 behaviour.patience=10,20
  pyramid compare study=configurations
  pyramid index places=[6207] after=gansu_2019
  pyramid list levers

Stylised and synthetic: no forecast, and no evaluation of a real place."""

EXAMPLES = {name: command.examples for name, command in COMMANDS.items()}
"""Command lines that the help of a command shows."""


def overview() -> str:
    """The help of ``pyramid`` itself: every command with what it does."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}} {command.summary}" for name, command in COMMANDS.items()]
    return OVERVIEW.format(commands="\n".join(lines))


def usage(command: str, arguments: Sequence[str] = ()) -> str:
    """The help of a command; the user's own options show with ``--config-dir``."""
    declared = COMMANDS[command]
    parts = [f"usage: {declared.usage}", declared.meaning]
    if declared.config is not None:
        parts += [_groups(command, user_directory(arguments)), _keys(command)]
        parts.append("--cfg job prints the composed configuration, --config-dir FOLDER adds your own options.")
    parts.append("examples:\n" + "\n".join(f"  {example}" for example in declared.examples))
    return "\n\n".join(parts)


def _groups(command: str, own: str | None) -> str:
    from experiments.configuration.options import described_options, ensembles_of, studies_of

    lines = ["groups (* the default):"]
    for group, default in primary(command).groups.items():
        if group in HIDDEN:
            continue
        if group == "study":
            options = studies_of(command, own)
            if not options:
                continue
        else:
            options = described_options("policy" if group in ("before", "after") else group, own)
            if group == "behaviour" and not primary(command).takes_ensemble:
                options = {name: meaning for name, meaning in options.items() if name not in ensembles_of(own)}
        shown = [f"{name}*" if name == default else name for name in options]
        lines.append(f"  {group + '=':<11} {', '.join(shown)}")
    return "\n".join(lines)


def _keys(command: str) -> str:
    lines = ["keys:"]
    config: Any = schema_of(command)()
    for part in fields(config):
        value = getattr(config, part.name)
        if part.name in ("before", "after", "behaviour", "stress", "index", "kind"):
            continue
        if part.name == "ensemble" and not primary(command).takes_ensemble:
            continue
        for name, inner in _flat(part.name, value):
            lines.append(f"  {name}={inner}")
    if "province" not in primary(command).groups:
        return "\n".join(lines)
    places = "  places=[…] is short for province.places=[…]: codes or names of cities (6207, 张掖) and counties"
    parameters = "behaviour.…, stress.…, before.GROUP.… and (not compare) after.GROUP.…: see pyramid list"
    return "\n".join([*lines, places, f"  {parameters}"])


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    if is_dataclass(value):
        return [pair for p in fields(value) for pair in _flat(f"{name}.{p.name}", getattr(value, p.name))]
    shown = value.name if isinstance(value, Enum) else str(value).lower() if isinstance(value, bool) else value
    if isinstance(shown, list):
        shown = "[" + ",".join(f"{x:g}" if isinstance(x, float) else str(x) for x in shown) + "]"
    return [(name, "" if shown in ({}, "") else str(shown))]
