"""Synergies: from a match to an agreement, each party answering for itself."""
