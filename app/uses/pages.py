"""What came of a lesson in the browser."""

from app.kit.doors import doors

router = doors()
