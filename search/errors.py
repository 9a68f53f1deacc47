"""What can go wrong with the index, told apart by what the caller should do about it."""

import pickle
import struct
import zlib


class SearchError(Exception):
    """The root of every error that `search` raises by itself."""


class IndexBusy(SearchError):
    """Another process writes and did not finish in time: try again."""


class IndexDamaged(SearchError):
    """The files on disk cannot be read, or are not what was written: rebuild."""


class SearchTooLong(SearchError):
    """A query whose conditions took longer than a search may: ask for less at once."""


class InvalidDocument(SearchError, ValueError):
    """A document that cannot be indexed; nothing of its batch was written."""


#: What reading raises over files that are not what was written; told as `IndexDamaged`.
UNREADABLE = (
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    AssertionError,
    struct.error,
    zlib.error,
    pickle.UnpicklingError,
)
