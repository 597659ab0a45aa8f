"""Feasibility: one rule a file, each with its code; ``registry.RULES`` gives their order."""
