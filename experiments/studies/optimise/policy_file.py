"""A policy as a file that any study takes: what it sets otherwise than the status quo of 2018."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import yaml

from sim.policy import Policy


def policy_yaml(policy: Policy, comment: str) -> bytes:
    """The file's bytes; composing it gives the policy back exactly."""
    values = _different(policy, Policy())
    text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True) if values else "{}\n"
    return f"# {comment}\n{text}".encode()


def _different(one: Any, other: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in fields(one):
        mine, theirs = getattr(one, part.name), getattr(other, part.name)
        if mine == theirs:
            continue
        if is_dataclass(mine):
            found[part.name] = _different(mine, theirs)
        else:
            found[part.name] = mine.name if isinstance(mine, Enum) else mine
    return found
