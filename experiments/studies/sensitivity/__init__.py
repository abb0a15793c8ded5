"""``pyramid sensitivity``: which uncertainties a measure depends on, by Sobol indices or Morris's elementary effects.

Chance is a factor beside them: a run's seed is drawn anew like any other input, so its share of the variance stands in
the same table.
"""
