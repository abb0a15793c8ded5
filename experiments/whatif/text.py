"""What the page says, as (English, Chinese); names of levers, measures and units come from the report's words."""

from __future__ import annotations

from pathlib import Path

from experiments.configuration.words_file import Lines, read_words
from experiments.report.text import LANGUAGES, Words

WHATIF: Lines = read_words(Path(__file__).parent / "words.toml")
"""Lines of the page by key."""


def lines(language: str) -> dict[str, str]:
    """Every line of the page in one language, and of the report's words those that the page needs."""
    words = Words(language)
    own = {key: texts[LANGUAGES.index(language)] for key, texts in WHATIF.items()}
    shared = {key: words(key) for key in ("level.province", "level.city", "level.county")}
    return own | shared
