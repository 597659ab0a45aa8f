"""Assemble: bundles of members, process networks, chains of recipes, fair split of a gain."""
