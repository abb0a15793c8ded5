"""A study as a Hydra application: compose, turn every composition error into one clear message, run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from experiments.overrides import expand_all, split_flags, user_directory
from experiments.paths import config_directory
from experiments.safe_composition import check_folder, refuse_resolvers, refuse_settings_of_hydra
from experiments.schema import SCHEMAS, register_schema, validate
from sim.errors import InputError

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
    from hydra.types import RunMode

    flags, given = split_flags(arguments)
    values: dict[str, Any] | None = None
    points: list[Point] = []
    with composing(command, arguments):
        config = _composed(command, arguments)
        if config.hydra.mode != RunMode.MULTIRUN and not {flag.partition("=")[0] for flag in flags} - set(HARMLESS):
            values = plain(config)
        else:
            points = _by_hydra(command, [*flags, *expand_all(given)], many is not None)
    if values is not None:
        return study(validate(SCHEMAS[command], values))
    return many(points) if many is not None and points else 0


HARMLESS = ("-cd", "--config-dir", "-r", "--run")
"""Flags with which a study needs no more of Hydra than a composition."""


def _composed(command: str, arguments: Sequence[str]) -> DictConfig:
    """The composition with its ``hydra`` part, of which nothing was instantiated, made sure to be harmless."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.types import RunMode

    flags, given = split_flags(arguments)
    overrides = expand_all(given)
    is_multirun = bool({"-m", "--multirun"} & set(flags))
    mode = RunMode.MULTIRUN if is_multirun else RunMode.RUN
    register_schema(command)
    with loader(arguments) as config_loader:
        config = config_loader.load_configuration(command, overrides, run_mode=mode, validate_sweep_overrides=False)
        if user_directory(arguments) is not None or any("hydra" in override for override in overrides):
            refuse_settings_of_hydra(config, _shipped(command))
        if is_multirun:
            config.hydra.mode = RunMode.MULTIRUN
        elif config.hydra.mode != RunMode.MULTIRUN:
            parsed = OverridesParser.create(config_loader).parse_overrides(overrides)
            config_loader.validate_sweep_overrides_legal(parsed, RunMode.RUN, from_shell=True)
    refuse_resolvers(config)
    return config


@cache
def _shipped(command: str) -> DictConfig:
    """The composition of a command without anything of the user's."""
    from hydra.types import RunMode

    with loader() as config_loader:
        return config_loader.load_configuration(command, [], run_mode=RunMode.RUN)


def _by_hydra(command: str, written_out: Sequence[str], has_points: bool) -> list[Point]:
    """Runs ``hydra.main`` over flags and overrides, for the points of a multirun or for what Hydra prints."""
    import hydra

    enumerated: list[list[Point]] = []

    def task(config: DictConfig) -> None:
        raise AssertionError("a single run is composed without hydra.main")

    if has_points:
        task.many = enumerated.append  # type: ignore[attr-defined]
    task.command = command  # type: ignore[attr-defined]
    application = hydra.main(version_base=HYDRA_VERSION, config_path=str(config_directory()), config_name=command)(task)
    with _as_hydra_wants(command, written_out):
        application()
    return enumerated[0] if enumerated else []


@contextmanager
def composing(command: str, arguments: Sequence[str]) -> Iterator[None]:
    """Turns whatever a composition raises into an ``InputError``: all there is in it is what the user gave."""
    from experiments.composition_errors import explain

    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise explain(error, command, arguments) from None


def plain(config: DictConfig) -> dict[str, Any]:
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

    register_schema(command)
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
        check_folder(own)
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
