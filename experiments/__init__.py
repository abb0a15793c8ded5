"""Studies of the model: run scenarios many times, keep the results, compare and report them.

When it is imported, it makes sure that the packages of this toolkit lie side by side, and not behind others that have
their names.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from importlib.util import find_spec

NAMES = ("sim", "experiments", "petition_pyramid")

HOME = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
"""The folder that holds them all."""


def check_packages(find: Callable[[str], ModuleSpec | None] = find_spec) -> None:
    """Raises ``ImportError`` where Python finds another package or module by the name of one of ours.

    ``find`` gives where a name is found: by default what is imported or would be; ``PathFinder.find_spec`` what a new
    process with the same ``sys.path`` would import.
    """
    for name in NAMES:
        spec = find(name)
        if spec is None:
            continue
        place = next(iter(spec.submodule_search_locations or ()), spec.origin or "")
        if os.path.realpath(place) != os.path.join(HOME, name):
            raise ImportError(
                f"`{name}` is found at {place}, not beside petition_pyramid ({HOME}): "
                f"rename that {'folder' if spec.submodule_search_locations else 'file'} or start Python elsewhere"
            )


check_packages()

import experiments.configuration.renamed  # noqa: E402, F401 – it knows the modules that had other names
