"""Beyond one core and beyond one machine: a territory cut into tiles, the same methods run on each.

``runners`` say where the pieces are computed (here, on processes, on a Dask cluster); the result never depends on it.
"""
