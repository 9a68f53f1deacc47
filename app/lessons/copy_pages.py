"""A lesson to take along: as Markdown."""

from app.kit.doors import doors

router = doors()
