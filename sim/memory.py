"""Where records lie in memory, and how they are brought to the processor before they are needed.

A day touches a few thousand records scattered over many megabytes. Waiting for one after the other would take most
of its time; asked for beforehand, they arrive side by side.
"""

from __future__ import annotations

import mmap
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, overload
from numpy.typing import NDArray

LINE = 64
"""Bytes of a cache line."""

_OWN = {"flags": mmap.MAP_PRIVATE} if hasattr(mmap, "MAP_PRIVATE") else {}
"""What keeps memory from being shared with forked processes; there are none where the flag is missing."""


def aligned_zeros(shape: int | tuple[int, ...], dtype: np.dtype | type) -> NDArray:
    """Zeros that begin with a cache line, so that a record of whole lines shares none with its neighbours.

    Memory that is never touched takes no room, to within some kilobytes: NumPy's own zeros come in pages of two
    megabytes, of which every city's rows would leave one half empty.
    """
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    room = mmap.mmap(-1, max(size, 1), **_OWN)
    return np.frombuffer(room, np.uint8, size).view(dtype).reshape(shape)


def prefetch(records: NDArray, row: int, first: int, last: int) -> None:
    """Asks for cache lines ``first`` to ``last`` (exclusive) of one record of a one-dimensional array.

    Changes nothing but when they arrive: side by side, where waiting for each would take most of a day's time. To be
    asked for some ten records ahead; much earlier, they are gone again before they are needed.
    """


@overload(prefetch, inline="always")
def _prefetch(records: Any, row: Any, first: Any, last: Any) -> Any:
    def asked(records: Any, row: Any, first: Any, last: Any) -> None:
        for line in range(first, last):
            _ask(records, row, line * LINE)  # type: ignore[call-arg]

    return asked


@intrinsic
def _ask(typing_context: Any, records: Any, row: Any, offset: Any) -> Any:
    """LLVM's ``prefetch`` of the cache line at an offset of a record, to be read, into all levels of the cache."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, at, offset = arguments
        data = context.make_array(records)(context, builder, array).data
        word, byte = ir.IntType(32), ir.IntType(8).as_pointer()
        ask = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(ir.VoidType(), [byte, word, word, word]),
            "llvm.prefetch.p0i8",
        )
        line = builder.gep(builder.bitcast(builder.gep(data, [at]), byte), [offset])
        builder.call(ask, [line, word(0), word(3), word(1)])
        return context.get_dummy_value()

    return types.void(records, types.int64, types.int64), generate
