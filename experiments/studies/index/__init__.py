"""``pyramid index``: an illustrative index of every city and month of one scenario."""
