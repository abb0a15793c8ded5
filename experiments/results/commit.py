"""The commit that this code is of: asked of Git in a checkout, built into every wheel and source distribution.

The build hook (``hatch_build.py``) runs this file by itself, so it imports nothing beyond the standard library.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
"""The checkout, the unpacked source distribution, or the folder that the packages are installed in."""

BUILT_IN = "experiments/build.json"
"""Where a wheel and a source distribution hold their commit; a checkout has no such file."""

UNKNOWN = {"commit": None, "dirty": None}


def commit() -> dict[str, Any]:
    """Git commit of this code, and whether files differed from it; both ``None`` where nobody knows."""
    if (ROOT / ".git").exists():
        try:
            head = _git("rev-parse", "HEAD")
            changes = _git("status", "--porcelain", "--untracked-files=no")
        except (OSError, subprocess.SubprocessError):
            return UNKNOWN
        return {"commit": head, "dirty": bool(changes)}
    try:
        return json.loads((ROOT / BUILT_IN).read_text("utf-8"))
    except FileNotFoundError:
        return UNKNOWN


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=10, check=True)
    return done.stdout.strip()
