"""What a change did to a lesson, said in a sentence."""

from collections.abc import Iterable

from app.lessons.differences import FieldChange

_NOUNS = {
    "kind": "the kind",
    "title": "the title",
    "context": "the context",
    "expected": "what we expected",
    "happened": "what happened",
    "why": "the reason",
    "cause_type": "the type of cause",
    "lesson": "what we learned",
    "recommendation": "the recommendation",
    "applies_when": "the conditions",
    "not_when": "the exceptions",
    "topics": "the topics",
    "team": "the team",
    "visibility": "who may read it",
    "occurred_on": "the day that it happened",
    "source_url": "the source",
}
# New conditions are some among others that may come.
_NEW_NOUNS = {"applies_when": "a condition", "not_when": "an exception"}


def changes_in_words(changes: Iterable[FieldChange]) -> str:
    """`Changed the recommendation, added a condition.`; empty when nothing changed."""
    done: dict[str, list[str]] = {"changed": [], "added": [], "removed": []}
    for change in changes:
        noun = _NOUNS.get(change.name, change.label.lower())
        done[change.deed].append(
            _NEW_NOUNS.get(change.name, noun) if change.deed == "added" else noun
        )
    said = [f"{deed} {_listed(nouns)}" for deed, nouns in done.items() if nouns]
    words = ", ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _listed(nouns: list[str]) -> str:
    *first, last = nouns
    return f"{', '.join(first)} and {last}" if first else last
