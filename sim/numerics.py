"""Exponential, logarithm, sine and cosine made of additions and multiplications alone.

The mathematics library computes them one by one, behind a call; these are inlined, and a compiler computes several
side by side. They are accurate to a unit or two of the last place, and give the same bits wherever arithmetic follows
IEEE 754.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from sim.compilation import compiled

_LN2 = 0.6931471805599453
_LN2_HIGH = float.fromhex("0x1.62e42fee00000p-1")  # ln 2 to 32 bits: times a small whole number it is exact
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")  # the rest of ln 2
_SHIFT = 1.5 * 2.0**52
"""A number this large has no fraction: adding it rounds, and its last bits hold the whole number."""

LOWEST = -708.0
"""Below it the exponential is taken for zero."""

_BIAS, _MANTISSA = 1023, 52
_ONE = np.int64(_BIAS) << np.int64(_MANTISSA)
_MANTISSA_MASK = (np.int64(1) << np.int64(_MANTISSA)) - np.int64(1)
_ROOT_HALF = 0.7071067811865476


def float_of_bits(bits: Any) -> Any:
    """The float64 of 64 bits held in an int64."""
    return np.int64(bits).view(np.float64)


def bits_of_float(number: Any) -> Any:
    """The 64 bits of a float64 as an int64."""
    return np.float64(number).view(np.int64)


@intrinsic
def _to_float(typing_context: Any, bits: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(types.int64), generate


@intrinsic
def _to_bits(typing_context: Any, number: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(types.float64), generate


@overload(float_of_bits, inline="always")
def _float_of_bits(bits: Any) -> Any:
    def implementation(bits: Any) -> Any:
        return _to_float(bits)  # type: ignore[call-arg]

    return implementation


@overload(bits_of_float, inline="always")
def _bits_of_float(number: Any) -> Any:
    def implementation(number: Any) -> Any:
        return _to_bits(number)  # type: ignore[call-arg]

    return implementation


@compiled
def exponential_of(x: float) -> float:
    """e to the power of ``x`` up to 709; zero below -708."""
    held = max(x, LOWEST)
    shifted = held * (1.0 / _LN2) + _SHIFT
    whole = shifted - _SHIFT
    r = (held - whole * _LN2_HIGH) - whole * _LN2_LOW
    # Taylor's series, from the smallest term on: |r| is at most ln 2 / 2
    series = r * (1.0 / 6227020800.0) + 1.0 / 479001600.0
    series = series * r + 1.0 / 39916800.0
    series = series * r + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    power = 1.0 + (r + r * r * series)
    result = power * float_of_bits((bits_of_float(shifted) + _BIAS) << _MANTISSA)
    return result if x >= LOWEST else 0.0


@compiled
def logarithm_of(x: float) -> float:
    """The natural logarithm of a positive, normal number."""
    bits = bits_of_float(x)
    whole = (bits - bits_of_float(_ROOT_HALF)) >> _MANTISSA  # so that what is left lies between √½ and √2
    m = float_of_bits(bits - (whole << _MANTISSA))
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    # 2 artanh(s), from the smallest term on: |s| is at most 0.1716
    series = z * (2.0 / 21.0) + 2.0 / 19.0
    series = series * z + 2.0 / 17.0
    series = series * z + 2.0 / 15.0
    series = series * z + 2.0 / 13.0
    series = series * z + 2.0 / 11.0
    series = series * z + 2.0 / 9.0
    series = series * z + 2.0 / 7.0
    series = series * z + 2.0 / 5.0
    series = series * z + 2.0 / 3.0
    exponent = np.float64(whole)
    return exponent * _LN2_HIGH + (2.0 * s + (s * z * series + exponent * _LN2_LOW))


_TURN = 6.283185307179586


@compiled
def sine_and_cosine_of_turn(x: float) -> tuple[float, float]:
    """Sine and cosine of ``x`` full turns, ``x`` between 0 and 1."""
    quarter = np.floor(4.0 * x + 0.5)
    r = (x - 0.25 * quarter) * _TURN  # at most an eighth of a turn either way
    z = r * r
    # Taylor's series, from the smallest term on
    series = z * (1.0 / 355687428096000.0) - 1.0 / 1307674368000.0
    series = series * z + 1.0 / 6227020800.0
    series = series * z - 1.0 / 39916800.0
    series = series * z + 1.0 / 362880.0
    series = series * z - 1.0 / 5040.0
    series = series * z + 1.0 / 120.0
    series = series * z - 1.0 / 6.0
    sine = r + r * z * series
    series = z * (1.0 / 20922789888000.0) - 1.0 / 87178291200.0
    series = series * z + 1.0 / 479001600.0
    series = series * z - 1.0 / 3628800.0
    series = series * z + 1.0 / 40320.0
    series = series * z - 1.0 / 720.0
    series = series * z + 1.0 / 24.0
    cosine = (1.0 - 0.5 * z) + z * z * series
    is_turned = (quarter == 1.0) | (quarter == 3.0)
    one, other = (cosine, sine) if is_turned else (sine, cosine)
    return (
        -one if (quarter == 2.0) | (quarter == 3.0) else one,
        -other if (quarter == 1.0) | (quarter == 2.0) else other,
    )
