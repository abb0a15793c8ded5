"""``pyramid completion``: scripts for bash, zsh and fish; candidates come from Hydra's own completion."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from contextlib import suppress

from experiments.cli.commands import COMMANDS
from experiments.configuration.primary import HIDDEN, SCHEMA_GROUP, primary, register_config
from experiments.configuration.short_forms import POLICY_SLOTS, expand, short, user_directory
from sim.errors import InputError

SCRIPTS = {
    "bash": """\
_pyramid() {
    local line="${COMP_LINE:0:$COMP_POINT}"
    local word="${line##* }"
    local IFS=$'\\n'
    local found
    found=($(pyramid completion query "$line" 2>/dev/null))
    # words are broken at = and :, so what is already typed before the break is cut off
    local typed="${word%"${word##*[=:]}"}"
    COMPREPLY=("${found[@]#"$typed"}")
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} != *[=./] ]] && compopt +o nospace
}
complete -o nospace -o default -F _pyramid pyramid
""",
    "zsh": """\
#compdef pyramid
_pyramid() {
    local -a found
    found=("${(@f)$(pyramid completion query "${LBUFFER}" 2>/dev/null)}")
    [[ -n $found ]] && compadd -S '' -- $found || _files
}
compdef _pyramid pyramid
""",
    "fish": """\
complete -c pyramid -f -a '(pyramid completion query (commandline -cp) 2>/dev/null)'
""",
}
"""Scripts by shell; where there is no candidate, bash and zsh offer files, such as folders of results."""


def completion(arguments: Sequence[str]) -> int:
    """Prints the script of a shell, or with ``query LINE`` the candidates for the last word of a line."""
    if len(arguments) == 2 and arguments[0] == "query":
        print("\n".join(candidates(arguments[1])))
        return 0
    if len(arguments) == 1 and arguments[0] in SCRIPTS:
        print(SCRIPTS[arguments[0]], end="")
        return 0
    given = " ".join(arguments)
    near = difflib.get_close_matches(given, SCRIPTS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(SCRIPTS)}"
    raise InputError(f"pyramid completion takes the name of a shell, not {given!r}; {hint}")


def candidates(line: str) -> list[str]:
    """What the last word of a command line could become."""
    words = line.split()[1:]
    word = "" if not words or line.endswith(" ") else words.pop()
    if not words:
        return [name for name in COMMANDS if name.startswith(word)]
    command, rest = words[0], words[1:]
    if command == "list":
        from experiments.cli.lists import LISTS, PLACES

        if rest[:1] == [PLACES]:
            return _list_places_candidates(rest, word)
        return [name for name in (*LISTS, PLACES, "output=json") if name.startswith(word)]
    if command == "province":
        return _province_candidates(rest, word)
    if command == "completion":
        return [name for name in SCRIPTS if name.startswith(word)]
    if command == "report":
        return _report_candidates(word)
    if command == "whatif" and word.startswith("-"):
        from experiments.whatif.command import STATIC

        return [name for name in (f"{STATIC}=",) if name.startswith(word)]
    return _study_candidates(command, rest, word) if command in COMMANDS and COMMANDS[command].config else []


def _report_candidates(word: str) -> list[str]:
    from experiments.cli.report_command import FIGURE, OPTIONS

    typed, equals, _ = word.partition("=")
    keys = [f"{key}=" for key in (*OPTIONS, FIGURE)]
    found = [f"{typed}={choice}" for choice in OPTIONS.get(typed, ())] if equals else keys
    return [each for each in found if each.startswith(word)]


def _list_places_candidates(words: Sequence[str], word: str) -> list[str]:
    if word.startswith("province="):
        return _named(word)
    return [name for name in ("province=", "output=json", *_place_names(words)) if name.startswith(word)]


def _province_candidates(words: Sequence[str], word: str) -> list[str]:
    """After ``make`` the names of provinces; folders are for the shell to complete."""
    from experiments.cli.province_command import ACTIONS
    from sim.province import shipped_names

    if not words:
        return [name for name in ACTIONS if name.startswith(word)]
    if words[0] == "make" and word.startswith("province="):
        return _named(word)
    return [name for name in shipped_names() if name.startswith(word)] if words == ["make"] else []


def _named(word: str) -> list[str]:
    """``province=青`` → ``province=青海``: provinces by the names that begin so; all folders' names without any."""
    from sim.province import shipped_names
    from sim.province.names import shipped

    key, _, start = word.partition("=")
    names = [*shipped_names(), *(each.short_zh for each in shipped() if start)]
    return [f"{key}={name}" for name in names if name.startswith(start)]


def _place_names(words: Sequence[str]) -> list[str]:
    """Codes and names without blanks of the places of the province that is chosen on a line."""
    from experiments.configuration.primary import SCENARIO_GROUPS
    from sim.province import places_of

    chosen = [each.partition("=")[2] for each in words if each.startswith("province=")]
    try:
        places = places_of(chosen[-1] if chosen else SCENARIO_GROUPS["province"])
    except InputError:
        return []
    return [
        name for each in places for name in (str(each.code), each.name_zh, each.name_en) if name and " " not in name
    ]


def _places_candidates(words: Sequence[str], word: str) -> list[str]:
    """``places=[张`` → ``places=[张掖市``; before a bracket or comma everything stays."""
    typed = word[: max(word.rfind(sign) for sign in "=[,") + 1]
    if "[" not in typed:
        return [f"{typed}["]
    start = word.removeprefix(typed)
    return [typed + name for name in _place_names(words) if name.startswith(start)]


def _study_candidates(command: str, words: Sequence[str], word: str) -> list[str]:
    from hydra._internal.core_plugins.bash_completion import BashCompletion

    from experiments.configuration.compose import loader

    register_config(command)
    typed: set[str] = set()
    slot, equals, start = word.partition("=")
    if slot == "places" and equals:
        return _places_candidates(words, word)
    if slot == "province" and not start.isascii():
        return _named(word)
    with (
        suppress(Exception, SystemExit),
        loader(user_directory(words)) as config_loader,
    ):  # a line that is not yet one has no candidates
        plugin = BashCompletion(config_loader)
        before = [expand(each) for each in words]
        if slot in POLICY_SLOTS and equals:
            found = plugin._query(config_name=command, line=" ".join([*before, f"policy={start}"]))
            return sorted(slot + each.removeprefix("policy") for each in found)
        typed |= {_typed(each) for each in plugin._query(config_name=command, line=" ".join([*before, expand(word)]))}
    slots = [name for name in POLICY_SLOTS if name in primary(command).groups]
    typed |= {f"{name}=" for name in (*slots, "places") if name.startswith(word)}
    if slot == "study" and equals:
        from experiments.configuration.options import studies_of

        own = {f"study={name}" for name in studies_of(command, user_directory(words))}
        typed = {each for each in typed if each in own}
    if not primary(command).takes_ensemble:
        from experiments.configuration.options import ensembles_of

        typed -= {"ensemble=", *(f"behaviour={name}" for name in ensembles_of(user_directory(words)))}
    return sorted(each for each in typed if not each.startswith(NOT_OFFERED))


def _typed(candidate: str) -> str:
    """A candidate of Hydra as one types it: ``policy@after=whistle`` → ``after=whistle``."""
    key, equals, value = candidate.partition("=")
    return short(key) + equals + value


NOT_OFFERED = (
    f"{SCHEMA_GROUP}/",
    f"{SCHEMA_GROUP}=",
    "policy=",
    "policy@",
    "hydra",
    "kind=",
    *(f"{name}=" for name in HIDDEN),
)
"""Candidates that nobody should choose."""
