"""The model a second time: ordinary Mesa agents, one Python object each, plain and slow.

Written from the specification (docs/odd.md, docs/odd-submodels.md) apart from the compiled day in ``sim/phases/``. On
small provinces both must agree dispute by dispute, day by day; docs/reference_implementation.md says how to read it.
"""
