"""``python -m bench.network ENGINE SEED``: one run of one engine in a process of its own, as JSON."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from bench.network.engines import ENGINES, WARM_UP
from bench.network.open_network import reduced


def main() -> None:
    """Runs what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench.network", description=__doc__)
    parser.add_argument("engine", choices=[name for name, engine in ENGINES.items() if engine.is_installed()])
    parser.add_argument("seed", type=int)
    given = parser.parse_args()
    engine = ENGINES[given.engine]
    print(json.dumps(asdict(engine.run(reduced(), engine.until, WARM_UP, given.seed))))


if __name__ == "__main__":
    main()
