"""Random names for things, safe in addresses, telling nothing of order or time."""

import hashlib
import secrets

# Crockford's base 32: no i, l, o, u, so that an id read aloud or retyped stays what it was.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 16


def random_id(length: int = ID_LENGTH) -> str:
    """A random id of `length` characters, five bits each (80 bits by default)."""
    # 256 is a whole number of times 32: each letter is as likely as any other.
    return "".join([_ALPHABET[byte % len(_ALPHABET)] for byte in secrets.token_bytes(length)])


def id_from(*parts: str) -> str:
    """An id that follows from `parts`, the same each time: 80 bits of their SHA-256."""
    mixed = hashlib.sha256("\x00".join(parts).encode()).digest()[:ID_LENGTH]
    return "".join([_ALPHABET[byte % len(_ALPHABET)] for byte in mixed])


def is_random_id(text: str) -> bool:
    """Whether `text` could be an id that `random_id` made."""
    return len(text) == ID_LENGTH and set(text) <= set(_ALPHABET)
