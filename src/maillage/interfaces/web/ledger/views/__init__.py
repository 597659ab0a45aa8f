"""The pages of the ledger, one subject a file."""
