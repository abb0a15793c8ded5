"""What stops a command from outside, in one line: memory that is short, a file, settings of a library it builds on."""

from __future__ import annotations

import errno
import os
import traceback

SETTINGS = {
    "numba": ("Numba", ("NUMBA_",), ".numba_config.yaml"),
    "matplotlib": ("Matplotlib", ("MPL", "MATPLOTLIB"), ""),
    "dask": ("Dask", ("DASK_",), ""),
    "distributed": ("Dask", ("DASK_",), ""),
}
"""Libraries that read settings when they are imported: names, environment variables, a file of the working folder."""

OUT_OF_MEMORY = ("failed to map segment", "Cannot allocate memory", "can't start new thread")
"""What libraries say when they get no memory."""


def reason_of(error: BaseException) -> str:
    """The line; empty for an error that is the toolkit's own."""
    said = str(error).strip()
    if isinstance(error, Warning):  # of Numba's, with a whole traceback in it
        said = said.splitlines()[-1]
    said = " ".join(said.split())
    if isinstance(error, MemoryError) or type(error).__name__ == "PanicException" or _lacks_memory(error, said):
        return "memory is short: fewer workers (executor.workers=1) and fewer places take less" + _in_brackets(said)
    if isinstance(error, Exception) and (settings := _settings_of(error)):
        return f"{settings}: {said or type(error).__name__}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename} cannot be used: {error.strerror}" if error.filename else error.strerror
    return ""


def _lacks_memory(error: BaseException, said: str) -> bool:
    number = getattr(error, "errno", None)
    return isinstance(error, ImportError | OSError | RuntimeError) and (
        number == errno.ENOMEM or any(words in said for words in OUT_OF_MEMORY)
    )


def _in_brackets(said: str) -> str:
    return f" ({said})" if said else ""


def _settings_of(error: Exception) -> str:
    """Which library did not take its settings, and where it has them from; empty where none is to blame."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        name, variables, file = SETTINGS.get(frame.f_globals.get("__name__", "").partition(".")[0], ("", (), ""))
        origins = [f"{key}={value}" for key, value in os.environ.items() if name and key.startswith(variables)]
        origins += [file] if file and os.path.isfile(file) else []
        if name and (origins or frame.f_code.co_name == "<module>"):
            return f"{name} cannot be used as it is set up" + _in_brackets(", ".join(origins))
    return ""
