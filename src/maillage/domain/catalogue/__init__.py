"""The catalogue: what a territory lacks and has, as a tree of resource types kept in readable files."""
