"""Needs gathering: campaigns, workshops, interviews, the inbox."""
