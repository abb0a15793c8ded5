"""Bad index trees: one defect in a small sound one."""

from __future__ import annotations

import copy
from typing import Any

import yaml

from tests.bad_input.case import Case

LEAF = {"name_en": "Kept", "name_zh": "稳定", "measure": "durable_resolution", "worst": 0, "best": 1}
SOUND: dict[str, Any] = {
    "name": "x",
    "name_en": "An index",
    "name_zh": "指数",
    "colours": {"green": 80, "red": 0},
    "indicators": {"kept": LEAF, "other": {**LEAF, "name_en": "Other"}},
}
GONE = object()

DEFECTS: tuple[tuple[str, str, Any, tuple[str, ...]], ...] = (
    ("name of a path", "name", "../x", ("name='../x'", "small letters")),
    ("name missing", "name", GONE, ("name=None", "small letters")),
    ("name a number", "name", 3, ("name=3", "small letters")),
    ("English name missing", "name_en", GONE, ("name_en=None", "a name for people")),
    ("Chinese name empty", "name_zh", " ", ("name_zh=' '", "a name for people")),
    ("name that steers the terminal", "name_en", "\x1b[2J", ("name_en=", "a name for people")),
    ("unknown key", "month", 3, ("'month'", "did you mean months")),
    ("key a number", 7, 3, ("Key 7", "index=x")),
    ("months of text", "months", "three", ("months is 'three'", "from 1 to 120")),
    ("months too many", "months", 121, ("months is 121", "from 1 to 120")),
    ("months true", "months", True, ("months is True", "from 1 to 120")),
    ("colours missing", "colours", GONE, ("colours", "green: 80")),
    ("colours rising", "colours", {"red": 0, "green": 80}, ("red: 0, green: 80", "must fall")),
    ("colours without a lowest", "colours", {"green": 80}, ("green: 80", "to 0")),
    ("colours of text", "colours", {"green": "high", "red": 0}, ("colours: green", "'high'", "a number")),
    ("colours not a number", "colours", {"green": float("nan"), "red": 0}, ("green is nan", "a number")),
    ("colours above all", "colours", {"green": 100, "red": 0}, ("green: 100", "below 100")),
    ("no indicators", "indicators", {}, ("indicators={}", "at least one")),
    ("indicators a list", "indicators", [LEAF], ("indicators=[", "by name")),
    ("counts of text", "counts", "2", ("counts=2", "[2]")),
    ("counts wrong", "counts", [3], ("counts=[3]", "[2]")),
    ("counts infinite", "counts", [float("inf")], ("counts=[inf]", "[2]")),
    ("weighed twice", "entropy", True, ("kept has a weight", "entropy")),
    ("entropy of text", "entropy", "yes please", ("entropy='yes please'", "true or false")),
    ("comparisons too few", "comparisons", [[1]], ("comparisons", "2 indicators")),
    ("comparisons inconsistent", "comparisons", [[1, 2], [2, 1]], ("comparisons",)),
    ("comparisons of nought", "comparisons", [[1, 0], [0, 1]], ("comparisons",)),
    ("comparisons of text", "comparisons", "abc", ("comparisons", "2 indicators")),
    ("indicator a number", "indicators.kept", 3, ("kept", "3 is no indicator")),
    ("indicator null", "indicators.kept", None, ("kept", "None is no indicator")),
    ("indicator of a bad name", "indicators.Kept!", LEAF, ("'Kept!'", "small letters")),
    ("indicator called like the index", "indicators.x", LEAF, ("x is used twice",)),
    ("indicator with nothing below", "indicators.kept", {"indicators": {}}, ("kept", "at least one")),
    ("measure unknown", "indicators.kept.measure", "durable", ("'durable'", "kept")),
    ("measure missing", "indicators.kept.measure", GONE, ("measure None", "kept")),
    ("measure that rewards few petitions", "indicators.kept.measure", "petitions_total", ("neither better high",)),
    ("the wrong way round", "indicators.kept.best", -1, ("worst=0 best=-1", "better higher")),
    ("no way at all", "indicators.kept.best", 0, ("both 0", "must differ")),
    ("best infinite", "indicators.kept.best", float("inf"), ("best is inf", "a number")),
    ("best of text", "indicators.kept.best", "one", ("best is 'one'", "a number")),
    ("best missing", "indicators.kept.best", GONE, ("best is None", "a number")),
    ("weight negative", "indicators.kept.weight", -1, ("weight of kept is -1", "0 or more")),
    ("weight infinite", "indicators.kept.weight", float("inf"), ("weight of kept is inf", "a number")),
    ("weight of a list", "indicators.kept.weight", [1], ("weight of kept is [1]", "a number")),
    ("kind unknown", "indicators.kept.kinds", ["familly"], ("'familly'", "did you mean family?")),
    ("kinds of text", "indicators.kept.kinds", "family", ("kinds='family'", "a list")),
    ("tags of text", "indicators.kept.tags", "goal", ("tags='goal'", "goal:self_governance")),
    ("tag without a colon", "indicators.kept.tags", ["goal"], ("tags=['goal']", "goal:self_governance")),
    ("residents too many", "indicators.kept.per_residents", 10**8, ("per_residents is 100000000", "10,000,000")),
    ("leaf with a branch's key", "indicators.kept.entropy", True, ("'entropy'", "there are")),
)
"""Name, dotted key of the tree, its value (or none), what the message says."""


def _with(key: Any, value: Any, name: str) -> str:
    tree = copy.deepcopy(SOUND)
    node, path = tree, str(key).split(".") if isinstance(key, str) else [key]
    for part in path[:-1]:
        node = node[part]
    if value is GONE:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    if name == "weighed twice":
        tree["indicators"]["kept"]["weight"] = 2
    return yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False)


class _Plain(yaml.SafeDumper):
    """Writes what is used twice twice: aliases are not allowed."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


CASES = tuple(
    Case(
        f"index: {name}", ("index", "--config-dir=own", "index=x"), says, {"own/index/x.yaml": _with(key, value, name)}
    )
    for name, key, value, says in DEFECTS
)
