"""``pyramid calibrate``: the set of behaviours that reported patterns do not rule out, by history matching.

Craig, Goldstein, Seheult & Smith 1997; Vernon, Goldstein & Bower 2010; Andrianakis et al. 2015. Waves of simulations
train emulators (Gaussian processes of scikit-learn); what is implausible under them is ruled out; the next wave is
drawn from what is left. The members of the final set are simulated, not emulated.
"""
