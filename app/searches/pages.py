"""Saved searches and wanted lessons in the browser."""

from app.kit.doors import doors

router = doors()
