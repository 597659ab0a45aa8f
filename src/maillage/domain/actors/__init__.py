"""Actors: organisations, sites, people, poles, memberships and mandates."""
