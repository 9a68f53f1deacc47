"""Persons, teams and memberships."""
