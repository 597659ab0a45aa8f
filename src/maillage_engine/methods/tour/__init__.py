"""Rounds: ``problem`` says what there is, ``planning.tour`` plans a day, ``week.plan_week`` several days.

Import from the modules: the solver's door stands between ``problem`` and ``planning``.
"""
