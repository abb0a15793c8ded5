"""``pyramid optimise``: configurations between which only the objectives can decide, by NSGA-II (Deb et al. 2002).

Only levers are searched (``configuration.search_space``): no stress, nothing about people, and never fewer
registrations than under the reference.
"""
