"""The one door to Whoosh: every name of it that we use, imported without its compile warnings.

Whoosh 2.7.4 dates from 2016; a new Python warns about a few of its literals when it first
compiles them. The warnings are silenced here, for these imports alone.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3Codec
    from whoosh.columns import VarBytesColumn
    from whoosh.fields import COLUMN, FieldType, Schema
    from whoosh.filedb.compound import CompoundStorage
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Existence
    from whoosh.index import TOC
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.util.numeric import byte_to_length

__all__ = [
    "COLUMN",
    "LENGTHS_COLUMN",
    "TOC",
    "BufferFile",
    "CompoundStorage",
    "Existence",
    "FieldType",
    "FileStorage",
    "Schema",
    "SegmentReader",
    "TermNotFound",
    "VarBytesColumn",
    "W3Codec",
    "byte_to_length",
]
