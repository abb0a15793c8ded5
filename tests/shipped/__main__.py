"""``python -m tests.shipped FOLDER…`` keeps results of shipped studies and their answers."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.shipped import keep


def main() -> int:
    """Keeps each folder that is named."""
    for folder in sys.argv[1:]:
        print(f"kept {keep(Path(folder))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
