"""Certificates: an independent check of a result, by the slow rules, not by the fast ones.

Each method has its file; what they share is in ``certify.proof``. A result whose certificate is not valid is never
shown to anybody.
"""

from maillage_engine.certify.proof import Check, Proof, relative_gap
from maillage_engine.certify.search import DEFAULT_SAMPLE, Certificate, Fault, certify

__all__ = ["DEFAULT_SAMPLE", "Certificate", "Check", "Fault", "Proof", "certify", "relative_gap"]
