"""The registry of measures as a whole."""

from ledgers import ledger

from sim.measures import MEASURES, measure_all


def test_every_measure_says_what_it_is_in_both_languages():
    for name, measure in MEASURES.items():
        assert name == measure.name
        assert name == name.lower() and name.isidentifier()
        assert measure.better in ("up", "down", "none")
        assert measure.unit
        assert measure.meaning_en.isascii() or any(sign in measure.meaning_en for sign in "√·⅔½")
        assert any("\u4e00" <= sign <= "\u9fff" for sign in measure.meaning_zh)
    for meaning in ("meaning_en", "meaning_zh"):
        lines = [getattr(measure, meaning) for measure in MEASURES.values()]
        assert len(set(lines)) == len(lines)


def test_all_measures_are_plain_floats():
    assert all(type(value) is float for value in measure_all(ledger({"raised": 5})).values())
