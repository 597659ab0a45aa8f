"""The API: what a program may read and record with a key, in one pole, for one organisation."""
