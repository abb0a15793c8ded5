"""The nation: all provinces of China, each simulated for itself, whose petitions to the capital meet in one office."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from sim.errors import InputError
from sim.province.names import Shipped, province_named, shipped

CHINA = "china"
"""What a scenario calls the nation."""

NAMES = (CHINA, "中国", "全国")


def is_nation(source: str) -> bool:
    """Whether a source means the nation."""
    return source.casefold() in NAMES


def provinces_of_nation(places: Sequence[int] = ()) -> list[Shipped]:
    """Provinces of the nation, or those of some codes (two digits), by code.

    Raises:
        InputError: for a place that is no province.
    """
    by_code = {each.code: each for each in shipped()}
    for place in places:
        if place not in by_code:
            raise InputError(f"places {place}: province=china is made of provinces, by name or code of two digits")
    return [by_code[code] for code in sorted(set(places) or by_code)]


def parts_of_nation(source: str, places: Sequence[int]) -> list[tuple[str, tuple[int, ...]]]:
    """What of which provinces a choice means: itself, or of the nation every province."""
    if not is_nation(source):
        return [(source, tuple(places))]
    return [(each.slug, ()) for each in provinces_of_nation(places)]


def codes_of_provinces(words: Iterable[int | str]) -> list[int]:
    """Codes of the provinces that words mean; raises ``InputError`` for one that means none."""
    codes = {each.slug: each.code for each in shipped()}
    found = []
    for word in words:
        slug = province_named(str(word))
        if slug is None:
            near = difflib.get_close_matches(str(word).lower(), codes, n=3, cutoff=0.6)
            hint = f"did you mean {' or '.join(near)}?" if near else "pyramid list provinces shows all"
            raise InputError(f"places {str(word)!r}: province=china is made of provinces; {hint}")
        found.append(codes[slug])
    return found
