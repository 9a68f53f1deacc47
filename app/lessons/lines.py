"""Lessons as the lines of a list: everything that a line says, ready to be written down."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from app.lessons.worth import Worth, age_in_words, effect_in_words

_TOPICS_SHOWN = 4


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class _Linked(_Named, Protocol):
    @property
    def url(self) -> str: ...


class Listed(Protocol):
    """A lesson with what a list says of it, however it was read."""

    @property
    def kind(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def shared_with(self) -> str: ...
    @property
    def team(self) -> _Named | None: ...
    @property
    def day(self) -> date: ...
    @property
    def topics(self) -> Sequence[_Linked]: ...
    @property
    def worth(self) -> Worth | None: ...
    @property
    def held_on(self) -> date: ...


class Line(NamedTuple):
    """One lesson in a list, in the order in which `shared/_lesson_row.html` takes it apart: to ask
    for each of these by name, line by line, is what a list's page would spend most time on.

    `state` is empty for the ordinary one, `facts` are who and where in words, `day` is when it was
    posted, `topics` are (address, name), `more_topics` counts those left out, `snippet` is the
    passage in pieces (text, whether it matches), `worth` why it stands higher or lower than its
    words alone would have it, mostly empty.
    """

    kind: str
    url: str
    title: str
    state: str
    facts: Sequence[str]
    day: date
    topics: Sequence[tuple[str, str]]
    more_topics: int
    snippet: Sequence[tuple[str, bool]]
    worth: str


def line(
    lesson: Listed,
    snippet: Sequence[tuple[str, bool]] = (),
    unsaid: str = "",
    today: date | None = None,
) -> Line:
    """The lesson's line; `snippet` is its passage that matched, `unsaid` the name of a person, team
    or topic that the page is about, which its lines need not say. With `today` a lesson that nobody
    stood by for long says so: where that moved it."""
    state, team = lesson.state, lesson.team
    topics = [topic for topic in lesson.topics if topic.name != unsaid]
    facts = [lesson.byline, "team only" if lesson.shared_with == "team" else ""]
    facts += [team.name if team else ""]
    return Line(
        lesson.kind,
        lesson.url,
        lesson.title,
        "" if state == "posted" else state,
        [fact for fact in facts if fact and fact != unsaid],
        lesson.day,
        [(topic.url, topic.name) for topic in topics[:_TOPICS_SHOWN]],
        max(0, len(topics) - _TOPICS_SHOWN),
        snippet,
        effect_in_words(lesson.worth) or (age_in_words(lesson.held_on, today) if today else ""),
    )


def lines(lessons: Iterable[Listed], unsaid: str = "") -> list[Line]:
    """The lines of a list without passages."""
    return [line(lesson, unsaid=unsaid) for lesson in lessons]
