"""A large made-up organisation with a year of acts, put straight into the tables."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from app.actions.models import Action, ActionKind
from app.briefs.models import Brief, BriefLesson, Disposition
from app.kit.db import Database
from app.lessons.models import (
    Kind,
    Lesson,
    LessonStanding,
    LessonTopic,
    State,
    Visibility,
)
from app.people.models import Membership, Person, Team, TeamRole
from app.responses.models import Question
from app.searches.models import Want
from app.topics.models import Topic
from app.uses.effect import effect
from app.uses.models import Broke, Manner, Recurrence, Result, Use

_BATCH = 5_000
_YEAR_DAYS = 365
#: People of a team: some teams are too small to be told of.
_TEAM_SIZES = (3, 4, 6, 8, 12)
#: A division has so many teams below it.
_TEAMS_BELOW = 24
_TOPICS = 200
_TOPICS_OF_LESSON = 2
_LESSONS_OF_BRIEF = 5
_PRIVATE = 0.1
# Of so many uses one recurrence, brief, question, action; and so many wants.
_USES_PER_AGAIN, _USES_PER_BRIEF, _USES_PER_QUESTION, _USES_PER_ACTION = 20, 10, 30, 50
_WANTS = 200


@dataclass
class LargeOrganisation:
    """So many lessons, teams and uses, the same for the same seed; `ends_at` is when its year is
    over."""

    lessons: int
    teams: int
    uses: int
    ends_at: datetime
    seed: int = 1
    source: random.Random = field(init=False)
    team_ids: list[str] = field(init=False)
    people: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = random.Random(self.seed)  # noqa: S311
        self.team_ids = [_id("t", number) for number in range(self.teams)]

    def fill(self, database: Database) -> None:
        """Put everything into an empty database."""
        parts: tuple[tuple[type[SQLModel], Iterable[dict[str, Any]]], ...] = (
            (Team, self._teams()),
            (Person, self._people()),
            (Membership, self._memberships()),
            (Topic, self._topics()),
            (Lesson, self._lessons()),
            (LessonTopic, self._lesson_topics()),
            (Brief, self._briefs()),
            (BriefLesson, self._brief_lessons()),
            (Use, self._uses()),
            (Recurrence, self._again()),
            (LessonStanding, self._standings()),
            (Question, self._questions()),
            (Action, self._actions()),
            (Want, self._wants()),
        )
        for table, rows in parts:
            for batch in _batches(rows):
                with database.writing() as session:
                    _insert(session, table, batch)

    def _teams(self) -> Iterator[dict[str, Any]]:
        for number, team in enumerate(self.team_ids):
            name, parent = f"Team {number}", None
            if number:  # the first is above the divisions, which are above the others
                above = 0 if number % (_TEAMS_BELOW + 1) == 1 else number - (number - 1) % 25
                parent = self.team_ids[above]
            at = self._moment(_YEAR_DAYS)
            yield {"id": team, "name": name, "key": name, "parent_id": parent, "created_at": at}

    def _people(self) -> Iterator[dict[str, Any]]:
        for team in self.team_ids:
            size = self.source.choice(_TEAM_SIZES)
            self.people[team] = [f"p{number:02}{team[3:]}" for number in range(size)]
            for person in self.people[team]:
                email = f"{person}@example.org"
                at = self._moment(_YEAR_DAYS)
                yield {"id": person, "email": email, "name": person, "created_at": at}

    def _memberships(self) -> Iterator[dict[str, Any]]:
        for team, people in self.people.items():
            for number, person in enumerate(people):
                role = TeamRole.MEMBER if number else TeamRole.MANAGER
                at = self._moment(_YEAR_DAYS)
                yield {"person_id": person, "team_id": team, "role": role, "since": at}

    def _topics(self) -> Iterator[dict[str, Any]]:
        for number in range(_TOPICS):
            name = f"topic{number}"
            facts = {"name": name, "key": name, "curated": True}
            yield {"id": _id("c", number), **facts, "created_at": self._moment(_YEAR_DAYS)}

    def _lessons(self) -> Iterator[dict[str, Any]]:
        for number in range(self.lessons):
            team = self._team()
            private = self.source.random() < _PRIVATE
            at = self._within(3 * _YEAR_DAYS)
            yield {
                "id": _id("l", number),
                "kind": self.source.choice(list(Kind)),
                "title": f"Lesson {number}",
                "lesson": "What was learned. " * 20,
                "recommendation": "Do this. " * self.source.randint(0, 60),
                "team_id": team,
                "author_id": self._one_of(team),
                "visibility": Visibility.TEAM if private else Visibility.ORGANISATION,
                "state": State.POSTED,
                "posted_at": at,
                "changed_at": at,
            }

    def _lesson_topics(self) -> Iterator[dict[str, Any]]:
        for number in range(self.lessons):
            for place, topic in enumerate(self.source.sample(range(_TOPICS), _TOPICS_OF_LESSON)):
                yield {
                    "lesson_id": _id("l", number),
                    "topic_id": _id("c", topic),
                    "position": place,
                }

    def _briefs(self) -> Iterator[dict[str, Any]]:
        for number in range(self.uses // _USES_PER_BRIEF):
            team, at = self._team(), self._within(_YEAR_DAYS)
            by = self._one_of(team)
            facts = {"team_id": team, "by_id": by, "made_at": at, "changed_at": at}
            asked = at + timedelta(days=20) if self.source.random() < _PRIVATE else None
            yield {"id": _id("b", number), "work": f"Work {number}", **facts, "asked_at": asked}

    def _brief_lessons(self) -> Iterator[dict[str, Any]]:
        for number in range(self.uses // _USES_PER_BRIEF):
            for place, lesson in enumerate(
                self.source.sample(range(self.lessons), min(_LESSONS_OF_BRIEF, self.lessons))
            ):
                yield {
                    "brief_id": _id("b", number),
                    "lesson_id": _id("l", lesson),
                    "position": place,
                    "added_at": self.ends_at,
                    "disposition": self.source.choice([*Disposition, None]),
                }

    def _uses(self) -> Iterator[dict[str, Any]]:
        for number in range(self.uses):
            team, at = self._team(), self._within(_YEAR_DAYS)
            both = self.source.random() < _PRIVATE
            yield {
                "id": _id("u", number),
                "lesson_id": self._lesson(),
                "team_id": team,
                "by_id": self._one_of(team),
                "manner": Manner.APPLIED,
                "result": self.source.choice(list(Result)),
                "work": f"Work {number // 3}",
                "used_on": at.date(),
                "before": 9.0 if both else None,
                "after": 1.0 if both else None,
                "reported_at": at,
                "changed_at": at + timedelta(days=self.source.choice((0, 0, 30))),
            }

    def _again(self) -> Iterator[dict[str, Any]]:
        for number in range(self.uses // _USES_PER_AGAIN):
            facts = {"lesson_id": self._lesson(), "team_id": self._team()}
            broke, at = self.source.choice([*Broke, None]), self._within(_YEAR_DAYS)
            yield {"id": _id("r", number), **facts, "broke": broke, "reported_at": at}

    def _standings(self) -> Iterator[dict[str, Any]]:
        for number in range(self.lessons):
            better, same, worse = (self.source.randint(0, 4) for _ in range(3))
            came = {"better": better, "same": same, "worse": worse}
            reach = better + same + worse
            facts = came | {"effect": effect(**came), "reach": reach, "uses": reach}
            yield {"lesson_id": _id("l", number), **facts, "used_on": self.ends_at.date()}

    def _questions(self) -> Iterator[dict[str, Any]]:
        for number in range(self.uses // _USES_PER_QUESTION):
            facts = {"lesson_id": self._lesson(), "by_id": self._one_of(self._team())}
            at = self._within(_YEAR_DAYS)
            yield {"id": _id("q", number), **facts, "text": "How?", "asked_at": at}

    def _actions(self) -> Iterator[dict[str, Any]]:
        for number in range(self.uses // _USES_PER_ACTION):
            by, at = self._one_of(self._team()), self._within(_YEAR_DAYS)
            facts = {"kind": ActionKind.TRAIN, "what": "Do it", "owner_id": by, "by_id": by}
            due = (at + timedelta(days=30)).date()
            lesson = self._lesson()
            row = {"id": _id("a", number), "lesson_id": lesson, "made_at": at, "due_on": due}
            yield row | facts | {"done_at": at if number % 2 else None}

    def _wants(self) -> Iterator[dict[str, Any]]:
        for number in range(_WANTS):
            words = f"topic{number} word{number}"
            facts = {"words": words, "key": words, "person_id": self._one_of(self._team())}
            yield {"id": _id("w", number), **facts, "wanted_at": self._within(_YEAR_DAYS)}

    def _team(self) -> str:
        return self.source.choice(self.team_ids)

    def _one_of(self, team: str) -> str:
        return self.source.choice(self.people[team])

    def _lesson(self) -> str:
        return _id("l", self.source.randrange(self.lessons))

    def _moment(self, days: float) -> datetime:
        return self.ends_at - timedelta(days=days)

    def _within(self, days: float) -> datetime:
        return self._moment(self.source.random() * days)


def _id(letter: str, number: int) -> str:
    return f"{letter}{number:015}"


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _insert(session: Session, table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    session.connection().execute(sa.insert(table), [table(**row).model_dump() for row in rows])
