"""The history of any tracked table, and a change taken back."""
