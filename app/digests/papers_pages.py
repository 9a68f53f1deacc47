"""Digests to take along: as Markdown, PDF, and a calendar entry."""

from app.kit.doors import doors

router = doors()
