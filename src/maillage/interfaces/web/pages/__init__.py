"""Pages that belong to no room: the poles, the legal pages, the errors."""
