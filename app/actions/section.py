"""The part of a lesson's page that tells of its actions, and what comes back into its forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from app.actions.listing import ActionLine, actions_of
from app.actions.models import Action
from app.lessons.models import Lesson


@dataclass(frozen=True, slots=True)
class Section:
    """Actions of a lesson, as their part of its page shows them. `at` is the id of the action whose
    form comes back refused with `errors`, empty for that which proposes; `said` is what was just
    done; `gone` an action that was just removed."""

    lines: list[ActionLine]
    today: date
    may_propose: bool
    at: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    gone: Action | None = None
    gone_owner: str = ""


def actions_section(session: Session, lesson: Lesson, today: date, *, claimed: bool) -> Section:
    """The actions of a lesson that whoever asks may read; `claimed` says that they hold its claim
    code, and so may not put their name beside it. One question to the database."""
    return Section(
        actions_of(session, lesson.id),
        today,
        may_propose=not (claimed or lesson.is_draft or lesson.is_retired),
    )
