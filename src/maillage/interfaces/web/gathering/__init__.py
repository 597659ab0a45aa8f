"""The pages of the room ``gathering``."""
