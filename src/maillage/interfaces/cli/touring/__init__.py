"""``maillage tour``: reading stops and vehicles, building the problem, writing the rounds."""
