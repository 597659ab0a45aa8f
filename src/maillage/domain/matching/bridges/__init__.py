"""The bridges to the engine's other methods, one a file: rows become a problem, results come back as plain values.

Only ``bridge.py`` and the files of this folder import ``maillage_engine``.
"""
