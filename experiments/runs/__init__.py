"""One run of the model, what is recorded of it, and how many runs are carried out."""
