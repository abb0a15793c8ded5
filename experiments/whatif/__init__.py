"""The what-if page: levers are moved, the model answers, and the honest measures stand beside the ratio.

Live, every change of a control runs the real model on this machine. Static, one file carries a surface fitted to a
precomputed sweep and says how far it was off on runs that it had not seen.
"""
