"""A study as a Hydra application: compose, turn every composition error into one clear message, run."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from typing import TYPE_CHECKING, Any

from experiments.configuration.compose import loader, plain_values
from experiments.configuration.options import check_kind
from experiments.configuration.primary import register_config, schema_of
from experiments.configuration.safety import refuse_resolvers, refuse_settings_of_hydra
from experiments.configuration.schema import validate
from experiments.configuration.short_forms import (
    CFG,
    CONFIG_DIRECTORY,
    INFO,
    MULTIRUN,
    PACKAGE,
    RESOLVE,
    expand_all,
    split_flags,
    user_directory,
)
from sim.errors import InputError
from sim.vocabulary import shown

if TYPE_CHECKING:
    from omegaconf import DictConfig

    from experiments.configuration.multirun import MultirunPoint


def run_application(
    command: str,
    arguments: Sequence[str],
    study: Callable[[Any], int],
    many: Callable[[list[MultirunPoint]], int] | None = None,
) -> int:
    """Composes the configuration of ``command``, validates it and calls ``study``; returns its exit code.

    ``arguments`` are Hydra's (overrides, ``--config-dir``, ``--cfg``, ``-m`` …) with our short forms. With
    ``-m`` or ``hydra.mode: MULTIRUN``, ``many`` is called with all points at once. Raises ``InputError`` for
    anything wrong with the configuration, naming key, value and what is allowed.
    """
    from hydra.types import RunMode

    flags, given = split_flags(arguments)
    overrides = expand_all(given)
    for override in given:
        if override.startswith("study="):
            check_kind(command, override.removeprefix("study="), user_directory(arguments))
    values: dict[str, Any] | None = None
    points: list[MultirunPoint] = []
    with composing(command, arguments):
        config = _composed(command, arguments)
        if CFG in flags or INFO in flags:
            _print_composition(command, arguments)
        elif config.hydra.mode == RunMode.MULTIRUN:
            if many is None:
                raise InputError(f"pyramid {command} has no multirun (-m): it runs many scenarios by itself")
            points = _points(command, arguments, config, overrides)
        else:
            values = plain_values(config)
    if values is not None:
        if values.get("kind", "") not in ("", command):
            raise InputError(f"kind={shown(values['kind'])} is not allowed: this is pyramid {command}")
        return study(validate(schema_of(command), values))
    return many(points) if many is not None and points else 0


def _composed(command: str, arguments: Sequence[str]) -> DictConfig:
    """The composition with its ``hydra`` part, of which nothing is ever instantiated, made sure to be harmless."""
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.types import RunMode

    flags, given = split_flags(arguments)
    overrides = expand_all(given)
    mode = RunMode.MULTIRUN if MULTIRUN in flags else RunMode.RUN
    register_config(command)
    with loader(user_directory(arguments)) as config_loader:
        config = config_loader.load_configuration(command, overrides, run_mode=mode, validate_sweep_overrides=False)
        if CONFIG_DIRECTORY in flags or any("hydra" in override for override in overrides):
            refuse_settings_of_hydra(config, _shipped(command))
        if mode is RunMode.MULTIRUN:
            config.hydra.mode = mode
        elif config.hydra.mode != RunMode.MULTIRUN:
            parsed = OverridesParser.create(config_loader).parse_overrides(overrides)
            config_loader.validate_sweep_overrides_legal(parsed, RunMode.RUN, from_shell=True)
    refuse_resolvers(config)
    return config


def _points(
    command: str, arguments: Sequence[str], config: DictConfig, overrides: Sequence[str]
) -> list[MultirunPoint]:
    """All points of a multirun: those of the configuration's own sweep, replaced by those of the command line."""
    from omegaconf import OmegaConf

    from experiments.configuration.multirun import enumerate_points

    stored = OmegaConf.to_container(config.hydra.sweeper, resolve=False)
    assert isinstance(stored, dict)
    own = [f"{key}={value}" for key, value in (stored["params"] or {}).items()]
    with loader(user_directory(arguments)) as config_loader:
        return enumerate_points(config_loader, config, [*own, *overrides], command)


def _print_composition(command: str, arguments: Sequence[str]) -> None:
    """Prints what ``--cfg`` and ``--info`` ask for, all at once: Hydra logs a traceback when a reader leaves."""
    import logging

    from hydra._internal.hydra import Hydra

    flags, given = split_flags(arguments)
    overrides = expand_all(given)
    printed, kept = io.StringIO(), logging.root.handlers[:]
    with loader(user_directory(arguments)) as config_loader, redirect_stdout(printed), redirect_stderr(io.StringIO()):
        hydra = Hydra("pyramid", config_loader)
        try:
            if CFG in flags:
                hydra.show_cfg(command, overrides, flags[CFG], flags.get(PACKAGE), RESOLVE in flags)
            else:
                hydra.show_info(flags[INFO], command, overrides)
        except SystemExit:
            raise InputError(f"{PACKAGE} {flags.get(PACKAGE)}: the configuration has no such part") from None
        finally:
            logging.root.handlers[:] = kept
    print(printed.getvalue(), end="")


@cache
def _shipped(command: str) -> DictConfig:
    """The composition of a command without anything of the user's."""
    from hydra.types import RunMode

    with loader() as config_loader:
        return config_loader.load_configuration(command, [], run_mode=RunMode.RUN)


@contextmanager
def composing(command: str, arguments: Sequence[str]) -> Iterator[None]:
    """Turns whatever a composition raises into an ``InputError``: all there is in it is what the user gave."""
    from experiments.configuration.error_messages import explain

    try:
        yield
    except InputError:
        raise
    except Exception as error:
        raise explain(error, command, arguments) from None
