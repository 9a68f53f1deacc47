"""What one may be about to type, for the search field and for topics."""

from app.kit.doors import doors

router = doors()
