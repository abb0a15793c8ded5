"""The points of a multirun: enumerated in Hydra's grammar, composed once a choice of groups, checked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.configuration.compose import plain_values
from experiments.configuration.error_messages import NO_INTERVALS
from experiments.configuration.primary import schema_of
from experiments.configuration.schema import validate
from experiments.configuration.short_forms import override_of, short
from sim.errors import InputError
from sim.vocabulary import unknown_key

if TYPE_CHECKING:
    from hydra.core.config_loader import ConfigLoader
    from hydra.core.override_parser.types import Override
    from omegaconf import DictConfig

POINTS_MAX = 100_000
"""More points than this are taken for a mistake."""

ERRORS_SHOWN = 20

SHARED = ("replicates", "seed", "output", "executor")
"""Keys that all points of a multirun share."""


@dataclass(frozen=True)
class MultirunPoint:
    """One point of a multirun: what was swept to which value (as typed), and the validated configuration."""

    swept: Mapping[str, str]
    config: Any

    @property
    def label(self) -> str:
        """``after=whistle behaviour.patience=20``."""
        return " ".join(f"{key}={value}" for key, value in self.swept.items())


def enumerate_points(
    config_loader: ConfigLoader, master: DictConfig, arguments: Sequence[str], command: str
) -> list[MultirunPoint]:
    """All points of a multirun, in the order of Hydra's basic sweeper (the last key varies fastest).

    ``arguments`` are task overrides; a later one replaces an earlier one of the same key, or adds to it where it is in
    braces. Raises ``InputError`` with every error of every point before anything runs.
    """
    parsed: dict[str, Override] = {}
    for argument in arguments:
        override = override_of(argument, config_loader)
        key = override.get_key_element()
        if "{" in argument:
            key += f"[{len(parsed)}]"
        parsed.pop(key, None)
        parsed[key] = override
    fixed = [_text(override) for override in parsed.values() if not override.is_sweep_override()]
    swept = [override for override in parsed.values() if override.is_sweep_override()]
    for override in swept:
        if not override.is_discrete_sweep():
            raise InputError(NO_INTERVALS.format(override.input_line))
        if sum(other.get_key_element() == override.get_key_element() for other in swept) > 1:
            raise InputError(f"{override.get_key_element()} is swept twice: sweep keys below it")
    axes = {
        override.get_key_element(): list(itertools.islice(override.sweep_string_iterator(), POINTS_MAX + 1))
        for override in swept
    }
    for key, texts in axes.items():
        if not texts:
            raise InputError(f"{short(key)}: the sweep has no values")
    size = 1
    for texts in axes.values():
        size *= len(texts)
    or_more = " or more" if any(len(texts) > POINTS_MAX for texts in axes.values()) else ""
    if size > POINTS_MAX:
        raise InputError(f"the multirun has {size:,} points{or_more}; at most {POINTS_MAX:,} are allowed")
    for key in axes:
        if key.partition(".")[0] in SHARED:
            raise InputError(f"{key} is the same for all points; it cannot be swept")
    return _validated(_Composer(config_loader, master, fixed, swept), axes, command)


def _text(override: Override) -> str:
    return f"{override.get_key_element()}={override.get_value_element_as_str()}"


def _validated(composer: _Composer, axes: Mapping[str, list[str]], command: str) -> list[MultirunPoint]:
    points: list[MultirunPoint] = []
    errors: dict[str, str] = {}
    for texts in itertools.product(*axes.values()):
        choices = dict(zip(axes, texts, strict=True))
        swept = {short(key): composer.label(key, text) for key, text in choices.items()}
        origin = " ".join(f"{key}={text}" for key, text in swept.items())
        try:
            values = composer.values(choices)
            points.append(MultirunPoint(swept, validate(schema_of(command), values)))
        except InputError as error:
            for line in str(error).splitlines():
                errors.setdefault(line, f"{line} (first at point {origin})" if origin else line)
    if errors:
        more = len(errors) - ERRORS_SHOWN
        shown = list(errors.values())[:ERRORS_SHOWN]
        raise InputError("\n".join(shown + ([f"and {more} more errors"] if more > 0 else [])))
    return points


class _Composer:
    """Composes with Hydra once for each choice of groups; plain values are set on a copy of that."""

    def __init__(
        self, config_loader: ConfigLoader, master: DictConfig, fixed: list[str], swept: list[Override]
    ) -> None:
        self.config_loader = config_loader
        self.master = master
        self.fixed = fixed
        self.by_key = {override.get_key_element(): override for override in swept}
        self.simple = {key for key, override in self.by_key.items() if self._is_simple(override)}
        self.composed: dict[tuple[str, ...], dict[str, Any]] = {}
        self.typed: dict[str, dict[str, Any]] = {
            key: dict(zip(override.sweep_string_iterator(), _elements(override), strict=True))
            for key, override in self.by_key.items()
        }
        if self._interpolates():
            self.simple = set()

    def values(self, choices: Mapping[str, str]) -> dict[str, Any]:
        """The plain configuration of one point."""
        groups = tuple(f"{key}={text}" for key, text in choices.items() if key not in self.simple)
        if groups not in self.composed:
            config = self.config_loader.load_sweep_config(self.master, [*self.fixed, *groups])
            self.composed[groups] = plain_values(config)
        values = self.composed[groups]
        for key, text in choices.items():
            if key in self.simple:
                values = _with(values, key, self.typed[key][text])
        return values

    def label(self, key: str, text: str) -> str:
        """A value of a key as people write it, without the quotes of Hydra's grammar."""
        value = self.typed[key][text]
        return value if isinstance(value, str) else text

    def _is_simple(self, override: Override) -> bool:
        """Whether it sets existing keys to plain values, so that no new composition is needed."""
        if override.package is not None or not override.get_key_element()[0].isalpha():
            return False
        if self._is_group(override.key_or_group):
            return False
        return not any(isinstance(value, dict) for value in _elements(override))

    def _is_group(self, name: str) -> bool:
        from hydra.core.object_type import ObjectType

        return bool(self.config_loader.get_group_options(name, results_filter=ObjectType.CONFIG))

    def _interpolates(self) -> bool:
        from omegaconf import OmegaConf

        config = self.config_loader.load_sweep_config(self.master, self.fixed)
        values = OmegaConf.to_container(config, resolve=False)
        assert isinstance(values, dict)
        return any("${" in text for text in _texts({k: v for k, v in values.items() if k != "hydra"}))


def _elements(override: Override) -> list[Any]:
    return [override._convert_value(value) for value in override.sweep_iterator()]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _with(values: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The same values but for one key; what lies beside its path is shared with them."""
    changed = dict(values)
    node: Any = changed
    *path, leaf = key.split(".")
    for part in path:
        if not isinstance(node.get(part), dict):
            raise InputError(unknown_key(key, schema_of("simulate")))
        node[part] = dict(node[part])
        node = node[part]
    if leaf not in node:
        raise InputError(unknown_key(key, schema_of("simulate")))
    node[leaf] = value
    return changed
