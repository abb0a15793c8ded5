"""``pyramid COMMAND --help``: what it does, groups with their options, keys with defaults, examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from experiments.configuration.short_forms import user_directory

_USAGE = {
    "simulate": (
        "pyramid simulate [-m] [GROUP=OPTION …] [KEY=VALUE …]",
        "Simulates one scenario some times and prints every measure before and after the reform. With -m,\n"
        "values with commas, range(…) and glob(…) make points, which share their seeds; a table is printed.",
        (
            "pyramid simulate province=gansu places=[6202] replicates=1",
            "pyramid simulate province=tiny before=status_quo after=whistle output=json",
            "pyramid simulate after=gansu_2019 after.staff.mediators_county=20 stress=demand_shock",
            "pyramid simulate -m province=tiny 'after=glob(*)' behaviour.patience=10,20",
            "pyramid simulate --config-dir my_configs after=whistle_and_staff",
        ),
    ),
    "compare": (
        "pyramid compare study=NAME [GROUP=OPTION …] [KEY=VALUE …]",
        "Runs every world of a study on the same seeds, keeps the results under results/, prints paired\n"
        "effects against the reference and writes the report. A finished run is never run again. A world is a\n"
        "policy after the reform (study.policies) or a policy with a stress of its own (study.worlds).",
        (
            "pyramid compare study=configurations",
            "pyramid compare study=configurations province=tiny replicates=4 results=/tmp/results",
            "pyramid compare study.policies=[status_quo,whistle] study.name=mine replicates=5",
            "pyramid compare study=configurations replicates=20      # only the ten new ones are run",
            "pyramid compare study=four_roads",
            "pyramid compare 'study.worlds={cut: {after: status_quo, stress: staff_cut}}' study.policies=[status_quo]",
        ),
    ),
    "sweep": (
        "pyramid sweep [study=NAME] [KEY=VALUES …] [GROUP=OPTION …] [KEY=VALUE …]",
        "Varies keys of a scenario over a design and ranks the points; results are kept and a report is drawn. A key\n"
        "with several values (8,16), a range(…), an interval(…) or declared (its whole range) is a factor: a lever,\n"
        "an uncertainty, a stress, a policy (after=…). A finished run is never run again: extend a sweep as you like.",
        (
            "pyramid sweep study=coverage_by_staff",
            "pyramid sweep province=tiny after=status_quo,whistle behaviour.patience=10,20 study.reference=status_quo",
            "pyramid sweep places=[6207] 'after.staff.mediators_county=interval(4,30)' "
            "after.centre.coverage_county=declared study.design=sobol study.size=64",
            "pyramid sweep study=coverage_by_staff precision=0.02 of=petitions_province replicates_max=50",
        ),
    ),
    "sensitivity": (
        "pyramid sensitivity study=NAME [KEY=VALUE …]",
        "Tells which uncertainties a measure depends on: Sobol indices (study.method=sobol) or Morris's elementary\n"
        "effects (morris), with chance as one factor more. With study.reference, of the effect against that policy.",
        (
            "pyramid sensitivity study=what_matters",
            "pyramid sensitivity study=screening                    # Morris, all uncertainties",
            "pyramid sensitivity study.uncertainties=[patience,trust_*] study.size=256 places=[620725] "
            "study.measures=[petitions_province]",
        ),
    ),
    "calibrate": (
        "pyramid calibrate study=NAME [KEY=VALUE …]",
        "Finds the set of behaviours that reported patterns do not rule out (history matching with emulators),\n"
        "predicts patterns that were held out, and tells what the data cannot tell. Writes ensemble.csv for others.",
        (
            "pyramid calibrate study=gansu_2019_patterns",
            "pyramid compare study=configurations ensemble=results/gansu_2019_patterns/latest/ensemble.csv "
            "replicates=100",
            "pyramid compare study=configurations behaviour=gansu_ensemble replicates=100     # the shipped one",
        ),
    ),
    "optimise": (
        "pyramid optimise study=NAME [KEY=VALUE …]",
        "Searches levers of the policy after the reform for several objectives at once under constraints (NSGA-II);\n"
        "every candidate shares its seeds with the reference, the front is measured anew on fresh ones, and each of\n"
        "its points is a policy file. Stresses and what people are like are never searched.",
        (
            "pyramid optimise study=cheapest_to_1_2_3",
            "pyramid compare --config-dir results/cheapest_to_1_2_3/latest/config "
            "study.policies=[status_quo,front_01,front_08] places=[6207]",
        ),
    ),
    "robustness": (
        "pyramid robustness study=NAME [ensemble=FILE] [KEY=VALUE …]",
        "Sets policies against many futures (members of an ensemble, or a sample of uncertainties, under stresses):\n"
        "regret, the share of futures in which thresholds hold, worst futures and groups, when a policy fails (PRIM).",
        (
            "pyramid robustness study=whichever_future",
            "pyramid robustness study=whichever_future study.discover=one_stop places=[6207]",
        ),
    ),
    "counterfactual": (
        "pyramid counterfactual [before=POLICY] [after=POLICY] [KEY=VALUE …]",
        "Follows every dispute under two policies, the one before the reform kept (or study.reference) and the one\n"
        "after: where each ended under one and the other, and what the change in durable settlement is made of.",
        (
            "pyramid counterfactual before=status_quo after=gansu_2019 places=[6207]",
            "pyramid counterfactual after=rule_and_register study.reference=one_stop places=[6207] replicates=5",
        ),
    ),
    "patterns": (
        "pyramid patterns [GROUP=OPTION …] [KEY=VALUE …]",
        "Simulates the reform some times (status_quo → gansu_2019, three replicates) and prints the reported\n"
        "patterns P1 to P9 beside what the model gives: residual, met or not, and which cannot hold together.",
        (
            "pyramid patterns",
            "pyramid patterns province=gansu places=[6207] replicates=5 output=json",
            "pyramid patterns language=zh behaviour.patience=20",
        ),
    ),
    "index": (
        "pyramid index [index=NAME] [GROUP=OPTION …] [KEY=VALUE …]",
        "Simulates one scenario and scores every city and month by the tree of an index, with colours, beside\n"
        "what is true and what is recorded. Illustrative: indicators, weights and limits are assumptions in the\n"
        "tree's file. With export=FOLDER, the data are written there as index.json and index.parquet.",
        (
            "pyramid index province=gansu places=[6202] after=gansu_2019",
            "pyramid index province=tiny replicates=4 output=json",
            "pyramid index province=tiny index.indicators.safety.weight=20 export=/tmp/index",
            "pyramid index --config-dir my_configs index=mine",
        ),
    ),
    "whatif": (
        "pyramid whatif [--static FILE] [GROUP=OPTION …] [KEY=VALUE …]",
        "Serves a page on this machine alone (127.0.0.1): levers of the policy after the reform are moved, the model\n"
        "runs, and what became of people stands beside the ratio, each with its difference from the status quo kept.\n"
        "Without places= or province=, one county. With --static, one file that needs no server: a sweep of size=\n"
        "points and a surface fitted to it, with its error on runs that it had not seen. Ctrl-C ends the live page.",
        (
            "pyramid whatif",
            "pyramid whatif places=[6207] port=9000 replicates=4",
            "pyramid whatif province=gansu                          # the whole province: one to two seconds a change",
            "pyramid whatif levers=[centre.*,petition.acceptance] stresses=[push_down]",
            "pyramid whatif --static whatif.html",
            "pyramid whatif --static whatif.html size=2048 replicates=4 after=gansu_2019 language=zh",
        ),
    ),
    "verify": (
        "pyramid verify [checks=[NAME,…]] [KEY=VALUE …]",
        "Checks the model: known answers of queueing theory with deliberately wrong models that must be rejected,\n"
        "conservation, reverse tests, common random numbers. Exit code 0 when all pass, 1 when any fails.",
        (
            "pyramid verify",
            "pyramid verify checks=[known_answers] replicates=8",
            "pyramid verify checks=[mm3] seed=100 output=json",
        ),
    ),
    "report": (
        "pyramid report FOLDER [language=en|zh|both] [figure=NAME,…] [format=svg|png|pdf]",
        "Draws the report of stored results again; with figure=, those figures alone, format=pdf as for a paper.",
        (
            "pyramid report results/configurations/latest",
            "pyramid report results/configurations/latest language=zh figure=pyramid format=pdf",
        ),
    ),
    "list": (
        "pyramid list policies|levers|uncertainties|stresses|measures|studies|indices|provinces [output=json]",
        "Lists what there is, one line each, with units, ranges and tags (F fact, D derived, A assumed).",
        (
            "pyramid list levers",
            "pyramid list measures output=json",
            "pyramid list policies --config-dir my_configs",
        ),
    ),
    "completion": (
        "pyramid completion bash|zsh|fish",
        "Prints a script that completes commands, groups, options and keys.",
        (
            'eval "$(pyramid completion bash)"',
            "pyramid completion fish > ~/.config/fish/completions/pyramid.fish",
        ),
    ),
}

EXAMPLES = {command: examples for command, (_, _, examples) in _USAGE.items()}
"""Command lines that the help of a command shows."""

GROUPS = {
    "simulate": ("province", "before", "after", "behaviour", "stress", "executor"),
    "patterns": ("province", "before", "after", "behaviour", "stress", "executor"),
    "compare": ("study", "province", "before", "behaviour", "stress", "executor"),
    **dict.fromkeys(
        ("sensitivity", "calibrate", "optimise", "robustness", "counterfactual"),
        ("study", "province", "before", "after", "behaviour", "stress", "executor"),
    ),
    "whatif": ("province", "before", "after", "behaviour", "stress", "executor"),
    "sweep": ("study", "province", "before", "after", "behaviour", "stress", "executor"),
    "index": ("index", "province", "before", "after", "behaviour", "stress", "executor"),
    "verify": ("executor",),
}
"""Config groups of a study as they are typed (``before`` and ``after`` choose from the policies)."""

DEFAULTS = {
    "index": "pingan",
    "province": "gansu",
    "before": "status_quo",
    "after": "gansu_2019",
    "behaviour": "default",
    "stress": "none",
    "executor": "threads",
}

OWN_DEFAULTS = {("whatif", "after"): "status_quo"}
"""Defaults that one command has of its own: what is moved is seen best from where nothing was done."""


def usage(command: str, arguments: Sequence[str] = ()) -> str:
    """The help of a command; the user's own options show with ``--config-dir``."""
    line, meaning, examples = _USAGE[command]
    parts = [f"usage: {line}", meaning]
    if command in GROUPS:
        parts += [_groups(command, user_directory(arguments)), _keys(command)]
        parts.append("--cfg job prints the composed configuration, --config-dir FOLDER adds your own options.")
    parts.append("examples:\n" + "\n".join(f"  {example}" for example in examples))
    return "\n\n".join(parts)


def _groups(command: str, own: str | None) -> str:
    from experiments.configuration.options import described, studies_of

    lines = ["groups (* the default):"]
    for group in GROUPS[command]:
        if group == "study":
            options = studies_of(command, own)
        else:
            options = described("policy" if group in ("before", "after") else group, own)
        default = OWN_DEFAULTS.get((command, group), DEFAULTS.get(group))
        shown = [f"{name}*" if name == default else name for name in options]
        lines.append(f"  {group + '=':<11} {', '.join(shown)}")
    return "\n".join(lines)


def _keys(command: str) -> str:
    from experiments.configuration.schema import SCHEMAS

    lines = ["keys:"]
    config: Any = SCHEMAS[command]()
    for part in fields(config):
        value = getattr(config, part.name)
        if part.name in ("before", "after", "behaviour", "stress", "index"):
            continue
        for name, inner in _flat(part.name, value):
            lines.append(f"  {name}={inner}")
    if "province" not in GROUPS[command]:
        return "\n".join(lines)
    places = "  places=[…] is short for province.places=[…]: codes of cities (6202) or counties (620502)"
    parameters = "behaviour.…, stress.…, before.GROUP.… and (not compare) after.GROUP.…: see pyramid list"
    return "\n".join([*lines, places, f"  {parameters}"])


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    if is_dataclass(value):
        return [pair for p in fields(value) for pair in _flat(f"{name}.{p.name}", getattr(value, p.name))]
    shown = value.name if isinstance(value, Enum) else str(value).lower() if isinstance(value, bool) else value
    if isinstance(shown, list):
        shown = "[" + ",".join(f"{x:g}" if isinstance(x, float) else str(x) for x in shown) + "]"
    return [(name, "" if shown in ({}, "") else str(shown))]
