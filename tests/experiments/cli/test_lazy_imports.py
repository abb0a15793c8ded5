"""What a command leaves unread when it starts is there when it is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def after_start(code: str) -> str:
    """Output of a process that starts as the command does."""
    program = f"import sys\nfrom experiments.cli.lazy_imports import DEFERRED, start_lightly\nstart_lightly()\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


def test_mesa_is_imported_without_what_a_study_never_touches():
    code = "import mesa\nprint([name in sys.modules for name in ('mesa.model', 'pandas.core', 'scipy.spatial')])"
    assert after_start(code) == "[True, False, False]"


@pytest.mark.parametrize(
    ("touch", "shown"),
    [
        ("import pandas\nprint(pandas.DataFrame({'a': [1, 2]}).shape, pandas.__version__[0].isdigit())", "(2, 1) True"),
        ("import mesa\nprint(mesa.discrete_space.OrthogonalMooreGrid.__name__)", "OrthogonalMooreGrid"),
        ("from scipy import linalg, stats\nprint(linalg.det([[3.0]]), round(stats.t.ppf(0.975, 4), 4))", "3.0 2.7764"),
        ("import numba, numpy as np\nprint(numba.njit(lambda a: np.linalg.det(a))(2 * np.eye(2)))", "4.0"),
        ("import mesa\nprint(mesa.DataCollector({'n': len}).get_model_vars_dataframe().shape)", "(0, 1)"),
        ("import inspect, mesa\ninspect.stack()\nprint(type(sys.modules['pandas']).__name__)", "_Deferred"),
    ],
)
def test_what_is_touched_is_read(touch, shown):
    assert after_start(touch) == shown


def test_a_module_being_read_is_read_once_by_two_threads():
    code = (
        "import pandas\nfrom threading import Thread\nfound = []\n"
        "threads = [Thread(target=lambda: found.append(pandas.DataFrame)) for _ in range(4)]\n"
        "[t.start() for t in threads]\n[t.join() for t in threads]\nprint(len(found), len(set(found)))"
    )
    assert after_start(code) == "4 1"
