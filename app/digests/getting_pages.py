"""Who gets which digest and how often; ending it with one click from a mail."""

from app.kit.doors import doors

router = doors()
