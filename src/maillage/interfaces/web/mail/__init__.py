"""The pages of the room ``mail``."""
