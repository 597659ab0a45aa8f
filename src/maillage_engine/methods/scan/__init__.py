"""Scanning pairs one by one in compiled loops: what makes a search of 10⁵ × 10⁵ rows fit in a minute and in memory.

``rows`` lays the rows out for the loops, ``nearby`` cuts them into blocks that are dropped without being looked at,
``pair`` judges one pair by the rules of ``maillage_engine.rules`` and the criteria of ``maillage_engine.scoring``,
``scanning`` finds the best of one row, ``heap`` keeps them, ``spread`` shares the rows out among threads. Same
answers as the arrays of ``methods.search`` and as the slow twin, bit for bit (promises S1 and T10).
"""
