"""The limits of the futures in which a policy fails, in words."""

from __future__ import annotations

import pytest

from experiments.report.robustness.failures import limit_text
from experiments.report.text import Words

NONE = {"words": "", "low": None, "high": None}


@pytest.mark.parametrize(
    ("limit", "english", "chinese"),
    [
        (
            {"factor": "status_quo.petition.acceptance", "words": "strict"},
            "“Keep to step-by-step acceptance (status quo)” is “strict”",
            "“是否严格逐级受理（现状）”为“严格”",
        ),
        (
            {"factor": "patience", "high": 12.34},
            "“Median time before acting” is below 12.3",
            "“采取行动前等待时间的中位数”低于12.3",
        ),
        ({"factor": "stress", "words": "staff_cut"}, "“Stress” is “Half the staff gone”", "“压力情景”为“人员减半”"),
    ],
)
def test_a_limit_in_words(limit, english, chinese):
    told = limit_text({**NONE, **limit}, Words("en")), limit_text({**NONE, **limit}, Words("zh"))
    assert told == (english, chinese)
