"""``python -m tests.reference --seeds 50``: compares both implementations in all worlds and prints a table."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from sim.ledger import EVENTS
from tests.reference.compare import compare
from tests.reference.worlds import WORLDS, world


def main() -> int:
    """One line a world; 1 when any of them differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, help="seeds of every world, from 1 on (default: 5)")
    parser.add_argument("--worlds", nargs="*", default=[], help="parts of names of worlds (default: all)")
    arguments = parser.parse_args()
    names = [name for name in WORLDS if not arguments.worlds or any(part in name for part in arguments.worlds)]
    events: Counter[str] = Counter()
    failed = 0
    print(f"{'world':40} {'seeds':>6} {'disputes':>9} {'seconds':>8}  agreement")
    for name in names:
        begun, disputes, trouble = time.perf_counter(), 0, []
        for seed in range(1, arguments.seeds + 1):
            comparison = compare(world(name), seed)
            disputes += comparison.disputes
            events += comparison.events
            if not comparison:
                day = "at the end" if comparison.day is None else f"after day {comparison.day}"
                trouble.append(f"    seed {seed}, {day}: {'; '.join(comparison.differences[:5])}")
        failed += len(trouble)
        seconds = time.perf_counter() - begun
        verdict = f"{len(trouble)} differ" if trouble else "exact"
        print(f"{name:40} {arguments.seeds:6} {disputes:9,} {seconds:8.1f}  {verdict}", *trouble, sep="\n", flush=True)
    print(f"{sum(events.values()):,} events; never seen: {', '.join(sorted(set(EVENTS) - set(+events))) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
