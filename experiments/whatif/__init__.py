"""The what-if page: levers are moved, the model answers, and the honest measures stand beside the ratio.

Live, every change of a control runs the real model on this machine. Static, one file carries a surface fitted to a
precomputed sweep and says how far it was off on runs that it had not seen.
"""

from experiments.configuration.command import Command
from experiments.configuration.primary import SCENARIO_GROUPS, PrimaryConfig

COMMAND = Command(
    name="whatif",
    place=110,
    summary="a page on which levers are moved and the model answers: live on this machine, or as one file",
    usage="pyramid whatif [--static FILE] [GROUP=OPTION …] [KEY=VALUE …]",
    meaning=(
        "Serves a page on this machine alone (127.0.0.1): levers of the policy after the reform are moved, the model\n"
        "runs, and what became of people stands beside the ratio, each with its difference from the status quo kept.\n"
        "Without places= or province=, one county. With --static, one file that needs no server: a sweep of size=\n"
        "points and a surface fitted to it, with its error on runs that it had not seen. Ctrl-C ends the live page."
    ),
    examples=(
        "pyramid whatif",
        "pyramid whatif places=[6207] port=9000 replicates=4",
        "pyramid whatif province=gansu                          # the whole province: one to two seconds a change",
        "pyramid whatif levers=[centre.*,petition.acceptance] stresses=[push_down]",
        "pyramid whatif --static whatif.html",
        "pyramid whatif --static whatif.html size=2048 replicates=4 after=gansu_2019 language=zh",
    ),
    entry="experiments.whatif.command:whatif_command",
    config=PrimaryConfig(
        "whatif", "experiments.whatif.schema:WhatIfConfig", {**SCENARIO_GROUPS, "after": "status_quo"}
    ),
)
"""The declaration of this command."""
