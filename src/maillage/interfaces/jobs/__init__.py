"""Jobs: long tasks whose progress survives leaving the page."""
