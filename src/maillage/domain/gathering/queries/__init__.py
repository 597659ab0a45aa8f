"""Everything that reads in the room."""
