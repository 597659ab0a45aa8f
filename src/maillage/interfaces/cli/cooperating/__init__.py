"""What ``maillage cooperate`` is made of: solving, telling, the page."""
