"""Full-text search over lessons: everything the rest of the product may import of it."""

from .documents import EVERYONE, Document
from .errors import IndexBusy, IndexDamaged, InvalidDocument, SearchError, SearchTooLong
from .index import Index, open_index
from .port import Engine
from .query import Query
from .results import Difference, Hit, Match, Matches, Results, Snippet, Suggestion
from .subject import other_names, telling_terms

__all__ = [
    "EVERYONE",
    "Difference",
    "Document",
    "Engine",
    "Hit",
    "Index",
    "IndexBusy",
    "IndexDamaged",
    "InvalidDocument",
    "Match",
    "Matches",
    "Query",
    "Results",
    "SearchError",
    "SearchTooLong",
    "Snippet",
    "Suggestion",
    "open_index",
    "other_names",
    "telling_terms",
]
