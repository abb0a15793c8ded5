"""What becomes of people: learned trust, dispute-born offences, and whether a fall in petitions is to be distrusted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import numpy as np

from sim.ledger import TRUST_LEVELS, Ledger
from sim.measures.measure import Measure, share

GROUP = "welfare"


def trust_change(ledger: Ledger, level: str) -> float:
    """Mean learned change in trust per resident at the last year end of the window; NaN without a year end."""
    if not ledger.trust.shape[1]:
        return math.nan
    of_counties = ledger.trust[:, -1, TRUST_LEVELS.index(level)]
    return float(np.average(of_counties, weights=ledger.county_population))


def offences(ledger: Ledger) -> float:
    """Public-order offences born of disputes per 100,000 residents a year."""
    return share(100_000 * ledger.total("offence"), ledger.residents * ledger.years)


def suppression_flag(reference: Mapping[str, float], policy: Mapping[str, float]) -> bool:
    """Whether registered petitions fall while unresolved or truly open disputes rise.

    Takes two results of ``measure_all`` over the same window: of the reference, and of a policy. A fall of that kind
    is consistent with suppression; it proves none.
    """
    falls = policy["petitions_total"] < reference["petitions_total"]
    worse = ("unresolved_stock", "open_cases")
    return bool(falls and any(policy[name] > reference[name] for name in worse))


_TRUST_NAMES = {
    "local": ("village and township", "村、乡"),
    "middle": ("county and city", "县、市"),
    "higher": ("province and nation", "省和中央"),
    "court": ("the courts", "法院"),
}

MEASURES: tuple[Measure, ...] = (
    *(
        Measure(
            f"trust_{level}",
            partial(trust_change, level=level),
            "trust (0–1)",
            "up",
            f"mean learned change in trust in {_TRUST_NAMES[level][0]} at the window's last year end",
            f"期内最后一个年末对{_TRUST_NAMES[level][1]}信任的平均变化",
            GROUP,
        )
        for level in TRUST_LEVELS
    ),
    Measure(
        "offences",
        offences,
        "1/100000/year",
        "down",
        "public-order offences born of disputes, per 100,000 residents a year",
        "每十万人每年由纠纷引发的治安案件",
        GROUP,
    ),
)
