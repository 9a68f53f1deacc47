"""The lesson form: what it shows, and what comes back from it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.kit.forms import Submitted
from app.kit.ids import random_id
from app.lessons.access import Reader
from app.lessons.browse import known_topics
from app.lessons.content import content_of
from app.lessons.models import Lesson
from app.lessons.schemas import LessonInput
from app.people.models import Team
from app.people.teams import all_teams

# Topics stand with commas (or semicolons, or lines) between them; one that holds such a mark itself
# is written in quotation marks.
_TOPIC = re.compile(r'\s*(?:"([^"]+)"|([^,;\n]+))')
_FIELDS = tuple(LessonInput.model_fields)


@dataclass(frozen=True, slots=True)
class LessonForm:
    """Everything the form's template needs; `values` are texts as typed."""

    values: Mapping[str, str]
    teams: list[tuple[str, str]]
    topics: list[str]

    @property
    def unfolded(self) -> bool:
        """Whether anything stands in the part that unfolds."""
        folded = (
            "context",
            "expected",
            "happened",
            "why",
            "cause_type",
            "applies_when",
            "not_when",
            "occurred_on",
            "source_url",
        )
        return any(self.values.get(name) for name in folded)


def blank_form(session: Session, who: Reader) -> LessonForm:
    """An empty form with the person's own team chosen."""
    teams = _own_teams(session, who)
    values = dict.fromkeys(_FIELDS, "") | {
        "visibility": "organisation",
        "author_mode": "named",
        "team": teams[0][0] if teams else "",
        "key": new_key(),
    }
    return LessonForm(values, _options(teams), _topic_names(session, who))


def new_key() -> str:
    """A key for one post by the form: sent twice, it is one lesson."""
    return random_id(26)


def form_for(session: Session, who: Reader, lesson: Lesson) -> LessonForm:
    """The form for a lesson that is there."""
    teams = all_teams(session)  # while they are held, the lesson's own is not asked for again
    content = content_of(session, lesson)
    values = values_of(content) | {"revision": str(lesson.revision)}
    return LessonForm(values, _with(_own(teams, who), content.team), _topic_names(session, who))


def form_again(session: Session, who: Reader, form: Submitted) -> LessonForm:
    """The form as it was sent, nothing lost: also who was to read it, if it was to be a draft."""
    values = dict.fromkeys((*_FIELDS, "key", "revision"), "") | form.as_dict()
    values["visibility"] = next(iter(form.texts("visibility")), "")
    return LessonForm(
        values, _with(_own_teams(session, who), values["team"]), _topic_names(session, who)
    )


def values_of(content: LessonInput) -> dict[str, str]:
    """A lesson's content as the texts of the form's fields."""
    values = {name: _as_text(getattr(content, name)) for name in _FIELDS}
    return values | {"topics": ", ".join(_quoted(name) for name in content.topics)}


def content_in(form: Submitted) -> dict[str, Any]:
    """The lesson that a form sent, to be checked by `LessonInput`. The button "keep as a draft"
    sends a visibility of its own, after the one chosen, and so wins. Who may read it must be
    chosen: a draft does not keep that, and nothing is shared with everyone by default."""
    values: dict[str, Any] = {name: form.text(name) for name in _FIELDS if name in form.values}
    values["visibility"] = form.text("visibility")
    if "topics" in values:
        found = _TOPIC.finditer(values["topics"])
        names = [(quoted or plain or "").strip() for quoted, plain in (m.groups() for m in found)]
        values["topics"] = [name for name in names if name]
    return values


def _quoted(name: str) -> str:
    return f'"{name}"' if re.search("[,;]", name) else name


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _own_teams(session: Session, who: Reader) -> list[tuple[str, str]]:
    return _own(all_teams(session), who)


def _own(teams: Iterable[Team], who: Reader) -> list[tuple[str, str]]:
    return [(team.name, team.name) for team in teams if team.id in who.teams]


def _options(teams: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "No team"), *teams]


def _with(teams: list[tuple[str, str]], chosen: str) -> list[tuple[str, str]]:
    names = {name for name, _ in teams}
    return _options([*teams, *([(chosen, chosen)] if chosen and chosen not in names else [])])


def _topic_names(session: Session, who: Reader) -> list[str]:
    return [topic.name for topic, _ in known_topics(session, who)]
