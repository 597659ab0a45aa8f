"""Places: regions, departments, intermunicipal bodies, municipalities, territories and their outlines."""
