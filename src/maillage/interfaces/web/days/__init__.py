"""The pages of the room ``days``."""
