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
        from experiments.cli.lists import LISTS

        return [name for name in (*LISTS, "output=json") if name.startswith(word)]
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


def _study_candidates(command: str, words: Sequence[str], word: str) -> list[str]:
    from hydra._internal.core_plugins.bash_completion import BashCompletion

    from experiments.configuration.compose import loader

    register_config(command)
    typed: set[str] = set()
    slot, equals, start = word.partition("=")
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
