"""The views of the room, one screen a file."""
