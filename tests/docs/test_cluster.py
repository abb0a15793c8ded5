"""The page on clusters: its job runs where ``srun`` starts two workers here, and its other example is well-formed."""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.docs.vocabulary import ROOT, text_of
from tests.experiments.conftest import SHORT
from tests.processes import run

SRUN = """#!/bin/bash
"$@" & "$@" & wait
"""
"""Two tasks of SLURM: the same command twice."""


def block(language: str) -> str:
    """The only block of a language on the page."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", text_of("cluster.md"), flags=re.DOTALL | re.MULTILINE)
    return found


@pytest.mark.long
def test_the_job_runs_a_study_on_the_workers_that_srun_starts(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    python = sys.executable
    scripts = {
        "srun": SRUN,
        "python": f'#!/bin/bash\nexec {python} "$@"\n',
        "pyramid": f'#!/bin/bash\nexec {python} -m experiments.cli.main "$@"\n',
        "dask": f'#!/bin/bash\nexec {python} -m dask "$@"\n',
    }
    for name, text in scripts.items():
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    job = tmp_path / "pyramid.sbatch"
    job.write_text(block("bash"))
    path = f"{tools}:{os.environ['PATH']}"
    slurm = {"SLURM_JOB_ID": "7", "SLURM_NTASKS": "2", "PYRAMID_INTERFACE": "lo"}
    done = run(
        ["bash", str(job), "simulate", *SHORT, "replicates=4", "seed=7", "output=json"],
        cwd=tmp_path, env={**os.environ, **slurm, "PATH": path, "PYTHONPATH": str(ROOT)},
        timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["seeds"], found["failed"]) == ([7, 8, 9, 10], [])
    assert found["measures"]["grievances"]["after"]["replicates"] == 4
    assert (tmp_path / "scheduler-7" / "workers.log").read_text().count("Starting established connection") == 2


def test_the_cluster_of_jobs_is_one_of_single_threads_that_leave_in_time() -> None:
    (call,) = [
        node for node in ast.walk(ast.parse(block("python")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SLURMCluster"
    ]  # fmt: skip
    given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    assert given["cores"] == given["processes"] == 50
    hours, minutes, _ = map(int, given["walltime"].split(":"))
    lifetime, stagger = (int(given["worker_extra_args"][at].rstrip("m")) for at in (1, 3))
    assert lifetime + stagger < 60 * hours + minutes
