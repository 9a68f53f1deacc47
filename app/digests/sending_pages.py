"""What administrators see of digests: what goes out, when, to whom, and what did."""

from app.kit.doors import doors

router = doors()
