"""Following and no longer following."""

from app.kit.doors import doors

router = doors()
