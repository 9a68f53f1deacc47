"""The words of the product for its values, as people read them."""

from enum import StrEnum

_KINDS = {
    "success": "Success",
    "failure": "Failure",
    "near_miss": "Near miss",
    "experiment": "Experiment",
}
_STATES = {
    "draft": "Draft",
    "posted": "Observation",
    "identified": "Identified",
    "learned": "Learned",
    "retired": "Retired",
}
_CAUSES = {
    "skill": "Skill: we did not know how",
    "process": "Process: the way of working led there",
    "tool": "Tool: the equipment or software",
    "communication": "Communication: it did not reach the right people",
    "not_shared": "A lesson that was not shared",
    "outside": "Outside: beyond our control",
}
_FIELDS = {
    "kind": "Kind",
    "title": "Title",
    "context": "What we were doing",
    "expected": "What we expected",
    "happened": "What happened",
    "why": "Why",
    "cause_type": "Type of cause",
    "lesson": "What we learned",
    "recommendation": "What to do next time",
    "applies_when": "Applies when",
    "not_when": "Not when",
    "topics": "Topics",
    "team": "Team",
    "visibility": "Shared with",
    "author_mode": "Author",
    "occurred_on": "When it happened",
    "external_id": "External id",
    "source_url": "Source",
    "email": "E-mail",
    "action-what": "What is to change",
    "action-kind": "What kind of change",
    "action-owner": "Who makes it",
    "action-due": "Until when",
    "evidence": "How you can tell that it works",
}
KINDS = tuple(_KINDS.items())
CAUSES = (("", "—"), *_CAUSES.items())


def kind_label(kind: str | StrEnum) -> str:
    return _KINDS[str(kind)]


def state_label(state: str | StrEnum) -> str:
    return _STATES[str(state)]


def cause_label(cause: str | StrEnum) -> str:
    return _CAUSES[str(cause)]


def field_label(name: str) -> str:
    return _FIELDS.get(name, name.replace("_", " ").capitalize())
