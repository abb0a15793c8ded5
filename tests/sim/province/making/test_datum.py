"""From GCJ-02 to WGS 84, against published pairs."""

import numpy as np
import pytest

from sim.province.making.datum import to_gcj02, to_wgs84
from sim.province.travel import kilometres

PAIRS = {
    "Shanghai": ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    "Shenzhen": ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    "Beijing": ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
}
"""WGS 84 and GCJ-02 of places that implementations of the transform are tested with (eviltransform)."""


@pytest.mark.parametrize(("wgs84", "gcj02"), PAIRS.values(), ids=PAIRS)
def test_published_pairs(wgs84: tuple[float, float], gcj02: tuple[float, float]) -> None:
    assert to_gcj02(*wgs84) == pytest.approx(gcj02, abs=1e-9)
    assert to_wgs84(*gcj02) == pytest.approx(wgs84, abs=1e-8)


def test_the_shift_is_some_hundred_metres_and_undone_to_a_centimetre_anywhere_in_china() -> None:
    for latitude in range(18, 54, 3):
        for longitude in range(73, 136, 4):
            back = to_wgs84(*to_gcj02(latitude, longitude))
            away = [
                1000 * float(kilometres(*(np.float64(each) for each in (*place, latitude, longitude))))
                for place in (to_gcj02(latitude, longitude), back)
            ]
            assert 50 < away[0] < 1300
            assert away[1] < 0.01
