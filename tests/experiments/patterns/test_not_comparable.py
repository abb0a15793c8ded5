"""Published figures that nothing is compared with: each says why, in both languages."""

from __future__ import annotations

from experiments.patterns.not_comparable import not_comparable


def test_every_figure_has_its_source_and_says_why_in_both_languages():
    found = not_comparable()
    assert len(found) == 16 and len({each.figure for each in found}) == 16
    for each in found:
        for english, chinese in (each.figure, each.source, each.why):
            assert english and not any("\u4e00" <= letter <= "\u9fff" for letter in english)
            assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert found[0].as_dict() == {
        "figure": {"en": "offences −21 %, mass incidents −40.2 %", "zh": "治安案件−21%，群体性事件−40.2%"},
        "source": {"en": "People's Daily Online 2020-06-11", "zh": "人民网2020年6月11日"},
        "why": {
            "en": "only the part that disputes turn into is modelled, and the falls went on every year: direction only",
            "zh": "模型只含由纠纷转化的部分，且逐年下降：仅看方向",
        },
        "years": "2018-2019",
    }
