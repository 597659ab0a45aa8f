"""What is received: what kind of file it is, whether it is a trap, what of it is kept."""
