"""``pyramid patterns``: reported patterns beside simulated ones."""
