"""Problems in files: the canonical tables for people and programs, the record for replay."""

from maillage_engine.files.record import load_problem, write_problem
from maillage_engine.files.tables import read_catalogue, read_problem

__all__ = ["load_problem", "read_catalogue", "read_problem", "write_problem"]
