"""``pyramid whatif``: serves the page live, or with ``--static FILE`` writes it as one file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from experiments.configuration.application import run_application
from experiments.configuration.short_forms import split_flags
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes
from experiments.whatif.schema import COUNTY, WhatIfConfig
from sim.errors import InputError

STATIC = "--static"


def whatif_command(arguments: Sequence[str]) -> int:
    """``pyramid whatif …``; returns the exit code. Without a place or a province of one's own, one county is shown."""
    target, given = _without_static(arguments)
    _, overrides = split_flags(given)
    if not any(each.lstrip("+").startswith(("places=", "province=", "province.")) for each in overrides):
        given.append(f"places=[{COUNTY}]")

    def study(config: WhatIfConfig) -> int:
        for note in warm_up_notes(config.calendar, Words("en")):
            print(note, file=sys.stderr)
        if target is not None:
            from experiments.whatif.static import write_static

            return write_static(config, target)
        from experiments.whatif.server import serve_page

        return serve_page(config, given)

    return run_application("whatif", given, study)


def _without_static(arguments: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The file of ``--static FILE`` or ``--static=FILE``, and the other arguments."""
    target: str | None = None
    given: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name != STATIC:
            given.append(argument)
            continue
        if target is not None:
            raise InputError(f"{STATIC} is given twice")
        target = value if equals else next(rest, "")
        if not target or (not equals and "=" in target):
            raise InputError(f"{STATIC} needs a file, such as {STATIC} whatif.html")
    if target is None:
        return None, given
    path = Path(target).expanduser()
    if path.is_dir():
        raise InputError(f"{STATIC} {target} is a folder; name a file in it, such as {path / 'whatif.html'}")
    if not path.parent.is_dir():
        raise InputError(f"{STATIC} {target}: there is no folder {path.parent}")
    return path, given
