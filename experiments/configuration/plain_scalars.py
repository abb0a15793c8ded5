"""Values that YAML 1.1 and 1.2 read differently (``no``, ``010``, ``1:30``, ``1_000``), and what to write instead."""

from __future__ import annotations

import json
import re
from typing import Any

_SHORT = re.compile(r"[A-Za-z0-9_:.+~-]{1,100}")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_SEPARATORS = re.compile(r"[\s,\[\]{}()=]+")


def readings(text: str) -> list[str]:
    """A plain value as YAML 1.1 means it, and as YAML 1.2 does; empty where both mean the same."""
    from omegaconf import OmegaConf

    if not _SHORT.fullmatch(text):
        return []
    older = OmegaConf.to_container(OmegaConf.create(f"value: {text}"))
    assert isinstance(older, dict)
    both = older["value"], _by_core_schema(text)
    return [] if both[0] == both[1] or both[0] != both[0] else [json.dumps(each, ensure_ascii=False) for each in both]


def _by_core_schema(text: str) -> Any:
    """A plain value by the core schema of YAML 1.2 (section 10.3.2)."""
    if re.fullmatch("~|null|Null|NULL|", text):
        return None
    if re.fullmatch("true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch("[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch("0o[0-7]+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)", text):
        return float(text.replace(".i", "i").replace(".I", "I"))
    return text


def ambiguous_part(value: str) -> str | None:
    """The first number in an override's value, such as ``[010,2]``, that is read in two ways; ``None`` if none is.

    Words are text there, and underscores are Hydra's.
    """
    parts = _SEPARATORS.split(value)
    return next((part for part in parts if _LEADING_ZERO.fullmatch(part) and readings(part)), None)
