"""Asking, answering and thanking in the browser."""

from app.kit.doors import doors

router = doors()
