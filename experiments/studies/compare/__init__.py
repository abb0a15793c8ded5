"""``pyramid compare``: policies and stresses side by side, paired by seed."""
