"""Doors to the solvers: the only files that import highspy or pyvrp."""
