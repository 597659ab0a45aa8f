"""The rooms: what the words mean, what may be stored, who may do what."""
