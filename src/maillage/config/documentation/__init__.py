"""The reference pages that are written from the code, and the check that they are up to date."""
