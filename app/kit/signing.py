"""Keyed digests: proof that a value came from us, without keeping it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

_LONGEST_TIME = 12  # digits: seconds for the next thirty thousand years


def digest(key: bytes, purpose: str, *parts: str) -> str:
    """HMAC-SHA-256 (RFC 2104) over `purpose` and `parts`, URL-safe, 43 characters."""
    message = "\x00".join((purpose, *parts)).encode()
    mac = hmac.new(key, message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def fingerprint(secret: str) -> str:
    """SHA-256, in hexadecimal, of a secret with enough entropy of its own: what is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Whether two strings are equal, in time that does not tell where they differ."""
    return hmac.compare_digest(left.encode(), right.encode())


def sign_until(
    key: bytes, purpose: str, subject: str, *, now: datetime, lifetime: timedelta
) -> str:
    """A grant for `subject` that ends by itself: `expiry.mac`."""
    expiry = str(int((now + lifetime).timestamp()))
    return f"{expiry}.{digest(key, purpose, subject, expiry)}"


def still_signed(key: bytes, purpose: str, subject: str, grant: str, *, now: datetime) -> bool:
    """Whether `grant` was signed for `subject` and has not ended."""
    expiry, _, mac = grant.partition(".")
    a_time = expiry.isascii() and expiry.isdigit() and len(expiry) <= _LONGEST_TIME
    if not a_time or int(expiry) < now.timestamp():
        return False
    return same(mac, digest(key, purpose, subject, expiry))


def seal(
    key: bytes, purpose: str, parts: Sequence[str], *, now: datetime, lifetime: timedelta
) -> str:
    """A word for an address that carries `parts` (without dots) and ends by itself:
    `part.part.expiry.mac`. Anybody may read it; nobody else can make it."""
    if any("." in part for part in parts):
        raise ValueError(parts)
    subject = ".".join(parts)
    return f"{subject}.{sign_until(key, purpose, subject, now=now, lifetime=lifetime)}"


def unsealed(key: bytes, purpose: str, word: str, *, now: datetime) -> tuple[str, ...] | None:
    """The parts that `word` was sealed with for this purpose; None if it was not, or has ended."""
    subject, _, rest = word.rpartition(".")
    subject, _, expiry = subject.rpartition(".")
    if not still_signed(key, purpose, subject, f"{expiry}.{rest}", now=now):
        return None
    return tuple(subject.split("."))
