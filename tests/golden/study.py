"""A small study whose numbers are kept in a file: regression only, they are right in no other sense.

Two years of the made-up province, as it is, under the whole reform and under a stress, two seeds each; and of a county
where norms keep people from falling out and those who fail get together, which nobody does in so small a province.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from experiments.runs.run import model_version
from petition_pyramid import Simulation, scenario, simulate_many
from sim.ledger import EVENTS

GOLDEN = Path(__file__).with_name("golden.json")

SHORT = (
    "province=tiny",
    "calendar.start=2017-01-01",
    "calendar.measures=2017-01-01",
    "calendar.reform=2018-01-01",
    "calendar.end=2018-12-31",
)

type Worlds = Mapping[str, tuple[str, ...]]

WORLDS: Worlds = {
    "status_quo": ("after=status_quo",),
    "gansu_2019": ("after=gansu_2019",),
    "push_down": ("after=status_quo", "stress=push_down"),
}

TOGETHER: Worlds = {
    "norms_and_links": (
        "province=gansu",
        "places=[620725]",
        "after=gansu_2019",
        "after.norms.moral_bank=1",
        "after.norms.praise_meetings=1",
        "behaviour.grievances=90",
        "behaviour.causes.groups=3",
        "behaviour.causes.join=0.9",
        "behaviour.constant_bilateral=-3",
        "behaviour.constant_petition=0",
        "behaviour.collective_rate=2",
    )
}
"""A world apart: the digest is that of the others alone."""

WAYS = {
    "1 thread": ("threads", 1),
    "2 threads": ("threads", 2),
    "8 threads": ("threads", 8),
    "2 processes": ("processes", 2),
}
"""Ways to run the study that must give the same bytes: kind of executor and number of workers."""

AGAIN = "python -m tests.golden"


def results(executor: str = "threads", workers: int = 1, worlds: Worlds = WORLDS) -> list[Simulation]:
    """The study's results, a world each."""
    scenarios = [scenario(*SHORT, *overrides) for overrides in worlds.values()]
    return simulate_many(scenarios, "replicates=2", "seed=7", f"executor.workers={workers}", executor=executor)


def digest(executor: str, workers: int, worlds: Worlds = WORLDS) -> str:
    """SHA-256 of everything that is kept of every run."""
    total = hashlib.sha256()
    for result in results(executor, workers, worlds):
        for record in result.records:
            total.update(record.to_bytes())
    return total.hexdigest()


def document() -> dict[str, Any]:
    """What the golden file holds: every measure exactly, and every event of the two years summed."""
    return {
        "regression_only": f"no evidence that these numbers are right; meant to change? write them anew: {AGAIN}",
        "model_version": model_version(),
        "numerics": numerics(),
        "worlds": {
            name: [
                {
                    "seed": seed,
                    "before": dict(sorted(record.before.items())),
                    "after": dict(sorted(record.after.items())),
                    "events": dict(zip(EVENTS, record.monthly.sum(axis=0).tolist(), strict=True)),
                }
                for seed, record in zip(result.seeds, result.records, strict=True)
            ]
            for worlds in (WORLDS, TOGETHER)
            for name, result in zip(worlds, results(worlds=worlds), strict=True)
        },
        "digest_together": digest("threads", 1, TOGETHER),
    }


def numerics() -> dict[str, str]:
    """What last bits depend on: bytes are promised for the same versions and the same kind of processor alone."""
    return {"machine": platform.machine(), **{name: version(name) for name in ("numpy", "numba", "llvmlite")}}


def write(content: dict[str, Any]) -> None:
    """Writes the golden file; what is not a number is written as NaN."""
    GOLDEN.write_text(json.dumps(content, indent=1) + "\n")


def differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    """Where two documents differ, one line each; NaN equals NaN."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from differences(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif old != new and (old == old or new == new):
        yield f"{path}: {old!r} → {new!r}"
