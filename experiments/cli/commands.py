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
    summary="what there is: policies, behaviours, levers, uncertainties, stresses, measures, studies, indices, "
    "provinces, places",
    usage="pyramid list policies|behaviours|levers|uncertainties|stresses|measures|studies|indices|provinces"
    " [output=json] | pyramid list places [province=NAME] [WORD] [output=json]",
    meaning="Lists what there is, one line each, with units, ranges and tags (F fact, D derived, A assumed). "
    "places are a province's cities and counties with their residents: all, or those with a WORD in code or names.",
    examples=(
        "pyramid list levers",
        "pyramid list measures output=json",
        "pyramid list policies --config-dir my_configs",
        "pyramid list places province=青海 西宁",
    ),
    entry="experiments.cli.lists:print_list",
)

PROVINCE = Command(
    name="province",
    place=150,
    summary="check the folder of a province, or make one: a copy of a shipped one, or from sources",
    usage="pyramid province check FOLDER | pyramid province make NAME|SOURCES FOLDER [province=NAME,…]",
    meaning="check prints what a province is, what its tables state, what is synthetic and what is odd. make writes a "
    "shipped province as plain tables that can be edited, or the provinces of a folder of sources.",
    examples=(
        "pyramid province check my_province",
        "pyramid province make qinghai my_qinghai",
        "pyramid province make data made province=ningxia",
    ),
    entry="experiments.cli.province_command:province",
)

COMPLETION = Command(
    name="completion",
    place=160,
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
        [*study_kinds().values(), WHATIF, REPORT, LIST, PROVINCE, COMPLETION], key=lambda command: command.place
    )
}
"""Every command by name, in the order of help; a command imports what it needs when it is called."""
