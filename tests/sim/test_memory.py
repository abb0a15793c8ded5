"""Where records lie in memory."""

import numpy as np

from sim.agents.dispute import Dispute
from sim.agents.resident import Resident
from sim.memory import LINE, aligned_zeros


def test_zeros_begin_with_a_cache_line() -> None:
    for shape, dtype in ((5, Dispute.record), (3, Resident.record), ((2, 16), np.int32)):
        array = aligned_zeros(shape, dtype)
        assert array.ctypes.data % LINE == 0
        assert array.shape == (shape if isinstance(shape, tuple) else (shape,))
        assert array.dtype == dtype and not array.view(np.uint8).any()


def test_a_dispute_is_three_whole_lines() -> None:
    assert Dispute.record.itemsize == 3 * LINE
