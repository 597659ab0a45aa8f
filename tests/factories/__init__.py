"""Plain functions that make rows with sensible defaults; one file a room. Today is ``TODAY``."""

from datetime import UTC, date, datetime

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
