"""Attachments in a bucket of S3, or of what speaks like it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import BinaryIO
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.config import SettingsError
from app.files.refusals import FileMissing, FilesUnavailable
from app.kit.answers import StorageFull

_FORM = "s3://KEY:SECRET@host[:port]/bucket[/prefix][?region=…&http=1]"
_KNOWN = {"region", "http"}
_CHUNK_BYTES = 256 * 1024
_PART_BYTES = 16 * 1024 * 1024
_FAN = 2
# Answers that mean that there is no room, in the words of S3 and of those who speak like it.
_NO_ROOM = ("507 Insufficient Storage", "StorageFull", "QuotaExceeded", "Insufficient Storage")
_RETRIES, _RETRYING_SECONDS = 2, 5
_CONNECTING_SECONDS, _ANSWERING_SECONDS = 3, 60
_log = structlog.get_logger("files")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A `Store` in a bucket: an object a content, under the prefix and its first two letters.

    The bucket's own times cannot be changed: they tell when something was attached (decision 9).
    """

    bucket: S3Store

    @classmethod
    def at(cls, address: str) -> "Bucket":
        """The bucket at `s3://KEY:SECRET@host[:port]/bucket/prefix?region=…&http=1`. Raises
        SettingsError, whose message holds no key."""
        try:
            url = urlsplit(address)
            options = parse_qs(url.query, strict_parsing=bool(url.query))
            port = f":{url.port}" if url.port else ""
        except ValueError as error:
            raise _not_an_address("it cannot be read") from error
        if not (url.hostname and url.username and url.password):
            raise _not_an_address("host, key and secret must be given")
        if not set(options) <= _KNOWN:
            raise _not_an_address("only region and http can follow the question mark")
        plain = options.get("http") == ["1"]
        region = options.get("region", ["us-east-1"])[0]
        return cls(_open(url, f"{'http' if plain else 'https'}://{url.hostname}{port}", region))

    def put(self, name: str, content: BinaryIO, *, now: datetime) -> None:
        del now  # the bucket keeps its own
        with _answering():
            obstore.put(self.bucket, _key(name), content, chunk_size=_PART_BYTES)

    def read(self, name: str) -> Iterator[bytes]:
        with _answering():
            try:
                found = obstore.get(self.bucket, _key(name))
            except FileNotFoundError as error:
                raise FileMissing from error
            pieces = (bytes(piece) for piece in found.stream(min_chunk_size=_CHUNK_BYTES))
            return chain([next(pieces, b"")], pieces)

    def remove(self, name: str) -> None:
        with _answering():
            try:
                obstore.delete(self.bucket, _key(name))
            except FileNotFoundError:
                return

    def names(self) -> Iterator[str]:
        with _answering():
            for several in obstore.list(self.bucket):
                yield from (one["path"].rpartition("/")[2] for one in several)


def _open(url: SplitResult, endpoint: str, region: str) -> S3Store:
    bucket, _, prefix = url.path.strip("/").partition("/")
    if not bucket:
        raise _not_an_address("the bucket must be given")
    return S3Store(
        bucket,
        prefix=prefix or None,
        endpoint=endpoint,
        region=region,
        access_key_id=unquote(url.username or ""),
        secret_access_key=unquote(url.password or ""),
        virtual_hosted_style_request=False,
        client_options={
            "allow_http": endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=_CONNECTING_SECONDS),
            "timeout": timedelta(seconds=_ANSWERING_SECONDS),
        },
        retry_config={
            "max_retries": _RETRIES,
            "retry_timeout": timedelta(seconds=_RETRYING_SECONDS),
        },
    )


def _key(name: str) -> str:
    return f"{name[:_FAN]}/{name}"


def _not_an_address(why: str) -> SettingsError:
    return SettingsError(f"Invalid setting: COMMONPLACE_FILES_URL: {why}; it looks like {_FORM}")


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (BaseError, ValueError) as error:
        said = str(error)
        full = any(words in said for words in _NO_ROOM)
        _log.error("the bucket of files does not answer", full=full, error=type(error).__name__)
        raise (StorageFull if full else FilesUnavailable) from error
