"""Who gets which digest and how often; ending it with one click from a mail."""

from app.kit.doors import doors

router = doors()
# Addresses that a mail carries: each door asks for the seal (`kit/sealed.py`).
signed = doors()
