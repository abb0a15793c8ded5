"""Checks that a sceptical researcher would ask for: known answers, invariants, reverse tests, common random numbers.

``pyramid verify`` runs them all; ``tests/verification`` runs a smaller set of the same code. Everything that is judged
by chance is judged two-sided with ``check.Z``, which was set before the first run, and has a deliberately wrong model
that the same judgement must reject.
"""
