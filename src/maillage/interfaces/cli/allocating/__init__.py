"""What ``maillage allocate`` does without any database: files in, shares or open sites out."""
