"""What bears on a piece of work: found by the whole of its text, each lesson with why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from app.briefs.access import reading_for
from app.briefs.order import AT_ONCE, Candidate, chosen
from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.fairness import fairly
from app.lessons.finding import IN_USE
from app.lessons.found import FoundLesson, found_lessons
from app.topics.directory import synonyms_of, topic_key
from search import Index, Match, Matches, Query

#: More are found than shown: what was found may be retired by now, and a brief can show more.
_FOUND = 40
#: What a whole topic that the work names, and the team's own experience, add to a lesson's score.
_TOPIC_TIMES, _OWN_TEAM_TIMES = 1.1, 1.05
_SHORTEST_TOPIC = 3
_PLAINLY_READ = 2_000
#: What a brief may take of the engine before it counts as hard work: as long as most may take among
#: ten thousand lessons. A team that briefs all its work in one morning is no burden to others.
_FREE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Bearing:
    """A lesson and why it bears on the work: words of the work that it shares, those of them that
    stand in its `applies_when` and in its `not_when`, ids of its topics that the work names."""

    lesson: FoundLesson
    shared: Sequence[str] = ()
    applies: Sequence[str] = ()
    against: Sequence[str] = ()
    topics: Sequence[str] = ()

    @property
    def why(self) -> dict[str, Any]:
        """As a brief keeps it."""
        return {
            name: list(words)
            for name in ("shared", "applies", "against", "topics")
            if (words := getattr(self, name))
        }


@dataclass(frozen=True, slots=True)
class Assembled:
    """The lessons of a brief in their order. `more` says that there are others; `unwritten` are
    words of the work that none of the good ones holds; `good` that at least one says more of it
    than a word or two; `plainly` that the database answered, not the index."""

    lessons: list[Bearing] = field(default_factory=list)
    unwritten: Sequence[str] = ()
    more: bool = False
    good: bool = False
    plainly: bool = False


def assemble(
    session: Session,
    index: Index,
    who: Reader,
    work: str,
    *,
    team_id: str | None,
    today: date,
    limit: int = AT_ONCE,
    exclude: Collection[str] = (),
) -> Assembled:
    """The lessons in use that bear on the work most, of those that all who read what the team has
    may read. Raises SearchedTooMuch."""
    ours = reading_for(who, team_id)
    try:
        with fairly(who.person.id, free_seconds=_FREE_SECONDS):
            matches = index.matches(
                work,
                audiences=ours.audiences,
                today=today,
                limit=_FOUND,
                exclude=frozenset(exclude),
            )
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        return _plainly(session, ours, work, limit, exclude)
    bearing = _bearing(session, ours, work, matches.matches, team_id)
    candidates = [
        Candidate(b.lesson.id, score, b.lesson.kind, len(b.shared)) for b, score in bearing
    ]
    by_id = {b.lesson.id: b for b, _ in bearing}
    ids = chosen(candidates, limit)
    warned = {word for b, _ in bearing for word in b.against}
    return Assembled(
        [by_id[lesson_id] for lesson_id in ids],
        [word for word in matches.unmet if word not in warned],
        more=len(chosen(candidates, _FOUND)) > len(ids),
        good=_speaks_of_it(candidates, matches),
    )


def _bearing(
    session: Session, who: Reader, work: str, matches: Iterable[Match], team_id: str | None
) -> list[tuple[Bearing, float]]:
    """The matches with their lessons and scores, the most relevant first."""
    by_id = {match.id: match for match in matches}
    lessons = found_lessons(session, list(by_id), who, IN_USE)
    named = _topics_named(session, lessons, work)
    found = []
    for lesson in lessons:
        match = by_id[lesson.id]
        topics = [topic.id for topic in lesson.topics if topic.id in named]
        score = match.score * (_TOPIC_TIMES if topics else 1.0)
        score *= _OWN_TEAM_TIMES if team_id and lesson.team and lesson.team.id == team_id else 1.0
        bearing = Bearing(lesson, match.shared, match.applies, match.against, topics)
        found.append((bearing, score))
    return sorted(found, key=lambda pair: -pair[1])


def _topics_named(session: Session, lessons: Iterable[FoundLesson], work: str) -> set[str]:
    """Ids of the lessons' topics that the work names, by their name or a synonym."""
    topics = {topic.id: topic.name for lesson in lessons for topic in lesson.topics}
    if not topics:
        return set()
    letters = "".join(c if c.isalnum() else " " for c in work)
    said = f" {' '.join(letters.casefold().split())} "
    words = synonyms_of(session, topics)
    return {
        topic_id
        for topic_id, name in topics.items()
        if any(_is_said(word, said) for word in (name, *words[topic_id]))
    }


def _is_said(word: str, said: str) -> bool:
    key = topic_key(word)
    one = key.removesuffix("s")
    return len(one) >= _SHORTEST_TOPIC and (f" {one} " in said or f" {one}s " in said)


def _speaks_of_it(candidates: Sequence[Candidate], matches: Matches) -> bool:
    """Whether a lesson shares two words of the work, or all of one that says so little."""
    told = {word for match in matches.matches for word in match.shared}
    needed = min(2, len(told | set(matches.unmet)))
    return any(candidate.words >= needed for candidate in candidates)


def _plainly(
    session: Session, who: Reader, work: str, limit: int, exclude: Collection[str]
) -> Assembled:
    """By words as they are written, while the index cannot answer."""
    query = Query(
        text=work[:_PLAINLY_READ],
        audiences=who.audiences,
        states=frozenset(IN_USE),
        per_page=limit + len(exclude),
    )
    ids, _ = fallback.lessons_found(session, who, query)
    left = [lesson_id for lesson_id in ids if lesson_id not in exclude]
    found = found_lessons(session, left, who, IN_USE, limit)
    return Assembled([Bearing(lesson) for lesson in found], good=bool(found), plainly=True)
