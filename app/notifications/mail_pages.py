"""Notices by mail: ending them with one click."""

from app.kit.doors import doors

router = doors()
