"""Promises, facts, what proves them."""
