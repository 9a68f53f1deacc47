"""The inbox, and what to be told of."""

from app.kit.doors import doors

router = doors()
