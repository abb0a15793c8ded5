"""``pyramid robustness``: policies over many futures – what people may be like, and what may befall them.

Regret, satisficing, the worst futures and groups, and when a policy fails (PRIM). Lempert, Popper & Bankes 2003;
Kasprzyk et al. 2013; McPhail et al. 2018.
"""
