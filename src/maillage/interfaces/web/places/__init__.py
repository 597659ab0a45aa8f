"""The web door of the places room: communes found while one types."""
