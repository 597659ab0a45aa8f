"""The command line: ``maillage``."""
