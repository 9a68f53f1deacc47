"""Digests for programs."""

from app.kit.doors import doors

router = doors(tags=["digests"])
