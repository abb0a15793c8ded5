"""The kernel against its peers on one open network: ``python -m bench.peers``.

In every round each engine runs once, one after the other, each in a process of its own and for about a second; a ratio
compares speeds of the same round. Seconds are of the processor, so that what else the machine does hardly counts. That
all simulate the same is judged by their mean waits, which theory knows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import fmean, median

from bench.network.engines import ENGINES
from bench.network.open_network import Outcome, reduced
from bench.report import Measured, markdown
from bench.targets import SERVICES_A_SECOND, TIMES_AS_FAST_AS
from experiments.verification.check import limit, mean_and_error

ROUNDS = 5


def outcome(engine: str, seed: int) -> Outcome:
    """One run of an engine in a fresh process.

    Raises:
        subprocess.CalledProcessError: when it fails, with its ``stderr``.
    """
    command = [sys.executable, "-m", "bench.network", engine, str(seed)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Outcome(**{**found, "waits": tuple(found["waits"])})


def about_waits(outcomes: list[Outcome]) -> str:
    """Whether mean waits agree with theory at every level, with the waits of the first as an example."""
    network = reduced()
    texts = []
    agree = True
    for n, (level, expected) in enumerate(zip(network.levels, network.waits, strict=True)):
        mean, error, rounds = mean_and_error([each.waits[n] for each in outcomes])
        agree &= abs(mean - expected) <= limit(rounds) * error
        texts.append(f"{level.name} {mean:.3f} ± {error:.3f} ({expected:.3f})")
    return ("waits as theory: " if agree else "WAITS DIFFER from theory: ") + ", ".join(texts)


def measure(rounds: int = ROUNDS) -> list[Measured]:
    """The kernel's speed, and how many times as fast as each peer it is; a peer that is missing or fails has no value.

    Raises:
        subprocess.CalledProcessError: when the kernel fails.
    """
    missing = {n: f"not installed: {engine.needs}" for n, engine in ENGINES.items() if not engine.is_installed()}
    outcomes: dict[str, list[Outcome]] = {name: [] for name in ENGINES}
    for seed in range(1, rounds + 1):
        for name in [name for name in ENGINES if name not in missing]:
            try:
                outcomes[name].append(outcome(name, seed))
            except subprocess.CalledProcessError as error:
                if name == "kernel":
                    raise
                missing[name] = "failed: " + (error.stderr.strip().splitlines() or ["without a word"])[-1]
    kernel = outcomes["kernel"]
    lines = [
        Measured(
            "services of the open network",
            median(each.speed for each in kernel) / 1e6,
            "million/s",
            SERVICES_A_SECOND,
            about_waits(kernel),
            "peers",
        )
    ]
    for name, target in TIMES_AS_FAST_AS.items():
        engine = ENGINES[name]
        if name in missing:
            lines.append(Measured(f"than {engine.title}", None, "×", target, missing[name], "peers"))
            continue
        mine = outcomes[name]
        ratio = median(one.speed / other.speed for one, other in zip(kernel, mine, strict=True))
        speed = fmean(each.speed for each in mine)
        note = f"{mine[0].version}, {speed:,.0f} services/s; {about_waits(mine)}"
        lines.append(Measured(f"than {engine.title}", ratio, "×", target, note, "peers"))
    return lines


if __name__ == "__main__":
    print(markdown(measure()), end="")
