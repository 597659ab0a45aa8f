"""The views of the room, one subject a file."""
