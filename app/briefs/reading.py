"""A brief as its page shows it: each lesson at its place, with why, how fresh, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.briefs.gone import corrected_by, retired_in_words
from app.briefs.labels import disposition_label
from app.briefs.models import Brief, BriefLesson, Came, Disposition
from app.briefs.naming import name_of_work
from app.briefs.said import first_sentence, plain
from app.briefs.why import Reason, cautions, fresh_of, reasons
from app.kit.errors import NotFound
from app.lessons.access import Reader
from app.lessons.finding import IN_USE
from app.lessons.found import PASSAGES, FoundLesson, found_lessons
from app.lessons.freshness import Freshness
from app.lessons.models import Lesson, LessonStanding, Retirement, State
from app.people.models import Membership, Person, Team

_POSTED = (*IN_USE, State.RETIRED.value)
_LESSON, _APPLIES_WHEN = PASSAGES.index(Lesson.lesson), PASSAGES.index(Lesson.applies_when)
_NOT_SHARED = "A lesson that is not shared with you any more"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, why, by whom and when."""

    disposition: Disposition
    reason: str
    by: str
    at: datetime | None

    @property
    def words(self) -> str:
        return disposition_label(self.disposition)


@dataclass(frozen=True, slots=True)
class Told:
    """What a brief says of a lesson: what to do in a line, why it is there, what to look at before
    following it, how old it is."""

    lesson: FoundLesson
    reasons: Sequence[Reason]
    cautions: Sequence[Reason]
    fresh: Freshness

    @property
    def advice(self) -> str:
        """The recommendation in one line; what was learned where there is none."""
        return first_sentence(self.lesson.recommendation or self.lesson.passages[_LESSON])

    @property
    def applies_when(self) -> str:
        return first_sentence(self.lesson.passages[_APPLIES_WHEN])

    @property
    def why(self) -> str:
        """The reasons as a program or a terminal shows them."""
        return " ".join(reason.text for reason in self.reasons)

    @property
    def caution(self) -> str:
        return " ".join(caution.text for caution in self.cautions)


@dataclass(frozen=True, slots=True)
class Placed:
    """A lesson at its place in a brief. `told` is None where it is not shared with this person any
    more; `is_new` says that it was posted while the work lasted, `retired` in words why it is out
    of use, `instead` is the lesson that corrects it."""

    lesson_id: str
    told: Told | None
    decision: Decision | None
    is_new: bool = False
    retired: str = ""
    instead: tuple[str, str] | None = None

    @property
    def left_to_do(self) -> bool:
        """Whether something is still to be done about it, or to be decided."""
        done = (Disposition.ALREADY_DO, Disposition.DOES_NOT_APPLY)
        return not self.retired and (self.decision is None or self.decision.disposition not in done)

    @property
    def title(self) -> str:
        return self.told.lesson.title if self.told else _NOT_SHARED


@dataclass(frozen=True, slots=True)
class Shown:
    """A brief with its lessons. `may_change` says whether this person decides in it."""

    brief: Brief
    team: Team | None
    made_by: Person
    may_change: bool
    lessons: Sequence[Placed]

    @property
    def heading(self) -> str:
        return name_of_work(self.brief.work)

    @property
    def says_more(self) -> bool:
        """Whether the heading leaves something out."""
        return plain(self.brief.work).rstrip(".") != self.heading

    @property
    def unwritten(self) -> list[str]:
        return list(self.brief.unwritten.get("words", []))

    def noted(self, name: str) -> bool:
        """Whether there are `more` lessons, whether any is `good`, whether they were found
        `plainly`, without the index."""
        return bool(self.brief.unwritten.get(name))

    @property
    def readable(self) -> list[Placed]:
        """Those in use that can be read, in their order."""
        return [placed for placed in self.lessons if placed.told and not placed.retired]

    def lesson(self, lesson_id: str) -> Placed:
        """One of its lessons. Raises NotFound."""
        for placed in self.lessons:
            if placed.lesson_id == lesson_id:
                return placed
        raise NotFound

    @property
    def decided(self) -> int:
        return sum(placed.decision is not None for placed in self.lessons)


_Decider = aliased(Person)
_ROWS: Any = (
    sa.select(BriefLesson, LessonStanding, Retirement, col(Lesson.changed_at), col(_Decider.name))
    .join(Lesson, col(Lesson.id) == BriefLesson.lesson_id)
    .outerjoin(LessonStanding, col(LessonStanding.lesson_id) == BriefLesson.lesson_id)
    .outerjoin(Retirement, col(Retirement.lesson_id) == BriefLesson.lesson_id)
    .outerjoin(_Decider, col(_Decider.id) == BriefLesson.decided_by_id)
    .where(col(BriefLesson.brief_id) == sa.bindparam("brief"))
    .order_by(col(BriefLesson.position), col(BriefLesson.lesson_id))
)
_HEAD: Any = (
    sa.select(Brief, Team, Person, col(Membership.person_id))
    .join(Person, col(Person.id) == Brief.by_id)
    .outerjoin(Team, col(Team.id) == Brief.team_id)
    .outerjoin(
        Membership,
        sa.and_(
            col(Membership.team_id) == Brief.team_id,
            col(Membership.person_id) == sa.bindparam("me"),
        ),
    )
    .where(col(Brief.id) == sa.bindparam("brief"))
)


def brief_to_read(session: Session, brief_id: str, who: Reader, today: date) -> Shown:
    """The brief with everything that its page says of its lessons, in four questions, and one more
    where one is retired. Raises NotFound as `readable_brief`."""
    session.flush()
    me = who.person.id
    head = session.exec(_HEAD, params={"brief": brief_id, "me": me}).first()
    if head is None or not (head[0].by_id == me or head[0].team_id in who.teams):
        raise NotFound
    brief, team, made_by, member = head
    mine = brief.by_id == me or member is not None
    return Shown(brief, team, made_by, mine, _placed(session, brief, who, today))


def tell(
    lesson: FoundLesson,
    why: dict[str, Any],
    standing: LessonStanding | None,
    changed: date,
    today: date,
) -> Told:
    """What there is to say of a lesson that bears on a work."""
    fresh = fresh_of(lesson, standing, changed, today)
    return Told(
        lesson,
        reasons(why, lesson, standing, today),
        cautions(why, lesson, standing, today),
        fresh,
    )


def _placed(session: Session, brief: Brief, who: Reader, today: date) -> list[Placed]:
    rows = session.exec(_ROWS, params={"brief": brief.id}).all()
    ids = [row.lesson_id for row, *_ in rows]
    lessons = {lesson.id: lesson for lesson in found_lessons(session, ids, who, _POSTED)}
    gone = [i for i, lesson in lessons.items() if lesson.state == State.RETIRED.value]
    instead = corrected_by(session, gone, who)
    found = []
    for row, standing, retirement, changed_at, decider in rows:
        lesson = lessons.get(row.lesson_id)
        told = tell(lesson, row.why, standing, changed_at.date(), today) if lesson else None
        decision = _decision(row, decider)
        if not lesson or row.lesson_id not in gone:
            found.append(Placed(row.lesson_id, told, decision, row.came is Came.WATCH))
            continue
        words, better = retired_in_words(retirement), instead.get(row.lesson_id)
        found.append(Placed(row.lesson_id, told, decision, retired=words, instead=better))
    return found


def _decision(row: BriefLesson, decider: str | None) -> Decision | None:
    if row.disposition is None:
        return None
    return Decision(row.disposition, row.reason, decider or "", row.decided_at)
