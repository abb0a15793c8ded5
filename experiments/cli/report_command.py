"""``pyramid report``: draws the report of stored results again, or some of its figures."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

from experiments.report.kinds import open_results
from experiments.results.folder import disk_errors
from sim.errors import InputError

OPTIONS = {"language": ("en", "zh", "both"), "format": ("svg", "png", "pdf")}
"""Options with a choice."""

FIGURE = "figure"
"""Option that takes the name of a figure, or several with commas."""

MAP = "map"
"""Option that takes a GeoJSON file, whose lines are drawn behind the dots of maps."""


def redraw(arguments: Sequence[str]) -> int:
    """Reads a results folder and writes its report; prints the paths of what was written."""
    folder, options = parse(arguments)
    results = open_results(folder)
    from experiments.report.maps.outline import read_outline
    from experiments.report.write import LINKED, write_report

    outline = read_outline(options[MAP]) if MAP in options else None
    figures = tuple(name for name in options.get(FIGURE, "").split(",") if name)
    with disk_errors(Path(folder)):
        formats = (options["format"],) if "format" in options else LINKED
        written = write_report(results, options.get("language", "both"), figures, formats, outline)
    for path in written:
        print(path)
    return 0


def parse(arguments: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The results folder and the options; raises ``InputError`` for anything else."""
    folders = [argument for argument in arguments if "=" not in argument or os.path.exists(argument)]
    if len(folders) != 1:
        given = "no folder" if not folders else f"{len(folders)} folders ({', '.join(folders)})"
        raise InputError(
            f"pyramid report takes a folder of results, such as results/configurations/latest; {given} given"
        )
    options = {}
    known = [FIGURE, MAP, *OPTIONS]
    for argument in arguments:
        if argument in folders:
            continue
        key, _, value = argument.partition("=")
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
            raise InputError(f"unknown option {key!r}; {hint}")
        if key in OPTIONS and value not in OPTIONS[key]:
            raise InputError(f"{key}={value} is not allowed: it must be one of {', '.join(OPTIONS[key])}")
        options[key] = value
    return folders[0], options
