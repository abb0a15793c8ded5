"""Everything the report says, in English and Chinese side by side, so that neither can lack a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from experiments.configuration.words_file import Lines, read_toml, read_words
from experiments.report.kinds import report_kinds
from experiments.report.numbers import NBSP, NONE, significant
from experiments.report.windows import Span
from sim.errors import InputError
from sim.measures import MEASURES
from sim.vocabulary import printable

LANGUAGES = ("en", "zh")

YUAN = {
    "en": ((1e9, " billion yuan"), (1e6, " million yuan")),
    "zh": ((1e8, "亿元"), (1e4, "万元")),
}
"""Large sums of yuan, as each language counts them, the largest first."""

HERE = Path(__file__).parent


@cache
def measure_labels() -> Lines:
    """Short labels of measures by name."""
    return {name: tuple(pair) for name, pair in read_toml(HERE / "measures.toml")["labels"].items()}


def measure_meaning(name: str, language: str) -> str:
    """What a measure is, in one line; in English where no translation is at hand."""
    english = MEASURES[name].meaning
    return read_toml(HERE / "measures.toml")["meanings"].get(name, english) if language == "zh" else english


def parameter_words() -> dict[str, dict[str, str]]:
    """Chinese ``units``, ``sources`` and ``meanings`` of parameters by the English ones, and by name."""
    return read_toml(HERE / "parameters.toml")


_APART = re.compile(r"(\d) %")


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every line of the report by key, as (English, Chinese): those of all reports, and those of each kind."""
    lines = dict(read_words(HERE / "words.toml"))
    for kind in report_kinds().values():
        lines |= kind.words
    return lines


def languages_of(choice: str) -> tuple[str, ...]:
    """``en``, ``zh`` or ``both`` as a tuple of languages; anything else raises ``InputError``."""
    if choice == "both":
        return LANGUAGES
    if choice in LANGUAGES:
        return (choice,)
    raise InputError(f"language={choice!r} is not one of en, zh, both")


@dataclass(frozen=True)
class Words:
    """The report's words in one language.

    Attributes:
        stressed: the scenarios that are labelled as under a stress.
    """

    language: str
    stressed: frozenset[str] = frozenset()

    def __call__(self, key: str, **values: Any) -> str:
        """The line of a key, with its places filled in; an unknown key raises ``KeyError``."""
        return catalogue()[key][LANGUAGES.index(self.language)].format(**values)

    def has(self, key: str) -> bool:
        """Whether the catalogue has this key."""
        return key in catalogue()

    def line(self, key: str, otherwise: str) -> str:
        """The line of a key; ``otherwise`` where the catalogue has none: users bring names of their own."""
        return self(key) if self.has(key) else otherwise

    def scenario(self, name: str, apart: str = " ") -> str:
        """A scenario's name as people say it, with the label of a stress if it is under one.

        One that users brought keeps its own name. ``apart`` stands between name and label.
        """
        text = self.line(f"scenario.{name}", name)
        if name not in self.stressed:
            return text
        between = "" if self.language == "zh" and apart == " " else apart
        return text + between + self("stress.label")

    def title(self, name: str) -> str:
        """A scenario's name where there is more height than width: the label of a stress on a line of its own."""
        return self.scenario(name, "\n")

    def quoted(self, name: str) -> str:
        """A policy's name in quotation marks, for use in a sentence."""
        return f"“{self.scenario(name)}”"

    def joined(self, *sentences: str) -> str:
        """Sentences after one another."""
        return ("" if self.language == "zh" else " ").join(sentences)

    def spaced(self, text: str) -> str:
        """Text fit for a page: printable, per cent signs apart in English, on one line, and close in Chinese."""
        text = printable(text)
        return text.replace(f"{NBSP}%", "%") if self.language == "zh" else _APART.sub(rf"\1{NBSP}%", text)

    def study(self, name: str) -> str:
        """A study's name as people say it; one that users brought keeps its own."""
        return self.line(f"study.{name}", name)

    def group(self, name: str) -> str:
        """A group of places as people say it; one that users brought keeps its own name."""
        return self.line(f"group.{name}", name)

    def measure(self, name: str) -> str:
        """Short label of a measure; an unlabelled one is called by its meaning, or else by its name."""
        if name in measure_labels():
            label = measure_labels()[name][LANGUAGES.index(self.language)]
        elif name in MEASURES:
            label = measure_meaning(name, self.language)
        else:
            return name.replace("_", " ")
        return label

    def in_sentence(self, label: str) -> str:
        """A label as it stands within a sentence: its first letter small, unless it begins an abbreviation."""
        return label if label[1:2].isupper() else label[:1].lower() + label[1:]

    def unit(self, unit: str) -> str:
        """A unit in this language; unknown units stay as they are."""
        return parameter_words()["units"].get(unit, unit) if self.language == "zh" else unit

    def yuan(self, amount: float) -> str:
        """Yuan without their sign, as people say large sums: ``308 million yuan``, ``3.08亿元``."""
        for least, word in YUAN[self.language]:
            if abs(amount) >= least:
                return f"{significant(abs(amount) / least)}{word}"
        return self("yuan", n=significant(abs(amount)))

    def source(self, source: str) -> str:
        """A source in this language; citations stay as they are."""
        return parameter_words()["sources"].get(source, source) if self.language == "zh" else source

    def meaning(self, parameter: str, english: str) -> tuple[str, str]:
        """Meaning of a parameter and the language it is given in (English where no translation is at hand)."""
        if self.language == "zh" and parameter in parameter_words()["meanings"]:
            return parameter_words()["meanings"][parameter], "zh"
        return english, "en"

    def span(self, span: Span | None) -> str:
        """A window as people say it: ``2019``, ``2019年``, ``2019-01–2020-06``."""
        if span is None:
            return NONE
        return self("span.year", year=span.label) if span.is_years else span.label

    def year_after(self, year: int) -> str:
        """A year after the reform, the first being 1: ``the first year``; in digits where the catalogue has no word."""
        return self.line(f"year.{year}", self("year.nth", n=year))

    def listed(self, items: list[str]) -> str:
        """``a, b and c``."""
        if len(items) < 2:
            return "".join(items)
        return self("list.comma").join(items[:-1]) + self("list.and") + items[-1]
