"""Accounts: signing in and out, one's own page."""
