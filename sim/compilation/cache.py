"""Compiled code on disk: one file a function and kind of arguments, whole or not at all.

A file that a power cut left damaged is compiled anew. A disk that is full or read-only costs a warning, once, and the
code stays in memory. Who compiles is alone: others that need the same code wait and then read it. The code of versions
that nobody has used for a month is removed when another one is compiled.
"""

from __future__ import annotations

import hashlib
import inspect
import multiprocessing
import os
import pickle
import re
import stat
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import filelock
import numba
import numpy as np
from llvmlite.binding import add_symbol, parse_assembly
from numba.core.caching import _Cache
from numba.core.compiler import CompileResult
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import CPUDispatcher
from numba.core.runtime import _nrt_python as runtime  # type: ignore[attr-defined]
from numba.core.serialize import dumps
from numba.core.sigutils import normalize_signature

from sim.compilation.part import IS_ORDINARY
from sim.compilation.progress import is_silent, shown
from sim.compilation.version import SOURCES, versions

CHECKSUM = 32
"""Bytes of the SHA-256 before the content of a file."""

WAIT = 1800.0
"""Seconds to wait for another process that compiles, and then do it oneself."""

UNUSED = 30 * 24 * 3600.0
"""Seconds after which the code of a version that nobody uses is removed."""


class CacheWarning(UserWarning):
    """Compiled code cannot be kept, so that it is compiled again in the next process."""


_warned: set[str] = set()


def _warn(message: str) -> None:
    if message not in _warned and multiprocessing.parent_process() is None:
        _warned.add(message)
        warnings.warn(message, CacheWarning, stacklevel=2)


def parent_directory() -> Path:
    """Directory of all compiled code: ``PYRAMID_CACHE_DIR``, or one in the user's cache.

    Compiled code is run as it is found: where the directory cannot be used, or others than this user and the system's
    administrator can write to it, one of this user alone is taken instead.
    """
    given = os.environ.get("PYRAMID_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    parent = Path(given) if given else Path(user) / "petition-pyramid"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        if _is_trusted(parent):
            return parent
        reason = "others can write to it"
    except OSError as error:
        reason = error.strerror or str(error)
    instead = _of_this_user_alone()
    _warn(f"{parent} cannot be used for compiled code ({reason}): it is kept in {instead}")
    return instead


def _is_trusted(directory: Path) -> bool:
    status = directory.stat()
    if not hasattr(os, "getuid"):  # Windows, where a profile is its user's alone
        return True
    return status.st_uid in (os.getuid(), 0) and not status.st_mode & stat.S_IWOTH


def _of_this_user_alone() -> Path:
    """A directory below the temporary one that nobody else can have filled."""
    user = os.getuid() if hasattr(os, "getuid") else "user"
    directory = Path(tempfile.gettempdir()) / f"petition-pyramid-{user}"
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        status = directory.lstat()
        if stat.S_ISDIR(status.st_mode) and _is_trusted(directory) and not status.st_mode & 0o022:
            return directory
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="petition-pyramid-"))  # compiled anew, once a process


PARENT = parent_directory()
VERSIONS = versions(kept=PARENT)


def cache_directory() -> Path:
    """Directory of the compiled code of exactly this kernel, Python, Numba and NumPy; made when something is kept."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    ordinary = "-ordinary" if IS_ORDINARY else ""
    return PARENT / f"{VERSIONS.kernel}-python{python}-numba{numba.__version__}-numpy{np.__version__}{ordinary}"


DIRECTORY = cache_directory()
with suppress(OSError):
    os.utime(DIRECTORY)  # when it was last used

_OURS = re.compile(r"[0-9a-f]{16}-python[\d.]+-numba\w[\w.+]*-numpy\w[\w.+]*(-ordinary)?")
_NOTE = re.compile(r"versions-[0-9a-f]{16}\.(json|\d+)")


@cache
def remove_unused(parent: Path = PARENT) -> None:
    """Removes, once a process, the code of versions that were last used long ago; what is not ours stays."""
    with suppress(OSError):
        for path in parent.iterdir():
            with suppress(OSError):
                if path.is_symlink() or path == DIRECTORY or time.time() - path.stat().st_mtime < UNUSED:
                    continue
                if _NOTE.fullmatch(path.name):
                    path.unlink()
                elif _OURS.fullmatch(path.name):
                    _remove_code(path / "others")
                    _remove_code(path)


def _remove_code(folder: Path) -> None:
    if folder.is_symlink():
        return
    with suppress(OSError):
        for file in folder.iterdir():
            if file.suffix in (".nbc", ".partial", ".lock"):
                file.unlink()
        folder.rmdir()


OTHERS = DIRECTORY / "others"
"""Code of functions outside of this package, which have these rules linked in."""


def _without_bitcode(result: Any) -> tuple[Any, ...]:
    """What is kept of a ``Whole``: nothing links it in, so that in place of LLVM's code of it stands its entry's name.

    Reading LLVM's code of the day took fifty megabytes.
    """
    (name, kind, (machine_code, _)), *others = result._reduce()
    entry = parse_assembly(f'define void @"{result.fndesc.llvm_cpython_wrapper_name}"() {{ ret void }}')
    return (name, kind, (machine_code, entry.as_bitcode())), *others


@cache
def _name_runtime() -> None:
    """Tells LLVM where the functions of Numba's runtime are, which machine code calls by name.

    Numba's ``refresh`` does it too, and gets all ready that compiling needs: half a second and thirty megabytes more.
    """
    for name, address in runtime.c_helpers.items():
        add_symbol(name if name.startswith("_") else f"NRT_{name}", address)


class Cache(_Cache):
    """Numba's interface of a cache, for one function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        file = Path(inspect.getfile(function))
        self._function = function
        self._directory = DIRECTORY
        self._stamp = ""  # the directory is named by these sources
        if file.is_relative_to(SOURCES):
            name = ".".join([*file.relative_to(SOURCES).with_suffix("").parts, function.__qualname__])
        else:
            self._directory = OTHERS
            self._stamp = (
                hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else inspect.getsource(function)
            )
            name = f"{file.stem}.{function.__qualname__}-{function.__code__.co_firstlineno}"
        self.name = re.sub(r"[^\w.-]", "", name)

    @property
    def cache_path(self) -> str:
        """Where the files are."""
        return str(self._directory)

    def file(self, signature: Any, codegen: Any) -> Path:
        """The file of the code for some types of arguments, on this kind of processor."""
        kinds = [each.key for each in normalize_signature(signature)[0]]
        cells = [cell.cell_contents for cell in self._function.__closure__ or ()]
        key = repr((kinds, codegen.magic_tuple(), self._stamp, cells))
        return self._directory / f"{self.name}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.nbc"

    def load_overload(self, signature: Any, context: Any) -> Any:
        """The compiled code, or ``None`` where there is none, or a damaged one."""
        if IS_ORDINARY or self._stamp:  # functions from elsewhere may call anything
            context.refresh()
        else:
            _name_runtime()
        try:
            data = self.file(signature, context.codegen()).read_bytes()
            checksum, content = data[:CHECKSUM], data[CHECKSUM:]
            if hashlib.sha256(content).digest() == checksum:
                return CompileResult._rebuild(context, *pickle.loads(content))
        except OSError:
            pass
        return None

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keeps the compiled code; warns, once, where that cannot be done."""
        if result.library.has_dynamic_globals:
            return
        content = dumps(result._reduce() if IS_ORDINARY else _without_bitcode(result))
        file = self.file(signature, result.codegen)
        partial = file.with_suffix(f".{os.getpid()}.partial")
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(hashlib.sha256(content).digest() + content)
            partial.replace(file)
        except OSError as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            _warn(
                f"compiled code cannot be kept in {self._directory} ({error.strerror or error}; all of it takes "
                "some 2 MB): it is in memory, and the next process compiles again"
            )

    def enable(self) -> None:
        """It always is."""

    def disable(self) -> None:
        """It never is."""

    def flush(self) -> None:
        """Removes the files of this function."""
        for file in self._directory.glob(f"{self.name}-*.nbc"):
            file.unlink(missing_ok=True)


_lock = filelock.FileLock(DIRECTORY / "compiling.lock")


@contextmanager
def _alone() -> Iterator[None]:
    """Keeps other processes from compiling the same; where no lock can be had, they all do."""
    lock = _lock
    try:
        DIRECTORY.mkdir(parents=True, exist_ok=True)
        remove_unused()
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            if multiprocessing.parent_process() is None and not is_silent():
                print("another process is compiling the model: waiting for it …", file=sys.stderr, flush=True)
            lock.acquire(timeout=WAIT)
    except (OSError, NotImplementedError):  # Timeout is an OSError
        yield
        return
    try:
        yield
    finally:
        lock.release()


class Whole(CPUDispatcher):
    """A function that Python calls, with everything below it linked in."""

    def __init__(self, function: Callable[..., Any], options: dict[str, Any]) -> None:
        super().__init__(function, targetoptions={**options, "nopython": True, "no_cfunc_wrapper": True})
        self._cache: Cache = Cache(function)

    def compile(self, signature: Any) -> Any:
        """Numba's, one process at a time where there is something to compile."""
        kinds = tuple(normalize_signature(signature)[0])
        context: Any = self.targetctx
        if kinds in self.overloads or self._cache.file(kinds, context.codegen()).exists():
            return super().compile(signature)
        with global_compiler_lock, _alone(), shown():
            return super().compile(signature)
