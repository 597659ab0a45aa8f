"""Weeks of 168 hours and years of 12 months."""

import numpy as np

from maillage_engine.arrays import Bools, Bytes, UInt64s

HOURS = 168
WEEK_BYTES = 21
MONTHS = 12
OPEN_WEEK = bytes([255] * WEEK_BYTES)


def week_words(week: Bytes) -> UInt64s:
    """Return the (n, 21) bytes as (n, 3) words of 64 hours, so that two weeks meet in three operations."""
    padded = np.zeros((len(week), 24), dtype=np.uint8)
    padded[:, :WEEK_BYTES] = week
    words: UInt64s = padded.view(np.uint64)
    return words


def pack_hours(hours: Bools) -> Bytes:
    """Return (n, 21) bytes of (n, 168) yes or no from Monday 0 h."""
    packed: Bytes = np.packbits(hours, axis=1)
    return packed


def week_hours(week: Bytes) -> Bools:
    """Return (n, 168) yes or no of (n, 21) bytes."""
    hours: Bools = np.unpackbits(week, axis=1).astype(np.bool_)
    return hours
