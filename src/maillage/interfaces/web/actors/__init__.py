"""Pages of the room ``actors``."""
