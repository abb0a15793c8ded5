"""Where records lie in memory."""

from pathlib import Path

import numpy as np
import psutil
import pytest

from sim.agents.dispute import Dispute
from sim.agents.resident import Resident
from sim.memory import LINE, aligned_zeros


def test_zeros_begin_with_a_cache_line() -> None:
    for shape, dtype in ((5, Dispute.record), (3, Resident.record), ((2, 16), np.int32)):
        array = aligned_zeros(shape, dtype)
        assert array.ctypes.data % LINE == 0
        assert array.shape == (shape if isinstance(shape, tuple) else (shape,))
        assert array.dtype == dtype and not array.view(np.uint8).any()


HUGE = Path("/sys/kernel/mm/transparent_hugepage/enabled")
MEGABYTE = 1 << 20


@pytest.mark.skipif(HUGE.exists() and "[always]" in HUGE.read_text(), reason="this system has large pages alone")
def test_what_is_not_touched_takes_no_room() -> None:
    """A byte in every two megabytes takes a small page, not the large one around it; all bytes take all of it."""
    process = psutil.Process()
    array = aligned_zeros(64 * MEGABYTE, np.uint8)
    before = process.memory_info().rss
    array[:: 2 * MEGABYTE] = 1
    assert process.memory_info().rss - before < 16 * MEGABYTE
    array[:] = 1
    assert 56 * MEGABYTE < process.memory_info().rss - before < 80 * MEGABYTE


def test_a_dispute_is_three_whole_lines() -> None:
    assert Dispute.record.itemsize == 3 * LINE
