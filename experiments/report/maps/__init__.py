"""Maps of places: a dot at every seat, its size the residents, its colour what chance does not explain."""
