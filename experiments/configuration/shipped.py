"""Where the packaged configurations lie."""

from __future__ import annotations

from pathlib import Path


def config_directory() -> Path:
    """Folder of the shipped Hydra configurations.

    Installed, they lie inside this package (``experiments/configs``); in a checkout, beside it (``configs``).
    """
    installed = Path(__file__).parents[1] / "configs"
    return installed if installed.is_dir() else Path(__file__).parent.parents[1] / "configs"
