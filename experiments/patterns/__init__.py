"""What is reported of real places, and how a run of the model shows it."""
