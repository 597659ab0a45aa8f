"""Exchanges: intents, that is needs and offers, with their evidence and their history."""
