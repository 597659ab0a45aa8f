"""Measures beside their peers: fixed seeds, several sizes, ratios rather than seconds.

One file registers one family: ``@family("name", "what it measures")`` on a function that takes parsed options.
``python -m benchmarks`` runs every family that needs no data; ``list`` names them; ``run NAME …`` runs one.
"""
