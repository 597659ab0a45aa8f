"""What ``maillage match`` and ``maillage explain`` do without any database: two files in, answers out."""
