"""What a policy costs more, and for how many settlements."""

from __future__ import annotations

import math

from experiments.report.costs import Change, Expense, uncosted_columns, uncosted_of
from experiments.report.text import Words


def test_a_settlement_has_a_price_only_where_both_are_more_beyond_chance():
    more, less, unclear = Change(10.0, 8.0, 12.0), Change(-10.0, -12.0, -8.0), Change(10.0, -1.0, 21.0)
    assert Expense(more, more).per_settlement == 10_000
    for paid, settled in ((less, more), (more, less), (unclear, more), (more, unclear), (more, None)):
        assert math.isnan(Expense(paid, settled).per_settlement)
    assert Expense(more, more).data(1000.0).yearly == 10_000


def test_what_is_told_elsewhere_is_not_told_again():
    expense = Expense(Change(2.0, 1.0, 3.0), None, ("centre.intake",))
    assert expense.text("Whistle", Words("en")) == (
        "Whistle changes yearly cost per resident by +2.00 [+1.00\xa0to\xa0+3.00] yuan. Uncosted, so not in it: intake."
    )
    assert expense.text("Whistle", Words("en"), is_told=True) == "Uncosted, so not in it: intake."
    assert Expense(Change(2.0, 1.0, 3.0), None).text("Whistle", Words("en"), is_told=True) == ""
    assert expense.text("吹哨", Words("zh")).startswith("吹哨使每人每年支出变化+2.00")


def test_levers_without_a_price_come_back_from_their_columns():
    columns = uncosted_columns([(), ("centre.intake",), ("petition.acceptance", "centre.intake")])
    rows = [{"point": n, **{name: values[n] for name, values in columns.items()}} for n in range(3)]
    assert [uncosted_of(row) for row in rows] == [(), ("centre.intake",), ("centre.intake", "petition.acceptance")]
