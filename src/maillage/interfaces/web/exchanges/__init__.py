"""Pages of the room ``exchanges``."""
