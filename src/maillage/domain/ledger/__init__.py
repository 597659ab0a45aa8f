"""Ledger: agreements, commitments, economic events, processes and resources (Valueflows)."""
