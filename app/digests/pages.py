"""Digests on the web: of a month or a week, and the lists behind their numbers."""

from app.kit.doors import doors

router = doors()
