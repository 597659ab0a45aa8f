"""The pages of the room ``projects``."""
