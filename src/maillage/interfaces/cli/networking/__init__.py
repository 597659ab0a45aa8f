"""``maillage network``: reading dated links, writing what is seen of the network."""
