"""``pyramid verify``: checks of the model against theory and against itself."""
