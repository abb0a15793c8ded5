"""The phases of a day, one file each; ``sim/day.py`` is their order."""
