"""Bringing lessons in from files, and giving them out again."""
