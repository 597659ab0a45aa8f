"""Slow, obviously right twins in plain Python: the oracle of the tests and of the certificates."""
