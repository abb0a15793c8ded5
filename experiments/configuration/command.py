"""What a command of ``pyramid`` is, declared once: help, completion, lists and pages are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from experiments.configuration.primary import PrimaryConfig, declare, loaded
from experiments.configuration.short_forms import user_directory


@dataclass(frozen=True)
class Command:
    """A command.

    Attributes:
        name: as it is typed after ``pyramid``.
        place: among all commands, wherever they are listed.
        summary: what it does, in one line.
        usage: how its line is written.
        meaning: what its help says before the keys.
        examples: command lines of its help.
        entry: where the function is that is called with the arguments and gives the exit code (``module:name``).
        config: the configuration that it takes; ``None`` for a command without groups and keys.
    """

    name: str
    place: int
    summary: str
    usage: str
    meaning: str
    examples: tuple[str, ...]
    entry: str
    config: PrimaryConfig | None = None

    def __post_init__(self) -> None:
        if self.config is not None:
            declare(self.config)

    def __call__(self, arguments: Sequence[str]) -> int:
        """Runs the command; returns its exit code."""
        return loaded(self.entry)(arguments)


@dataclass(frozen=True)
class Invocation:
    """A command as it was typed, and the options of the user's that it read, by their path in his or her folder."""

    command: str
    arguments: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)

    @property
    def config_directory(self) -> str | None:
        """The user's folder of options (``--config-dir``), if any."""
        return user_directory(self.arguments)


@dataclass(frozen=True)
class StudyKind(Command):
    """A kind of study: what all kinds do alike is done by ``entry``, which is called with the kind, too.

    Attributes:
        plan: where the function is that makes of a validated configuration and the ``Invocation`` the study to carry
            out (``experiments.studies.study.Study``), or raises ``InputError``.
        run: where the function is that carries such a study out with a ``Runner`` and gives its ``StudyResult``.
        prepare: where the function is that reads the arguments before Hydra does, if there is one: it gives those that
            are left, and what to do to the configuration.
    """

    entry: str = "experiments.studies.command:run_kind"
    plan: str = ""
    run: str = ""
    prepare: str = ""

    def __call__(self, arguments: Sequence[str]) -> int:
        """Runs the command; returns its exit code."""
        return loaded(self.entry)(self, arguments)
