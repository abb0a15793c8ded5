"""Builds the commit into every wheel and source distribution, and leaves the checkout as it is."""

from __future__ import annotations

import json
import runpy
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CommitHook(BuildHookInterface):
    """Adds ``experiments/build.json``; in the place of that of a source distribution, with the same content."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a build; an editable install (``version``) has the checkout itself to ask."""
        if version == "editable":
            return
        names = runpy.run_path(str(Path(self.root, "experiments", "results", "commit.py")))
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name, "build.json")
        file.write_text(json.dumps(names["commit"]()) + "\n", "utf-8")
        build_data["force_include"][str(file)] = names["BUILT_IN"]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called after a build."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
