"""The pages of the room ``synergies``."""
