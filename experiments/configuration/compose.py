"""Hydra's loader over the shipped configurations and the user's, and what it composes as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any

from experiments.configuration.primary import register_config
from experiments.configuration.safety import refuse_resolvers
from experiments.configuration.shipped import config_directory
from experiments.configuration.short_forms import expand_all, split_flags, user_directory

if TYPE_CHECKING:
    from omegaconf import DictConfig


HYDRA_VERSION = "1.3"

_HYDRA_IN_USE = RLock()
"""Held while Hydra composes: its version base and its registry of plugins belong to the process, not to a thread."""


def plain_values(config: DictConfig) -> dict[str, Any]:
    """A composed configuration as plain values, references resolved, without Hydra's own part.

    Raises ``InputError`` for an interpolation that is more than a reference.
    """
    from omegaconf import OmegaConf

    refuse_resolvers(config)
    return {
        str(key): OmegaConf.to_container(config[key], resolve=True) if OmegaConf.is_config(config[key]) else config[key]
        for key in config
        if key != "hydra"
    }


def compose(command: str, arguments: Sequence[str] = ()) -> dict[str, Any]:
    """The plain configuration of a command with overrides and ``--config-dir``, outside of an application.

    Raises Hydra's and OmegaConf's own errors; see ``composition_errors.explain``.
    """
    from hydra.types import RunMode

    register_config(command)
    with loader(user_directory(arguments)) as config_loader:
        overrides = expand_all(split_flags(arguments)[1])
        return plain_values(
            config_loader.load_configuration(command, overrides, run_mode=RunMode.RUN, from_shell=False)
        )


@contextmanager
def loader(own: str | None = None) -> Iterator[Any]:
    """Hydra's config loader over the shipped configurations and ``own``, the user's folder of options, if given.

    It is made without Hydra's global state (``GlobalHydra``, ``JobRuntime``), which is that of the user's own
    application if there is one; the version base, which it cannot do without, is put back. One thread at a time.
    """
    from hydra import version
    from hydra._internal.config_loader_impl import ConfigLoaderImpl
    from hydra._internal.utils import create_config_search_path
    from hydra.core.config_search_path import SearchPathQuery

    from experiments.configuration import user_folder

    with _HYDRA_IN_USE:
        search_path = create_config_search_path(str(config_directory()))
        if own is not None:
            user_folder.check_folder(own)
            user_folder.register_source()
            address = f"{user_folder.UserFolder.scheme()}://{own}"
            search_path.prepend("command-line", address, SearchPathQuery(provider="schema"))
        state = version.VersionBase.instance()
        kept = state.getbase()
        version.setbase(HYDRA_VERSION)
        try:
            yield ConfigLoaderImpl(search_path)
        finally:
            state.version_base = kept
