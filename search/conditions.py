"""Which documents pass what a query demands beside its plain words: phrases, fields, beginnings.

Every condition is a mask over all documents; nothing of them is scored. Facts of a document (words
of its title, topics, team, author; its kind) are terms of the field "facts", each behind the name
of its kind: `title:screw`, `kind:near_miss`.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from .analyzers import stem
from .budget import Budget
from .following import following
from .grammar import Condition
from .snapshot import Mask, Snapshot

_PLURALS = ("", "s", "es")


def passing(
    snapshot: Snapshot, conditions: Iterable[Condition], readable: Mask, budget: Budget
) -> Mask:
    """Which of the readable documents pass every condition; `SearchTooLong` if time runs out."""
    found = readable
    for condition in conditions:
        holds = _holding(snapshot, condition, found, budget)
        found = found & ~holds if condition.excluded else holds
    return found


def _holding(snapshot: Snapshot, condition: Condition, among: Mask, budget: Budget) -> Mask:
    """Which of some documents hold all that a condition names."""
    found = among
    budget.check()
    for mask in _masks(snapshot, condition):
        found = found & mask
        budget.check()
    terms = [term for word in condition.words for term in word.terms]
    if condition.exact and len(terms) > 1 and condition.field in ("text", "title"):
        found = following(snapshot, terms, found, budget.check)
    return found


def _masks(snapshot: Snapshot, condition: Condition) -> Iterator[Mask]:
    """For each thing that a condition names, which documents hold it."""
    if condition.field == "kind":
        yield _of_kind(snapshot, condition)
        return
    held, begun, named = "text", "words", ""
    if condition.field != "text":
        held, begun, named = "facts", "facts", f"{condition.field}:"
    if condition.prefix:
        # Facts are stems, which may be shorter than what was typed of them.
        stems = snapshot.holding(held, named + stem(condition.prefix))
        yield snapshot.beginning(begun, named + condition.prefix) | stems
    for term in dict.fromkeys(term for word in condition.words for term in word.terms):
        yield snapshot.holding(held, named + term)


def _of_kind(snapshot: Snapshot, condition: Condition) -> Mask:
    """Documents of a kind, however its name is joined, and of many: "near misses"."""
    parts = [part for word in condition.words for part in word.plain]
    if condition.prefix:
        return snapshot.beginning("facts", "kind:" + "_".join([*parts, condition.prefix]))
    name = "_".join(parts)
    named = [name.removesuffix(ending) for ending in _PLURALS if name.endswith(ending)]
    found: Mask = np.logical_or.reduce([snapshot.holding("facts", f"kind:{one}") for one in named])
    return found
