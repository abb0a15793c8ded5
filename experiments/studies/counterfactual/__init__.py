"""``pyramid counterfactual``: the same disputes under two policies – where each ended under one and under the other.

Every draw is keyed, so a dispute is the same matter of the same claimant in both worlds; only what the policies do
differs.
"""
