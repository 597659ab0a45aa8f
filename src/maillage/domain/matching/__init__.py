"""Matching: runs of the engine, the proposals they make and what people decide of them."""
