"""Names of the factors of a study, as titles and in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.configuration.ensemble import STATUS_QUO
from experiments.design.factors import CHANCE
from experiments.report.measure_text import says
from experiments.report.text import Words

if TYPE_CHECKING:
    from sim.parameters import Declaration


def factor_label(key: str, words: Words) -> str:
    """A factor as a title: the meaning of its parameter, with its unit."""
    from experiments.design.factors import declaration_of

    if words.has(f"sweep.option.{key}"):
        return words(f"sweep.option.{key}")
    declared = declaration_of(key)
    if declared is None:
        return key
    meaning = meaning_of(declared, words)
    unit = "" if declared.choices or says(declared.meaning, declared.unit) else words.unit(declared.unit)
    text = meaning[:1].upper() + meaning[1:]
    return words("sweep.factor", meaning=text, unit=unit) if unit else text


def meaning_of(declared: Declaration, words: Words) -> str:
    """What a parameter means, less the note that it is counted in whole numbers."""
    meaning, _ = words.meaning(declared.name, declared.meaning)
    return meaning.removesuffix(", whole").removesuffix("（整数）")


def short_label(key: str, words: Words) -> str:
    """A factor in a row's name: the last part of its key, as people say it where the catalogue has it."""
    from experiments.design.factors import declaration_of

    leaf = key.rpartition(".")[2]
    if words.has(f"sweep.short.{leaf}"):
        return words(f"sweep.short.{leaf}")
    declared = declaration_of(key)
    return leaf.replace("_", " ") if declared is None or words.language == "en" else meaning_of(declared, words)


def lever_name(lever: str, words: Words) -> str:
    """A lever as people say it, short, as it begins a row."""
    name = short_label(f"after.{lever}", words)
    return name[:1].upper() + name[1:]


def lever_value(value: str, words: Words) -> str:
    """A value of a lever as people write it."""
    return words.line(f"lever.value.{value}", value)


def factor_name(factor: str, words: Words) -> str:
    """A factor as people say it: the meaning of its parameter."""
    from experiments.design.factors import declaration_of

    if factor == CHANCE:
        return words("sensitivity.chance")
    declared = declaration_of(factor)
    if declared is None:
        return words.line(f"sweep.option.{factor}", factor)
    meaning = meaning_of(declared, words)
    for family in ("constant", "weight", "intercept"):
        if declared.name.startswith(f"{family}_"):
            return words(f"sensitivity.{family}", meaning=meaning)
    return meaning[:1].upper() + meaning[1:]


def column_name(column: str, words: Words) -> str:
    """What the members of an ensemble set, as people say it: an uncertainty, or a lever of the status quo as such."""
    if column.startswith(STATUS_QUO):
        return words("factor.status_quo", name=factor_name(f"before.{column.removeprefix(STATUS_QUO)}", words))
    return factor_name(f"behaviour.{column}", words)


def value_name(value: str, words: Words) -> str:
    """A value of a choice as people say it."""
    return words.line(f"sweep.value.{value}", value.replace("_", " "))
