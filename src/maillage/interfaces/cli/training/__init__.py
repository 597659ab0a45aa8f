"""Learn the catalogue's types from its own files."""
