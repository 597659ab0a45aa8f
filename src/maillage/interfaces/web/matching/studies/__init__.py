"""The desk's studies: share out, assemble, go round, see the network; each is launched, followed, read, compared."""
