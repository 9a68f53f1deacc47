"""Searches worth keeping: those that somebody saved, and those that found nothing yet."""
