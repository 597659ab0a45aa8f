"""The pages of the room ``agreements``."""
