"""Attachments in the browser: brought, shown, taken away."""

from app.kit.doors import doors

router = doors()
