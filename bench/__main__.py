"""Everything that is measured: ``python -m bench [PART …]`` prints tables and writes them below ``results/bench``."""

from __future__ import annotations

import argparse

from bench import agents, compilation, growth, model, peers
from bench.report import machine, markdown, write

PARTS = {
    "peers": ("The open network, one core each", peers.measure),
    "agents": ("The model and the same model as Mesa agents, one core each", agents.measure),
    "model": ("The model", model.measure),
    "compilation": ("Compiling", compilation.measure),
    "growth": ("How it grows", growth.measure),
}
"""Title and measurement by name, in the order of the tables."""


def main() -> None:
    """Measures the parts named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)} (default: all)")
    wanted = parser.parse_args().parts
    if unknown := sorted(set(wanted) - set(PARTS)):
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    print(machine())
    lines = []
    for name, (title, measure) in PARTS.items():
        if not wanted or name in wanted:
            found = measure()
            print(f"\n{title}\n\n{markdown(found)}", end="", flush=True)
            lines += found
    print("\nwritten:", *write(lines), sep="\n  ")


if __name__ == "__main__":
    main()
