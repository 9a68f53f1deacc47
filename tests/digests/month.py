"""A month at Northwind: Pumps is large enough to be counted, Valves and Sales are not."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlmodel import Session, col, select

from app.actions.acting import propose
from app.actions.schemas import ActionInput
from app.briefs.assemble import Assembled, Bearing
from app.briefs.dispose import dispose
from app.briefs.looking import Looked
from app.briefs.making import keep
from app.briefs.models import Brief, Disposition
from app.briefs.schemas import BriefInput
from app.digests.compiling.facts import Window
from app.digests.compiling.loading import load
from app.digests.compiling.month import Compiled, compile_one, compiled
from app.digests.compiling.sections.wants import knowers
from app.digests.compiling.subjects import Subjects
from app.digests.models import NOBODY, About, Edition
from app.digests.period import month_of
from app.kit.db import Database
from app.lessons.capture import post
from app.lessons.found import FoundLesson
from app.lessons.models import Lesson
from app.lessons.schemas import LessonInput
from app.people.directory import add_person
from app.people.models import Person, Team, TeamRole
from app.people.teams import join_team
from app.responses.asking import ask
from app.responses.schemas import Words
from app.topics.models import Topic
from app.uses.models import Use
from app.uses.recurrence import report_again
from app.uses.report import report
from app.uses.schemas import RecurrenceInput, UseInput
from tests.cast import START, Cast

MARCH = month_of(START.date())
AFTER = datetime(2026, 4, 1, 9, tzinfo=UTC)
Subject = tuple[About, str, Edition]


@dataclass
class Month:
    """Acts of a month in one session, each a minute after the one before."""

    database: Database
    cast: Cast
    session: Session
    now: datetime = START
    lessons: dict[str, Lesson] = field(default_factory=dict)

    def tick(self, **later: float) -> datetime:
        """A minute later, or as said."""
        self.now += timedelta(**later) if later else timedelta(minutes=1)
        return self.now

    def enlarge(self, team: Team, count: int = 4) -> list[Person]:
        """So many more people in a team."""
        people = []
        for number in range(count):
            email = f"{team.key}{number}@northwind.example"
            person = add_person(
                self.session, email=email, name=f"{team.name} {number}", by=None, now=self.now
            )
            join_team(self.session, team, person, TeamRole.MEMBER, by=None, now=self.now)
            people.append(person)
        self.session.flush()
        return people

    def post(self, by: Person, title: str, team: Team | None = None, **content: Any) -> Lesson:
        facts = {"kind": "failure", "lesson": f"{title}, in more words.", "topics": ["Seals"]}
        said = facts | {"title": title, "team": team.name if team else ""} | content
        posted = post(self.session, LessonInput.model_validate(said), by=by, now=self.tick())
        self.session.flush()
        self.lessons[title] = posted.lesson
        return posted.lesson

    def used(self, lesson: Lesson, by: Person, team: Team | None, **said: Any) -> Use:
        facts = {"manner": "applied", "result": "better", "team": team.name if team else ""}
        use = report(self.session, lesson, UseInput(**facts | said), by=by, now=self.tick())
        self.session.flush()
        return use

    def again(
        self, lesson: Lesson, by: Person, team: Team | None, newer: Lesson | None = None
    ) -> str:
        said = RecurrenceInput(broke="not_found", team=team.name if team and not newer else "")
        row = report_again(self.session, lesson, said, by=by, now=self.tick(), newer=newer)
        self.session.flush()
        return row.id

    def brief(
        self, by: Person, team: Team | None, lessons: Sequence[Lesson], *decided: Disposition
    ) -> Brief:
        """Work of a team with these lessons in its brief, and what was decided of the first."""
        bearings = [Bearing(cast(FoundLesson, lesson)) for lesson in lessons]
        work = BriefInput(work="Pumps for the lake", ends_on=None)
        looked = Looked(work, team.id if team else None, Assembled(bearings))
        brief = keep(self.session, looked, by=by, now=self.tick())
        self.session.flush()
        for lesson, what in zip(lessons, decided, strict=False):
            facts = {"reason": "We looked.", "by": by, "now": self.tick()}
            dispose(self.session, brief, lesson, what, **facts)  # type: ignore[arg-type]
        return brief

    def owed(self, lesson: Lesson, by: Person) -> None:
        """A change to be made by tomorrow, and a question that nobody answers."""
        due = (self.now + timedelta(days=1)).date()
        propose(self.session, lesson, ActionInput(what="Fix it", due_on=due), by=by, now=self.now)
        ask(self.session, lesson, Words(text="Which seal?"), by=by, now=self.tick())

    def compiled(
        self, about: About, subject_id: str = NOBODY, edition: Edition = Edition.EVERYONE
    ) -> Compiled:
        self.session.flush()
        return compile_one(self.session, MARCH, about, subject_id, edition, now=AFTER)

    def of(self, team: Team, edition: Edition = Edition.EVERYONE) -> Compiled:
        return self.compiled(About.TEAM, team.id, edition)

    def told_to_everyone(self, *topics: str) -> dict[str, str]:
        """Every edition that everybody may read, by its subject, as it would be kept."""
        subjects = [("", About.ORGANISATION, NOBODY)]
        teams = self.session.exec(select(Team)).all()
        subjects += [(team.name, About.TEAM, team.id) for team in teams]
        about = self.session.exec(select(Topic).where(col(Topic.name).in_(topics))).all()
        subjects += [(topic.name, About.TOPIC, topic.id) for topic in about]
        everyone = Edition.EVERYONE
        made = self.at_once([(about, subject, everyone) for _, about, subject in subjects])
        return {name: as_kept(made[about, subject, everyone]) for name, about, subject in subjects}

    def at_once(self, subjects: Iterable[Subject]) -> dict[Subject, Compiled]:
        """Several digests out of one reading of everything, as the job compiles them."""
        self.session.flush()
        facts = load(self.session, Subjects(Window(MARCH)), now=AFTER)
        who = knowers(self.session, facts)
        return {subject: compiled(facts, *subject, who) for subject in subjects}


@contextmanager
def month(database: Database, cast: Cast) -> Iterator[Month]:
    """A month in one transaction."""
    with database.writing() as session:
        yield Month(database, cast, session)


def as_kept(digest: Compiled) -> str:
    return f"{digest.contents.model_dump_json()} {sorted(digest.lists.items())}"
