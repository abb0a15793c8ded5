"""A study as a Hydra application: compose, turn every composition error into one clear message, run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from experiments.overrides import expand_all, split_flags, user_directory
from experiments.paths import config_directory
from experiments.schema import SCHEMAS, register_schemas, validate

if TYPE_CHECKING:
    from omegaconf import DictConfig

    from experiments.points import Point

HYDRA_VERSION = "1.3"


def run_application(
    command: str,
    arguments: Sequence[str],
    study: Callable[[Any], int],
    many: Callable[[list[Point]], int] | None = None,
) -> int:
    """Composes the configuration of ``command``, validates it and calls ``study``; returns its exit code.

    ``arguments`` are Hydra's (overrides, ``--config-dir``, ``--cfg``, ``-m`` …) with our short forms. With
    ``-m`` or ``hydra.mode: MULTIRUN``, ``many`` is called with all points at once. Raises ``InputError`` for
    anything wrong with the configuration, naming key, value and what is allowed.
    """
    import hydra
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    from experiments.composition_errors import explain

    flags, given = split_flags(arguments)
    register_schemas()
    composed: list[dict[str, Any]] = []
    enumerated: list[list[Point]] = []

    def task(config: DictConfig) -> None:
        composed.append(plain(config))  # the study runs later, outside of Hydra's handling of errors

    if many is not None:
        task.many = enumerated.append  # type: ignore[attr-defined]
    task.command = command  # type: ignore[attr-defined]
    written_out = [*flags, *expand_all(given)]
    application = hydra.main(version_base=HYDRA_VERSION, config_path=str(config_directory()), config_name=command)(task)
    try:
        with _as_hydra_wants(command, written_out):
            application()
    except (HydraException, OmegaConfBaseException, YAMLError, AssertionError) as error:
        raise explain(error, command, arguments) from None
    if many is not None and enumerated:
        return many(enumerated[0])
    return study(validate(SCHEMAS[command], composed[0])) if composed else 0


def plain(config: DictConfig) -> dict[str, Any]:
    """A composed configuration as plain values, interpolations resolved, without Hydra's own part."""
    from omegaconf import OmegaConf

    return {
        str(key): OmegaConf.to_container(config[key], resolve=True) if OmegaConf.is_config(config[key]) else config[key]
        for key in config
        if key != "hydra"
    }


@contextmanager
def _as_hydra_wants(command: str, arguments: Sequence[str]) -> Iterator[None]:
    """Hydra reads ``sys.argv`` and exits on errors unless told to raise them; both are put back."""
    argv, full = sys.argv, os.environ.get("HYDRA_FULL_ERROR")
    sys.argv = [f"pyramid {command}", *arguments]
    os.environ["HYDRA_FULL_ERROR"] = "1"
    try:
        yield
    finally:
        sys.argv = argv
        if full is None:
            os.environ.pop("HYDRA_FULL_ERROR", None)
        else:
            os.environ["HYDRA_FULL_ERROR"] = full


def compose(command: str, arguments: Sequence[str] = ()) -> dict[str, Any]:
    """The plain configuration of a command with overrides and ``--config-dir``, outside of an application.

    Raises Hydra's and OmegaConf's own errors; see ``composition_errors.explain``.
    """
    import hydra

    register_schemas()
    with loader(arguments):
        overrides = expand_all(split_flags(arguments)[1])
        return plain(hydra.compose(config_name=command, overrides=overrides))


@contextmanager
def loader(arguments: Sequence[str] = ()) -> Iterator[Any]:
    """Hydra's config loader over the shipped configurations and the user's ``--config-dir``, if given."""
    from hydra import version
    from hydra._internal.hydra import Hydra
    from hydra._internal.utils import create_config_search_path
    from hydra.core.config_search_path import SearchPathQuery
    from hydra.core.global_hydra import GlobalHydra

    version.setbase(HYDRA_VERSION)
    search_path = create_config_search_path(str(config_directory()))
    own = user_directory(arguments)
    if own is not None:
        search_path.prepend("command-line", f"file://{os.path.abspath(own)}", SearchPathQuery(provider="schema"))
    state = GlobalHydra.instance()
    kept = state.hydra
    state.clear()
    try:
        Hydra.create_main_hydra2("pyramid", search_path)
        yield state.config_loader()
    finally:
        state.clear()
        state.hydra = kept
