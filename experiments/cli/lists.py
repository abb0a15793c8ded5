"""``pyramid list``: what there is, one line each, with units, ranges and where a number comes from."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from experiments.configuration.options import described_options, files_of, kind_of_study
from experiments.configuration.short_forms import CONFIG_DIRECTORY, split_flags, user_directory
from experiments.report.plain_text import document, table
from experiments.studies.kinds import study_kinds
from sim.errors import InputError
from sim.vocabulary import suggestion

Rows = list[dict[str, Any]]


def print_list(arguments: Sequence[str]) -> int:
    """Prints one of the lists as a table, or with ``output=json`` as JSON."""
    output, own, words = "table", user_directory(arguments), []
    flags, rest = split_flags(arguments)
    for flag in flags:
        if flag != CONFIG_DIRECTORY:
            raise InputError(f"pyramid list has no flag {flag!r}; there is: --config-dir")
    for argument in rest:
        if argument.startswith("output="):
            output = argument.partition("=")[2]
        else:
            words.append(argument)
    if output not in ("table", "json"):
        raise InputError(f"output={output} is not allowed: it must be one of table, json")
    if words[:1] == [PLACES]:
        rows = _places(words[1:])
    elif len(words) == 1 and words[0] in LISTS:
        rows = LISTS[words[0]](own)
    else:
        what, known = " ".join(words), (*LISTS, PLACES)
        hint = suggestion(what, known) if what else "there are: " + ", ".join(known)
        raise InputError(f"pyramid list takes one word, not {what!r}; {hint}")
    if output == "json":
        print(document(rows))
    else:
        header = list(rows[0]) if rows else ["name"]
        print(table(header, [[_cell(row[name], name) for name in header] for row in rows], left=len(header)))
    return 0


def _cell(value: Any, name: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}" if name == "residents" else str(value)
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _group(group: str) -> Callable[[str | None], Rows]:
    def rows(own: str | None) -> Rows:
        return [{"name": name, "meaning": meaning} for name, meaning in described_options(group, own).items()]

    return rows


def _parameters(kind: str) -> Callable[[str | None], Rows]:
    def rows(own: str | None) -> Rows:
        from experiments.configuration.search_space import HARM
        from sim.behaviour import Behaviour
        from sim.guidance import finest_level
        from sim.parameters import declarations
        from sim.policy import Policy
        from sim.prices import price_of
        from sim.stress import Stress

        def of_lever(name: str) -> dict[str, str]:
            """Its price, and the lowest places that may set it otherwise."""
            return {"price": price_of(name), "down_to": finest_level(name) or "province"} if kind == "levers" else {}

        group: type = {"levers": Policy, "uncertainties": Behaviour, "stresses": Stress}[kind]
        return [
            {
                "name": each.name,
                "default": each.default,
                "unit": each.unit,
                "allowed": each.allowed,
                "tag": each.tag,
                "meaning": each.meaning,
                "source": each.source,
                **of_lever(each.name),
                **({"harm": HARM} if kind == "stresses" else {}),
            }
            for each in declarations(group)
        ]

    return rows


def _measures(own: str | None) -> Rows:
    from sim.measures import MEASURES

    return [
        {
            "name": name,
            "unit": each.unit,
            "better": each.better,
            "group": each.group,
            "meaning": each.meaning,
        }
        for name, each in MEASURES.items()
    ]


def _studies(own: str | None) -> Rows:
    files, meanings = files_of("study", own), described_options("study", own)
    return [
        {"name": name, "command": f"pyramid {kind}", "meaning": meanings[name]}
        for kind in study_kinds()
        for name, file in files.items()
        if kind_of_study(file) == kind
    ]


def _provinces(own: str | None) -> Rows:
    """Every province that can be chosen; a user's own options have a meaning alone."""
    from sim.province.names import shipped

    known = {each.slug: each for each in shipped()}
    return [
        {
            "name": name,
            "code": known[name].code if name in known else "",
            "residents": known[name].residents if name in known else "",
            "meaning": meaning,
        }
        for name, meaning in described_options("province", own).items()
    ]


PLACES = "places"
"""The list of the cities and counties of a province."""


def _places(words: Sequence[str]) -> Rows:
    """Cities and counties with their residents: all, or those whose code or name has a word."""
    from experiments.configuration.primary import SCENARIO_GROUPS
    from sim.province import load_province, places_of

    chosen = [each.partition("=")[2] for each in words if each.startswith("province=")]
    sought = [each for each in words if not each.startswith("province=")]
    if len(chosen) > 1 or len(sought) > 1 or any("=" in each for each in sought):
        raise InputError(f"pyramid list places takes province=NAME and one word, not {' '.join(words)!r}")
    name = chosen[0] if chosen else SCENARIO_GROUPS["province"]
    province = load_province(name)
    residents = {
        int(row["code"]): int(row["population"]) for rows in (province.counties, province.cities) for row in rows
    }
    places = places_of(name)
    if sought:
        word = sought[0].casefold()
        places = [each for each in places if any(word in str(text).casefold() for text in each)]
        if not places:
            names = [text for each in places_of(name) for text in (each.name_zh, each.name_en)]
            near = difflib.get_close_matches(sought[0], names, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "pyramid list places without a word shows all"
            raise InputError(f"no city or county of province {name!r} has {sought[0]!r} in its code or names; {hint}")
    # A city comes before its counties, as its code is the beginning of theirs.
    ordered = sorted(places, key=lambda each: str(each.code))
    return [{**each._asdict(), "residents": residents[each.code]} for each in ordered]


LISTS: Mapping[str, Callable[[str | None], Rows]] = {
    "policies": _group("policy"),
    "behaviours": _group("behaviour"),
    "levers": _parameters("levers"),
    "uncertainties": _parameters("uncertainties"),
    "stresses": _parameters("stresses"),
    "measures": _measures,
    "studies": _studies,
    "indices": _group("index"),
    "provinces": _provinces,
}
"""What can be listed."""
