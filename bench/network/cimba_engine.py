"""The network on Cimba, a simulation library in C: the program in ``cimba/network.c``, compiled when first needed.

Cimba is not on the package index. Build it from its sources (https://github.com/ambonvik/cimba) as its installation
guide says, and name the place in ``CIMBA_PREFIX``:

    meson setup build --prefix=$HOME/cimba --libdir=lib && meson install -C build
    CIMBA_PREFIX=$HOME/cimba make bench

A compiler older than C23 (GCC 12) needs ``-Dc_args="-include assert.h -include stdbool.h"`` in the first line.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from bench.network.open_network import OpenNetwork, Outcome

SOURCE = Path(__file__).parent / "cimba" / "network.c"

FLAGS = ("-O3", "-march=native", "-flto", "-std=c2x", "-D_POSIX_C_SOURCE=200809L", "-DNDEBUG", "-DNLOGINFO")
"""Cimba's own flags of a release, and the processor's full instruction set."""

FOR_OLDER_COMPILERS = ("-include", "assert.h", "-include", "stdbool.h")


@cache
def program() -> str:
    """Path of the compiled program, made once a process in a directory of its own.

    Raises:
        FileNotFoundError: when ``CIMBA_PREFIX`` does not lead to an installed Cimba, or there is no C compiler.
        subprocess.CalledProcessError: when the program does not compile; ``stderr`` says why.
    """
    prefix = Path(os.environ.get("CIMBA_PREFIX", ""))
    if not (prefix / "include" / "cimba.h").is_file():
        raise FileNotFoundError("CIMBA_PREFIX names no installed Cimba")
    binary = str(Path(tempfile.mkdtemp(prefix="bench-cimba-")) / "network")
    libraries = prefix / "lib"
    subprocess.run(
        [os.environ.get("CC", "cc"), *FLAGS, *FOR_OLDER_COMPILERS, f"-I{prefix / 'include'}", str(SOURCE)]
        + ["-o", binary, f"-L{libraries}", f"-Wl,-rpath,{libraries}", "-lcimba", "-lm"],
        check=True,
        capture_output=True,
        text=True,
    )
    return binary


def run_style(style: str, network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``, with ``processes`` or ``events``."""
    levels = [str(each) for level in network.levels for each in (level.stations, level.servers, level.mean)]
    numbers = [str(each) for each in (until, warm_up, seed, network.gap, network.success)]
    done = subprocess.run([program(), style, *numbers, *levels], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return Outcome(found["services"], found["seconds"], tuple(found["waits"]), found["version"])
