"""``python -m tests.golden`` writes the golden file anew; with ``digests`` it prints hashes to compare."""

from __future__ import annotations

import sys

from tests.golden.study import GOLDEN, WAYS, digest, document, write


def main() -> int:
    """Writes the file, or prints one line a way of running the study: all must be the same."""
    if sys.argv[1:] == ["digests"]:
        for name, (executor, workers) in WAYS.items():
            print(f"{digest(executor, workers)}  {name}", flush=True)
        return 0
    write(document())
    print(f"wrote {GOLDEN}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
