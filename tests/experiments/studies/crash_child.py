"""A study in a process of its own, made to be killed: says when it is about to begin, draws no report.

``python -m tests.experiments.studies.crash_child ARGUMENTS…`` runs ``pyramid compare ARGUMENTS…`` after its parent has
sent a line. What is loaded and compiled before then does not stand between the parent and the moments that matter.
"""

from __future__ import annotations

import sys

import experiments.studies.keeping
from experiments.cli.main import main
from petition_pyramid import scenario, simulate
from tests.experiments.conftest import SHORT


def run() -> int:
    """Loads everything, waits for the parent, runs the study; the exit code."""
    experiments.studies.keeping.draw = lambda *_: []
    simulate(scenario(*SHORT), "replicates=1", "seed=99", "executor.workers=1")
    print("ready", flush=True)
    sys.stdin.readline()
    return main(["compare", *SHORT, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(run())
