"""The lesson form: what it shows, and what comes back from it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from app.kit.forms import Submitted
from app.kit.ids import random_id
from app.lessons.access import Reader
from app.lessons.browse import known_topics
from app.lessons.content import content_of
from app.lessons.models import TITLE_LENGTH, Lesson
from app.lessons.schemas import LessonInput
from app.lessons.ways import STORY, Way, way_named
from app.people.models import Team
from app.people.teams import all_teams

# Topics stand with commas (or semicolons, or lines) between them; one that holds such a mark itself
# is written in quotation marks.
_TOPIC = re.compile(r'\s*(?:"([^"]+)"|([^,;\n]+))')
_FIELDS = tuple(LessonInput.model_fields)
# Beside the lesson: a key for the post, the revision that is changed, the draft and what of it was
# seen, the window it is typed in, the way it was begun, what is wanted that it is written for.
_BESIDE = ("key", "revision", "draft", "draft_revision", "writer", "as", "wanted")
_ABOVE = ("", "title", "kind", *STORY)
_PLACES = {name: place for place, name in enumerate(_ABOVE)}
#: How fields begin that speak of other lessons, each with its id.
RELATING = ("relation.", "recurrence.")
_CHOOSE_A_KIND = "Choose what it was: a success, a failure, a near miss or an experiment."
_NOTHING = dict.fromkeys((*_FIELDS, *_BESIDE), "")


@dataclass(frozen=True, slots=True)
class LessonForm:
    """Everything the form's template needs; `values` are texts as typed."""

    values: Mapping[str, str]
    teams: list[tuple[str, str]]
    topics: list[str]

    @property
    def way(self) -> Way:
        return way_named(self.values["as"])

    def begun_with(self, values: Mapping[str, str]) -> "LessonForm":
        """The same form with some of its fields filled in."""
        return replace(self, values={**self.values, **values})

    @property
    def relations(self) -> dict[str, str]:
        """What was said of other lessons, as fields of the form."""
        return {name: text for name, text in self.values.items() if name.startswith(RELATING)}


def blank_form(
    session: Session, who: Reader, *, draft_id: str = "", way: str = "", title: str = ""
) -> LessonForm:
    """An empty form with the person's own team chosen; `title` is what somebody asked for."""
    teams = _own_teams(session, who)
    values = _NOTHING | {
        "visibility": "organisation",
        "author_mode": "named",
        "title": title[:TITLE_LENGTH],
        "team": teams[0][0] if teams else "",
        "key": new_key(),
        "draft": draft_id or random_id(),
        "writer": random_id(),
    }
    return LessonForm(_begun(values, way), _options(teams), _topic_names(session, who))


def form_with(
    session: Session, who: Reader, typed: Mapping[str, str], *, way: str = ""
) -> LessonForm:
    """The form with what was typed before; for another way to begin, if one is chosen."""
    values = {**_NOTHING, "key": new_key(), **typed, "writer": random_id()}
    teams = _with(_own_teams(session, who), values["team"])
    return LessonForm(_begun(values, way), teams, _topic_names(session, who))


def _begun(values: dict[str, str], way: str) -> dict[str, str]:
    """Begun in this way: its kind is chosen, unless another was chosen by hand."""
    if not way:
        return values
    before, after = way_named(values["as"]), way_named(way)
    by_hand = values["kind"] not in ("", before.kind)
    return values | {"as": way, "kind": values["kind"] if by_hand else after.kind or ""}


def new_key() -> str:
    """A key for one post by the form: sent twice, it is one lesson."""
    return random_id(26)


def form_for(session: Session, who: Reader, lesson: Lesson) -> LessonForm:
    """The form for a lesson that is there."""
    teams = all_teams(session)  # while they are held, the lesson's own is not asked for again
    content = content_of(session, lesson)
    values = _NOTHING | values_of(content) | {"revision": str(lesson.revision)}
    values |= {"draft": random_id(), "writer": random_id()}
    return LessonForm(values, _with(_own(teams, who), content.team), _topic_names(session, who))


def form_again(session: Session, who: Reader, form: Submitted, *, way: str = "") -> LessonForm:
    """The form as it was sent, nothing lost: also who was to read it, if it was to be a draft."""
    values = _NOTHING | form.as_dict()
    values["visibility"] = next(iter(form.texts("visibility")), "")
    teams = _with(_own_teams(session, who), values["team"])
    return LessonForm(_begun(values, way), teams, _topic_names(session, who))


def as_on_the_page(errors: Mapping[str, str]) -> dict[str, str]:
    """Errors by field in the order in which the form has the fields, in the form's own words: a
    kind is chosen, not filled in."""
    said = dict(errors) | ({"kind": _CHOOSE_A_KIND} if "kind" in errors else {})
    return dict(sorted(said.items(), key=lambda error: _PLACES.get(error[0], len(_PLACES))))


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
