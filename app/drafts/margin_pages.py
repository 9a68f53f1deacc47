"""The margin beside what is being written: the coach, and lessons like it."""

from app.kit.doors import doors

router = doors()
