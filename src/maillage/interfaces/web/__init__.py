"""The web door: pages in French, one folder a room."""
