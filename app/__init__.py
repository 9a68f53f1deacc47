"""Commonplace: an organisation's memory."""

VERSION = "0.1.0"
