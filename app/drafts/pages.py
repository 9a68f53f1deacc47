"""The form for a lesson, kept as it is typed."""

from app.kit.doors import doors

router = doors()
