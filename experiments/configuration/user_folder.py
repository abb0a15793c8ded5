"""The folder of ``--config-dir`` as Hydra sees it: options of the known groups, each checked when it is read.

A config folder may come from a stranger, and Hydra can do far more with a file than describe a study: it instantiates
what stands in its own settings, follows a defaults list into any group and package, and resolves interpolations that
read the environment. So a file of such a folder is read by a source of our own, which has an exhaustive list of what
may stand in it; whatever is not on that list is refused before Hydra has seen it. Files that nothing chooses are not
read, and what lies outside the groups is not there for Hydra.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigLoadError, ConfigResult, ConfigSource

from experiments.configuration.plain_scalars import readings
from experiments.configuration.primary import primary_names
from experiments.configuration.safety import NO_RESOLVERS, OWN_SETTINGS_ALONE, is_harmless, plain_leaves
from experiments.configuration.schema import is_name
from sim.errors import InputError
from sim.vocabulary import shown, suggestion

if TYPE_CHECKING:
    from hydra.core.object_type import ObjectType

GROUPS = ("policy", "behaviour", "stress", "province", "study", "index", "executor")
"""Groups to which a folder may add options."""

SECTIONS = (
    "kind", "province", "calendar", "before", "after", "behaviour", "stress", "study", "index", "ensemble",
    "replicates", "seed", "output", "name", "language", "ledger", "checks", "precision", "of", "replicates_max",
    "levers", "stresses", "size", "measures", "held_out", "reported",
)  # fmt: skip
"""First parts of the keys that a file may set. Where results go, a network port and a scheduler are not among them."""

EXECUTOR_KEYS = ("kind", "workers")
"""Settings of the executor that a file may hold: a scheduler runs code, so its address is for the command line."""

ON_THE_COMMAND_LINE = {
    "results": "where results are written is said on the command line alone: results=FOLDER",
    "export": "where data are written is said on the command line alone: export=FOLDER",
    "map": "the file of lines behind a map is given on the command line alone: map=FILE",
    "report": "whether a report is drawn is said on the command line alone: report=false",
    "port": "a port is opened from the command line alone: port=8765",
    "executor.address": "a scheduler is joined from the command line alone: executor.address=tcp://HOST:PORT",
    "before.places": "a table elsewhere is named on the command line alone: before.places=FILE",
    "after.places": "a table elsewhere is named on the command line alone: after.places=FILE",
}
"""Keys that only the user's own command line may set, with what is said of each."""

PACKAGES = ("_global_", "_group_")
"""What the ``# @package`` line of a file may say."""

SLOTS = ("before", "after", "_here_")
"""Packages that an entry of a defaults list may name."""

LARGEST_FILE = 2**20
"""Bytes of a file."""

_OPTION = re.compile(r"^(?:/?(?P<group>[a-z_]+)/)?(?P<name>[^/@]+)(?:@(?P<package>\w+))?$")
_CHOICE = re.compile(r"^(?:optional |override )*/?(?P<group>[a-z_]+)(?:@(?P<package>\w+))?$")
_KEY = re.compile(r"^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$")
_PLAIN = re.compile(r"^[^${}\\\"'`]*$")


_read: ContextVar[dict[str, str] | None] = ContextVar("read", default=None)


@contextmanager
def recording(files: dict[str, str]) -> Iterator[None]:
    """Puts the text of every option that is read from a folder meanwhile into ``files``, by its path in it."""
    token = _read.set(files)
    try:
        yield
    finally:
        _read.reset(token)


class UserFolder(ConfigSource):
    """Config source ``options://FOLDER``: the options of ``GROUPS`` in a folder, and nothing else."""

    @staticmethod
    def scheme() -> str:
        """Scheme of the source's address."""
        return "options"

    def load_config(self, config_path: str) -> ConfigResult:
        """One option. Raises ``InputError`` for anything in its file that is not on the list."""
        file = self._file(config_path)
        if file is None:
            raise ConfigLoadError(f"Config not found : {config_path}")
        if file.stat().st_size > LARGEST_FILE:
            raise InputError(f"{file} has {file.stat().st_size:,} bytes; at most {LARGEST_FILE:,} are read")
        text = file.read_text("utf-8-sig")
        if (files := _read.get()) is not None:
            files[f"{config_path.strip('/').removesuffix('.yaml')}.yaml"] = text
        header = self._get_header_dict(text[:512])
        config = _parsed(file, text)
        _check(file, config, header)
        for name in _take_places(file, config):
            if files is not None:
                with suppress(OSError, UnicodeDecodeError):  # whoever reads it for its levers says what is wrong
                    files[f"{file.parent.name}/{name}"] = (file.parent / name).read_text("utf-8-sig")
        address = f"{self.scheme()}://{self.path}"
        return ConfigResult(config=config, path=address, provider=self.provider, header=header)

    def available(self) -> bool:
        """Whether the folder is there."""
        return os.path.isdir(self.path)

    def is_group(self, config_path: str) -> bool:
        """Whether it is the folder itself, or one of the groups in it."""
        path = config_path.strip("/")
        return not path or (path in GROUPS and os.path.isdir(os.path.join(self.path, path)))

    def is_config(self, config_path: str) -> bool:
        """Whether it is an option of a group."""
        return self._file(config_path) is not None

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """Groups of the folder, or options of a group."""
        found: list[str] = []
        if self.is_group(config_path):
            for name in os.listdir(os.path.join(self.path, config_path.strip("/"))):
                self._list_add_result(found, os.path.join(config_path, name), name, results_filter)
        return sorted(set(found))

    def _file(self, config_path: str) -> Path | None:
        """The file of an option, if there is one."""
        group, _, name = config_path.strip("/").removesuffix(".yaml").partition("/")
        file = Path(self.path) / group / f"{name}.yaml"
        if group not in GROUPS or not is_name(name):
            return None
        refuse_other_ending(file)
        return file if file.is_file() else None


@cache
def register_source() -> None:
    """Makes the source known to Hydra; once is enough."""
    Plugins.instance().register(UserFolder)


def check_folder(folder: str) -> None:
    """Raises ``InputError`` for a folder without a group, or with a file named like a command: both would go unread."""
    for name in primary_names():
        if (file := Path(folder) / f"{name}.yaml").exists():
            raise InputError(
                f"{file} is not allowed: a config folder holds options of groups, such as policy/mine.yaml"
            )
    if not any((Path(folder) / group).is_dir() for group in GROUPS):
        raise InputError(f"--config-dir {folder} has no folder of options: {', '.join(GROUPS)}")


def refuse_other_ending(file: Path) -> None:
    """Raises ``InputError`` where the file of an option is there with an ending that is not read."""
    other = file.with_name(f"{file.name.removesuffix('.yaml')}.yml")
    if other.is_file() and not file.is_file():
        raise InputError(f"{other} is not read: name it {file.name}")


def _parsed(file: Path, text: str) -> Any:
    """The file as OmegaConf reads it.

    Aliases of YAML, which would unfold beyond any memory, and values that mean two things are refused first.
    """
    import yaml
    from omegaconf import OmegaConf

    with suppress(yaml.YAMLError):  # OmegaConf says it with the file's name
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.AliasEvent):
                raise InputError(
                    f"{file}: line {event.start_mark.line + 1}: alias *{event.anchor} is not allowed: "
                    "write a reference, such as ${calendar.start}"
                )
            if isinstance(event, yaml.ScalarEvent) and not event.style and (ways := readings(event.value)):
                start, end = event.start_mark, event.end_mark
                line = text.splitlines()[start.line]
                lines = [f"{line[: start.column]}{way}{line[end.column :]}".strip() for way in ways]
                raise InputError(
                    f"{file}: line {start.line + 1}: {shown(event.value)} is read differently by YAML 1.1 and 1.2: "
                    f"write {shown(lines[0])} or {shown(lines[1])}"
                )
    return OmegaConf.load(file)


def _check(file: Path, config: Any, header: Mapping[str, str | None]) -> None:
    """Raises ``InputError`` for the first thing in a file that is not on the list."""
    import yaml
    from omegaconf import DictConfig, OmegaConf

    if not isinstance(config, DictConfig):
        return  # Hydra says what a file must be
    package = header.get("package")
    if package is not None and package not in PACKAGES:
        raise _refusal(file, f"# @package {package}", f"it must be one of {', '.join(PACKAGES)}")
    values = OmegaConf.to_container(config, resolve=False)
    assert isinstance(values, dict)
    for key, value in values.items():
        if "." in str(key):
            nested: Any = value
            for part in reversed(str(key).split(".")):
                nested = {part: nested}
            written = yaml.safe_dump(nested, default_flow_style=True, width=math.inf).strip()[1:-1]
            raise _refusal(file, str(key), f"dots are for the command line; write {shown(written)}")
    _check_defaults(file, values.pop("defaults", []))
    if package == "_global_":
        _check_sections(file, values)
    elif file.parent.name == "executor":
        _check_sections(file, {"executor": values})
    else:
        _check_place(file, values)
    for key, value in plain_leaves(values):
        if isinstance(value, str) and not is_harmless(value):
            raise InputError(f"{file}: " + NO_RESOLVERS.format(key=key, value=shown(value)))


def _take_places(file: Path, config: Any) -> list[str]:
    """Names of the files with levers by place that an option names; they lie beside it, and nowhere else."""
    from omegaconf import DictConfig

    if not isinstance(config, DictConfig):
        return []
    found = []
    for policy in (config, config.get("before"), config.get("after")):
        if isinstance(policy, DictConfig) and isinstance(name := policy.get("places"), str):
            if not is_name(name):
                raise _refusal(file, f"places: {shown(name)}", "it must be the name of a CSV file beside this one")
            if (file.parent / name).is_file():
                found.append(name)
            policy["places"] = str(file.parent / name)
    return found


def _check_defaults(file: Path, entries: Any) -> None:
    """Checks a defaults list: options of the groups by name, for the places where such options go."""
    if not isinstance(entries, list):
        raise _refusal(file, f"defaults: {shown(entries)}", "it must be a list of options")
    for entry in entries:
        if isinstance(entry, Mapping) and len(entry) == 1:
            ((key, value),) = entry.items()
            found, words = _CHOICE.match(str(key)), value if isinstance(value, list) else [value]
            plain = all(word is None or is_name(str(word)) for word in words)
        else:
            found = _OPTION.match(str(entry))
            plain = entry == "_self_" or (isinstance(entry, str) and found is not None and is_name(found["name"]))
        if found is None or not plain:
            raise _refusal(
                file, f"defaults: {shown(entry)}", "an entry names an option, such as whistle or /policy@after: whistle"
            )
        group, given = found["group"], found["package"]
        if group is not None and group not in GROUPS:
            raise _refusal(file, f"defaults: {shown(entry)}", f"the groups are {', '.join(GROUPS)}")
        if given is not None and given not in SLOTS:
            raise _refusal(file, f"defaults: {shown(entry)}", f"after @ goes one of {', '.join(SLOTS)}")


def _check_place(file: Path, values: Mapping[Any, Any]) -> None:
    """Refuses sections of the whole configuration where the keys of one group are expected, with what to write."""
    import yaml

    if file.parent.name == "study" and (found := [key for key in values if key in SECTIONS and key != "name"]):
        raise _refusal(file, found[0], "a study that sets it begins with the line '# @package _global_'")
    for key, below in values.items():
        if key in (*SLOTS, file.parent.name) and isinstance(below, Mapping) and below:
            first = yaml.safe_dump(dict([next(iter(below.items()))]), default_flow_style=None).strip()
            raise _refusal(file, key, f"a {file.parent.name} file has its keys without {key}: write {shown(first)}")


def _check_sections(file: Path, values: Mapping[Any, Any]) -> None:
    """Checks what a file says of the whole configuration."""
    for section, value in values.items():
        if section == "hydra":
            _check_hydra(file, value)
        elif section == "executor" and isinstance(value, Mapping):
            for key in value:
                _check_key(file, f"executor.{key}", value[key])
        else:
            _check_key(file, str(section), value)


def _check_key(file: Path, key: str, value: Any) -> None:
    section, _, rest = key.partition(".")
    if key in ON_THE_COMMAND_LINE:
        raise _refusal(file, f"{key}={shown(value)}", ON_THE_COMMAND_LINE[key])
    if section == "executor" and rest in EXECUTOR_KEYS:
        return
    if section not in SECTIONS:
        known = [*SECTIONS, *(f"executor.{name}" for name in EXECUTOR_KEYS)]
        raise _refusal(file, key, f"a configuration file has no such key; {suggestion(key, known)}")


def _check_hydra(file: Path, settings: Any) -> None:
    """Checks a stored multirun: ``mode``, and ``sweeper.params`` of dotted keys with plain numbers or words."""
    for key, value in plain_leaves(settings, "hydra."):
        if key != "hydra.mode" and not f"{key}.".startswith("hydra.sweeper.params."):
            raise _refusal(file, f"{key}={shown(value)}", OWN_SETTINGS_ALONE)
        if key == "hydra.mode" and str(value) not in ("None", "RUN", "MULTIRUN"):
            raise _refusal(file, f"{key}={shown(value)}", "it must be one of RUN, MULTIRUN")
    params = settings.get("sweeper", {}).get("params", {})
    if not isinstance(params, Mapping):
        raise _refusal(file, f"hydra.sweeper.params={shown(params)}", "it must be keys with their values")
    for key, value in params.items():
        where = f"hydra.sweeper.params.{key}={shown(value)}"
        if not _KEY.match(str(key)):
            raise _refusal(file, where, "a key is written with dots, such as behaviour.patience")
        if not isinstance(value, str | int | float) or not _PLAIN.match(str(value)):
            raise _refusal(file, where, "a value is a number, or words such as 10,20 or range(10,30,10)")
        _check_key(file, "province.places" if key == "places" else str(key), value)


def _refusal(file: Path, what: str, why: str) -> InputError:
    return InputError(f"{file}: {what} is not allowed: {why}")
