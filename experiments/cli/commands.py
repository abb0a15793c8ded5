"""What ``pyramid`` knows: the kinds of studies, the what-if page, and commands about what there is."""

from __future__ import annotations

from experiments.configuration.command import Command
from experiments.studies.kinds import study_kinds
from experiments.whatif import COMMAND as WHATIF

REPORT = Command(
    name="report",
    place=130,
    summary="redraw the report of stored results",
    usage="pyramid report FOLDER [language=en|zh|both] [figure=NAME,…] [format=svg|png|pdf] [map=FILE]",
    meaning=(
        "Draws the report of stored results again; with figure=, those figures alone, format=pdf as for a paper; with\n"
        "map=, lines of a GeoJSON file behind the dots of maps."
    ),
    examples=(
        "pyramid report results/configurations/latest",
        "pyramid report results/configurations/latest language=zh figure=pyramid format=pdf",
    ),
    entry="experiments.cli.report_command:redraw",
)

LIST = Command(
    name="list",
    place=140,
    summary="what there is: policies, levers, uncertainties, stresses, measures, studies, indices, provinces",
    usage="pyramid list policies|levers|uncertainties|stresses|measures|studies|indices|provinces [output=json]",
    meaning="Lists what there is, one line each, with units, ranges and tags (F fact, D derived, A assumed).",
    examples=(
        "pyramid list levers",
        "pyramid list measures output=json",
        "pyramid list policies --config-dir my_configs",
    ),
    entry="experiments.cli.lists:print_list",
)

COMPLETION = Command(
    name="completion",
    place=150,
    summary="print a completion script for bash, zsh or fish",
    usage="pyramid completion bash|zsh|fish",
    meaning="Prints a script that completes commands, groups, options and keys.",
    examples=(
        'eval "$(pyramid completion bash)"',
        "pyramid completion fish > ~/.config/fish/completions/pyramid.fish",
    ),
    entry="experiments.cli.completion:completion",
)

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in sorted(
        [*study_kinds().values(), WHATIF, REPORT, LIST, COMPLETION], key=lambda command: command.place
    )
}
"""Every command by name, in the order of help; a command imports what it needs when it is called."""
