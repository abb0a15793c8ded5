"""The network on Cimba, a simulation library in C: the program in ``cimba/network.c``, compiled when first needed.

Cimba is not on the package index. Build it from its sources (https://github.com/ambonvik/cimba) as its installation
guide says, and name the place in ``CIMBA_PREFIX``:

    meson setup build --prefix=$HOME/cimba --libdir=lib && meson install -C build
    CIMBA_PREFIX=$HOME/cimba make bench

A compiler older than C23 (GCC 12) needs ``-Dc_args="-include assert.h -include stdbool.h"`` in the first line.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

from bench.network.open_network import OpenNetwork, Outcome
from sim.compilation import cache_directory

SOURCE = Path(__file__).parent / "cimba" / "network.c"

FLAGS = ["-O3", "-march=native", "-flto", "-std=c2x", "-D_POSIX_C_SOURCE=200809L", "-DNDEBUG", "-DNLOGINFO"]
FLAGS += ["-include", "assert.h", "-include", "stdbool.h"]
"""Those of Cimba's own release, the processor's full instruction set, and what compilers before C23 need."""


def prefix() -> Path | None:
    """Where Cimba is installed, by ``CIMBA_PREFIX``; ``None`` where it is not."""
    given = os.environ.get("CIMBA_PREFIX")
    return Path(given).resolve() if given and (Path(given) / "include" / "cimba.h").is_file() else None


def program() -> Path:
    """The compiled program, kept beside the model's compiled code under a name that tells its sources and its Cimba.

    Raises:
        FileNotFoundError: when Cimba is not installed, or there is no C compiler.
        subprocess.CalledProcessError: when the program does not compile; ``stderr`` says why.
    """
    place = prefix()
    if place is None:
        raise FileNotFoundError("CIMBA_PREFIX names no installed Cimba")
    compile_it = [os.environ.get("CC", "cc"), *FLAGS, f"-I{place / 'include'}", str(SOURCE)]
    link_it = [f"-L{place / 'lib'}", f"-Wl,-rpath,{place / 'lib'}", "-lcimba", "-lm"]
    library = (place / "lib" / "libcimba.so").resolve().read_bytes()
    made_of = hashlib.sha256("\0".join(compile_it + link_it).encode() + SOURCE.read_bytes() + library)
    binary = cache_directory() / f"network-{made_of.hexdigest()[:16]}"
    if not binary.exists():
        binary.parent.mkdir(parents=True, exist_ok=True)
        new = binary.with_suffix(f".{os.getpid()}")
        subprocess.run([*compile_it, "-o", str(new), *link_it], check=True, capture_output=True, text=True)
        new.replace(binary)
    return binary


def run_style(style: str, network: OpenNetwork, until: float, warm_up: float, seed: int) -> Outcome:
    """One run from empty up to the time ``until``, with ``processes`` or ``events``."""
    levels = [str(each) for level in network.levels for each in (level.stations, level.servers, level.mean)]
    numbers = [str(each) for each in (until, warm_up, seed, network.gap, network.success)]
    done = subprocess.run([str(program()), style, *numbers, *levels], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return Outcome(found["services"], found["seconds"], tuple(found["waits"]), found["version"])
