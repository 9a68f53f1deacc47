"""Subjects of lessons, with their synonyms."""
