"""How much tests of chance events try: a little as a rule, much with ``PYRAMID_LONG=1`` (``make test-endurance``)."""

from __future__ import annotations

import os

from hypothesis import settings

IS_LONG = bool(os.environ.get("PYRAMID_LONG"))


def examples(few: int) -> settings:
    """So many examples, the same ones at every run; twenty times as many, new ones, in the long form."""
    return settings(max_examples=few * 20 if IS_LONG else few)
