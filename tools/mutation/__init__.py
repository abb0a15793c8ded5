"""Mutation testing: small errors put into the model's code, one at a time, to see whether the tests notice."""
