"""Pages of the room ``importing``."""
