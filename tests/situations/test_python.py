"""From Python: what users met who called packages from scripts and notebooks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import petition_pyramid as pp
from tests.bad_input.conftest import one_store  # noqa: F401 # composes in half the time
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation

ONE_WORKER = "executor.workers=1"
TWO = ("study.policies=[status_quo,gansu_2019]", "replicates=2", ONE_WORKER)


@pytest.fixture(scope="module")
def short() -> pp.Scenario:
    """Two years of the tiny province, reformed after the first."""
    return pp.scenario(*SHORT, "after=gansu_2019")


@situation(
    "from Python",
    "mesa/mesa#1280",
    "gave a table as a parameter: the names of its columns were taken for values",
    "what is neither an override nor a scenario is refused by its own words",
)
@pytest.mark.parametrize("given", [["province=tiny"], {"behaviour.patience": 20}, 20, None, b"seed=1"], ids=repr)
def test_what_is_no_override_is_refused(given: object) -> None:
    with pytest.raises(pp.InputError, match=r"is not an override: write key=value"):
        pp.simulate(given)  # type: ignore[arg-type]
    with pytest.raises(pp.InputError, match=r"is not an override: write key=value"):
        pp.scenario(given)  # type: ignore[arg-type]


@situation(
    "from Python",
    "starsimhub/starsim#1365",
    "set a parameter that the distribution does not have: it was kept and ignored",
    "a change beside a scenario that would have no effect is refused",
)
def test_what_a_scenario_would_leave_unread_is_refused(short: pp.Scenario) -> None:
    for words in ("behaviour.patience=20", "after=whistle", "calendar.end=2019-12-31"):
        with pytest.raises(pp.InputError, match=words.partition("=")[0]):
            pp.simulate(short, words)
    with pytest.raises(pp.InputError, match="2 scenarios"):
        pp.simulate(short, short.vary({"behaviour.patience": 20}))


@situation(
    "from Python",
    "lweasel/piquant#46",
    "misspelt parameters were ignored",
    "a key that there is not is refused, by vary and by assignment",
)
def test_misspelt_keys_are_refused(short: pp.Scenario) -> None:
    with pytest.raises(pp.InputError, match=r"behaviour\.patiense.*did you mean behaviour\.patience"):
        short.vary({"behaviour.patiense": 20})
    with pytest.raises(ValueError, match="patiense"):
        short.behaviour.patiense = 20  # type: ignore[attr-defined]
    assert not hasattr(short.behaviour, "patiense")


@situation(
    "from Python",
    "omry/omegaconf#725",
    "a number of NumPy for a field of numbers: could not be converted to Float",
    "numbers, texts and arrays of NumPy and pandas are taken as what they are",
)
@situation(
    "from Python",
    "omry/omegaconf#344",
    "a text out of an array is no text: not a supported primitive type",
    "so are texts",
)
def test_values_of_numpy_and_pandas_are_taken(short: pp.Scenario) -> None:
    row = pd.DataFrame({"patience": [20], "mediators": [7], "intake": ["unified"]}).iloc[0]
    varied = short.vary(
        {
            "behaviour.patience": np.float32(20),
            "after.staff.mediators_county": row["mediators"],
            "after.centre.intake": np.str_("unified"),
            "province.places": np.array([9101]),
        }
    )
    plain = short.vary(
        {
            "behaviour.patience": 20.0,
            "after.staff.mediators_county": 7,
            "after.centre.intake": "unified",
            "province.places": [9101],
        }
    )
    assert varied == plain
    assert varied.as_dict() == plain.as_dict() == pp.Scenario.from_dict(varied.as_dict()).as_dict()
    assert type(varied.behaviour.patience) is type(varied.after.staff.mediators_county) is float


@situation(
    "from Python",
    "joblib/joblib#292",
    "a parallel loop over nothing never ended",
    "no scenarios give no simulations, at once",
)
@situation(
    "from Python",
    "joblib/joblib#217",
    "had a long series of tasks as a generator, to make each when its turn comes",
    "a generator of scenarios is walked once and gives one simulation each",
)
def test_no_scenarios_and_a_generator_of_scenarios(short: pp.Scenario) -> None:
    assert pp.simulate_many([], "replicates=2") == []

    def days() -> Iterator[pp.Scenario]:
        for patience in (10, 20):
            yield short.vary({"behaviour.patience": patience})

    many = pp.simulate_many(days(), "replicates=2", ONE_WORKER)  # type: ignore[arg-type]
    assert [each.scenario.behaviour.patience for each in many] == [10, 20]
    assert [len(each.frame()) for each in many] == [2, 2]


@situation(
    "from Python",
    "loosolab/TF-COMB#55",
    "an import made every underflow of NumPy an error, for everybody",
    "NumPy's settings are as they were",
)
@situation(
    "from Python",
    "librosa/librosa#1484",
    "had asked NumPy to raise, and a function of the library raised an underflow",
    "whoever asks NumPy to raise gets the same numbers",
)
def test_numpys_errors_are_the_users_to_set(short: pp.Scenario) -> None:
    usual = np.geterr()
    record = pp.simulate(short, ONE_WORKER).records[0].to_bytes()
    assert np.geterr() == usual
    with np.errstate(all="raise"):
        result = pp.simulate(short, ONE_WORKER)
        assert result.records[0].to_bytes() == record
        assert "durable" in str(result.answer())
        assert len(result.effects()) == 14
        assert np.geterr()["under"] == "raise"


@situation(
    "from Python",
    "jofmi/agentpy#34",
    "handed a pool of processes to an experiment: it hung and nothing ran faster",
    "what is no executor is refused, with those that there are",
)
def test_a_pool_of_ones_own_is_refused(short: pp.Scenario) -> None:
    with ThreadPoolExecutor(1) as pool:
        for executor in (pool, 4, True):
            with pytest.raises(
                pp.InputError, match="is not allowed: it must be threads, processes, dask or a Dask client"
            ):
                pp.simulate(short, executor=executor)  # type: ignore[arg-type]
    with pytest.raises(pp.InputError, match=r"executor=thread: there is no such executor; did you mean threads\?"):
        pp.simulate(short, executor="thread")


@situation(
    "from Python",
    "starsimhub/starsim#819",
    "a start as a number had another meaning than the same as a date",
    "days of Python, NumPy and pandas are the days of the calendar, hours are refused",
)
def test_a_day_is_a_day_in_any_calendar(short: pp.Scenario) -> None:
    end = short.vary({"calendar.end": "2019-12-31"})
    for day in (date(2019, 12, 31), np.datetime64("2019-12-31"), pd.Timestamp("2019-12-31"), datetime(2019, 12, 31)):
        assert short.vary({"calendar.end": day}) == end
    for day in (pd.Timestamp("2019-12-31 10:30"), np.datetime64("2019-12-31T10"), 2019, 2019.5):
        with pytest.raises(pp.InputError, match=r"calendar\.end="):
            short.vary({"calendar.end": day})


POOL = """
import json, multiprocessing
import petition_pyramid as pp

def numbers(seed):
    return pp.simulate(*{short!r}, f"seed={{seed}}", "executor.workers=1").records[0].to_bytes().hex()

def in_processes(seed):
    try:
        pp.simulate(*{short!r}, f"seed={{seed}}", executor="processes")
    except pp.InputError as refused:
        return str(refused)

if __name__ == "__main__":
    here = [numbers(seed) for seed in (1, 2)]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        there, said = pool.map(numbers, (1, 2)), pool.map(in_processes, (1,))
    print(json.dumps([here, there, said]))
"""


@pytest.mark.long
@situation(
    "many runs at once",
    "joblib/joblib#125",
    "ran parts in parallel, and the processes neither ended nor did anything",
    "forked processes of one's own, after runs on threads, give the same and end",
)
@situation(
    "many runs at once",
    "dask/distributed#2142",
    "a task that starts processes, in a worker: daemonic processes may not have children",
    "one line says what to use there",
)
def test_processes_of_ones_own_run_the_model(tmp_path: Path) -> None:
    (tmp_path / "pool.py").write_text(POOL.format(short=SHORT))
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    call = [sys.executable, str(tmp_path / "pool.py")]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=120)
    here, there, said = json.loads(done.stdout)
    assert here == there and here[0] != here[1]
    assert said == ["executor=processes: a process of a pool may not start others; use threads there"]
