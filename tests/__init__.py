"""Tests; a package in name, since some distributions install a `tests` of their own, which would be found instead."""
