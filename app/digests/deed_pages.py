"""From a digest to the deed: on the page, and from the mail by a signed link."""

from app.kit.doors import doors

router = doors()
# Addresses that a mail carries: each door asks for the seal (`kit/sealed.py`).
signed = doors()
