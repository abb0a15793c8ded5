"""The kinds of studies: a folder of this package is one, and its ``KIND`` declares it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from experiments import studies
from experiments.configuration.command import StudyKind


@cache
def study_kinds() -> dict[str, StudyKind]:
    """Every kind of study by name, in the order of lists."""
    folders = [module.name for module in iter_modules(studies.__path__) if module.ispkg]
    found = [import_module(f"{studies.__name__}.{folder}").KIND for folder in folders]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: kind.place)}
