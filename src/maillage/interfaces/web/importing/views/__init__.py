"""The pages of the imports, one subject a file."""
