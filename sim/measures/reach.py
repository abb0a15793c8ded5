"""How many matters reach somebody: a third party, be it a grid worker, a mediator, a court or a petition office.

The ledger counts tries and not who tried before, so that a matter's first third party has to be worked out. Known are
matters that a grid worker noticed, first choices, and all choices; what is assumed stands at ``reached``.
"""

from __future__ import annotations

from sim.ledger import FORUMS, Ledger
from sim.measures.summing import once

TALKS = "bilateral"
POLICE = "police"
OTHERS = (*FORUMS[2:], POLICE)
"""Third parties: forums that are neither nothing nor talks between the two sides, and the police."""


@once
def reached(ledger: Ledger) -> float:
    """Matters that reached a third party for the first time, about.

    Who was noticed has reached one. Whom nobody noticed goes to one as the first choice, or later: after talks that
    failed, or when a matter that was left is taken up again. Whom the police help, on the spot or on to a township, has
    reached one; a call that comes to nothing is none. Two things are assumed: claimants whom a grid worker
    noticed and left to themselves choose first as all others do, and a later choice does not depend on what was tried
    before. Followed matter by matter over a year of a place of 440,000 residents, the number was right within half a
    per cent, under four policies; in a place of 12,000, within five.
    """
    noticed = ledger.total("noticed")
    own = {forum: ledger.total(f"first_{forum}") for forum in (*FORUMS, POLICE)}
    later = {forum: ledger.total(f"chose_{forum}") - own[forum] for forum in FORUMS}
    later[POLICE] = ledger.total("police_settled") - own[POLICE]
    own_choices = sum(own.values()) - ledger.total("referred")
    to_others = sum(own[forum] for forum in OTHERS) - ledger.total("referred")
    left_to_themselves = noticed - ledger.total("settled_on_spot") - ledger.total("referred")
    unnoticed = max(0, own_choices - left_to_themselves)

    talks_fail = _part(ledger.total(f"failed_{TALKS}"), ledger.total_of((f"failed_{TALKS}", f"durable_{TALKS}")))
    taken_up = min(1.0, _part(ledger.total("reactivated"), ledger.total("chose_nothing")))
    goes = sum(later[forum] for forum in OTHERS)
    ends = later[TALKS] * (1 - talks_fail) + later["nothing"] * (1 - taken_up)
    in_the_end = _part(goes, goes + ends)  # whoever chooses again reaches somebody before it ends in any other way
    again = _part(own[TALKS] * talks_fail + own["nothing"] * taken_up, own_choices)
    return noticed + unnoticed * (_part(to_others, own_choices) + again * in_the_end)


def _part(part: float, whole: float) -> float:
    """``part / whole``, 0 of nothing."""
    return part / whole if whole else 0.0
