"""``pyramid simulate``: one scenario, or all points of a multirun."""
