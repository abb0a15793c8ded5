"""The ``pyramid`` command: finds the subcommand and calls it; imports nothing heavy before that."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from typing import Any

from experiments.cli.surroundings import reason_of
from experiments.cli.terminal import standard_streams
from sim.errors import InputError
from sim.vocabulary import printable

EXIT_FAILED = 1

EXIT_INPUT = 2
"""Exit code of anything wrong with the input."""

EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs ``pyramid`` with some arguments (default: those of the process); returns the exit code.

    0 = done, 1 = some runs or checks failed or what was to be printed is lost, 2 = something is wrong with the input,
    130 = interrupted. A reader of stdout who has left, such as ``head``, is no failure.
    """
    with standard_streams() as out:
        code = _run(arguments)
        out.flush()
        if out.error is None or isinstance(out.error, BrokenPipeError):
            return code
        print(f"pyramid: cannot write to standard output: {out.error.strerror}", file=sys.stderr)
        return code or EXIT_FAILED


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return _called(list(sys.argv[1:] if arguments is None else arguments), arguments is None)
    except KeyboardInterrupt:
        if "numba" not in sys.modules and _is_memory_limited():
            return _refuse("memory is short: the libraries cannot be loaded")
        print("\npyramid: interrupted", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BaseException as error:
        message = str(error) if isinstance(error, InputError) else reason_of(error)
        if not message:
            raise
        return _refuse(message)


def _is_memory_limited() -> bool:
    """Whether the process may not take all the memory there is: OpenBLAS interrupts it where it gets too little."""
    import psutil

    limit = getattr(psutil, "RLIMIT_AS", None)  # Linux alone has limits
    return limit is not None and psutil.Process().rlimit(limit)[0] != psutil.RLIM_INFINITY


def _called(given: list[str], is_own_process: bool) -> int:
    """Calls the subcommand; ``help COMMAND`` is its help."""
    if given[:1] == ["help"] and len(given) > 1:
        given = [*given[1:], "--help"]
    if not given or given[0] in ("-h", "--help", "help"):
        from experiments.cli.help import overview

        print(overview())
        return 0
    if given[0] in ("-V", "--version"):
        print(f"petition-pyramid {_version()}")
        return 0
    from experiments.cli.commands import COMMANDS

    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        near = difflib.get_close_matches(name, COMMANDS, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(COMMANDS)}"
        return _refuse(f"there is no command {name!r}; {hint}")
    if is_own_process:
        from experiments.cli.lazy_imports import start_lightly

        start_lightly()
        _show_warnings_in_one_line()
        os.environ.pop("MPLBACKEND", None)  # no window is ever opened
    if any(argument in ("-h", "--help") for argument in rest):
        from experiments.cli.help import usage

        print(usage(name, rest))
        return 0
    return COMMANDS[name](rest)


def _show_warnings_in_one_line() -> None:
    """Shows what the toolkit itself warns of without the place in its sources; what Numba cannot read is an error."""
    import warnings

    warnings.filterwarnings("error", "Environment variable 'NUMBA_", RuntimeWarning)
    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if category.__module__.startswith("sim."):
            print(f"pyramid: {message}", file=sys.stderr, flush=True)
        else:
            usual(message, category, *place, **more)

    warnings.showwarning = show


def _refuse(message: str) -> int:
    for line in message.splitlines() or [message]:
        print(f"pyramid: {_cut(printable(line))}", file=sys.stderr)
    return EXIT_INPUT


def _cut(text: str, longest: int = 1000) -> str:
    """Text without its middle where it is so long that nobody would read it."""
    return text if len(text) <= longest else f"{text[: longest // 2]} … {text[3 - longest // 2 :]}"


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("petition-pyramid")
    except PackageNotFoundError:
        return "(not installed)"


if __name__ == "__main__":
    sys.exit(main())
