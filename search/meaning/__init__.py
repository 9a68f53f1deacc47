"""Ranking by meaning, optional: sentence vectors of lessons, and the first of a search by them.

Nothing here is imported unless a model is named, and the libraries that run a model not before one
is loaded.
"""

from .meaning import Meaning
from .model_folder import MeaningUnavailable

__all__ = ["Meaning", "MeaningUnavailable"]
