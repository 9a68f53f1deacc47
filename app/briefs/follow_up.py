"""The follow-up: what came of each lesson of a brief, said by the team when the work is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from app.briefs.models import Brief, BriefLesson, Disposition
from app.briefs.reading import Placed, Shown, brief_to_read
from app.events.record import record
from app.kit.errors import NotFound
from app.lessons.access import Reader, reader
from app.lessons.models import Lesson
from app.people.models import Person
from app.uses.models import Manner, Result, Use
from app.uses.report import report
from app.uses.schemas import UseInput
from app.uses.words import manner_in_words, measure_in_words, result_in_words

_NOT_EXPECTED = (Disposition.ALREADY_DO, Disposition.DOES_NOT_APPLY)


@dataclass(frozen=True, slots=True)
class Item:
    """A lesson of the brief, and what the team said came of it; None while that is unknown."""

    placed: Placed
    use: Use | None

    @property
    def lesson_id(self) -> str:
        return self.placed.lesson_id

    @property
    def is_expected(self) -> bool:
        """Whether the team meant to do something with it, or decided nothing."""
        decision = self.placed.decision
        return decision is None or decision.disposition not in _NOT_EXPECTED

    @property
    def may_come(self) -> bool:
        """Whether it was too early to say what came of it."""
        use = self.use
        return use is not None and use.result is Result.UNKNOWN and not self._was_rejected

    @property
    def words(self) -> str:
        """`Adapted it: better`; empty while nothing is known."""
        if self.use is None:
            return ""
        did = manner_in_words(self.use.manner)
        said = did if self._was_rejected else f"{did}: {result_in_words(self.use.result)}"
        return said[0].upper() + said[1:]

    @property
    def measure(self) -> str:
        """What was measured, in words; empty for nothing."""
        return measure_in_words(self.use) if self.use else ""

    @property
    def _was_rejected(self) -> bool:
        return self.use is not None and self.use.manner is Manner.REJECTED


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A brief with what came of its lessons. Those that this person may not read are left out."""

    shown: Shown
    items: Sequence[Item]

    @property
    def expected(self) -> list[Item]:
        """What the team is asked about first, in the order of the brief."""
        return [item for item in self.items if item.is_expected]

    @property
    def folded(self) -> list[Item]:
        """What it did already, or what did not apply: nothing need come of it."""
        return [item for item in self.items if not item.is_expected]

    @property
    def answered(self) -> int:
        return sum(item.use is not None for item in self.items)

    def item(self, lesson_id: str) -> Item:
        """One of the lessons; else NotFound."""
        found = next((item for item in self.items if item.lesson_id == lesson_id), None)
        if found is None:
            raise NotFound
        return found


def follow_up(session: Session, brief_id: str, who: Reader, today: date) -> FollowUp:
    """The follow-up of a brief, in one question more than the brief. Raises NotFound."""
    shown = brief_to_read(session, brief_id, who, today)
    reported = session.exec(select(Use).where(Use.brief_id == brief_id)).all()
    uses = {use.lesson_id: use for use in reported}
    items = [Item(p, uses.get(p.lesson_id)) for p in shown.lessons if p.told]
    return FollowUp(shown, items)


def lesson_in(session: Session, brief: Brief, lesson_id: str, who: Reader) -> Lesson:
    """A lesson of the brief that `who` may read, retired or not; else NotFound."""
    lesson = session.get(Lesson, lesson_id)
    placed = session.get(BriefLesson, (brief.id, lesson_id))
    if lesson is None or placed is None or lesson.is_draft or not who.may_read(lesson):
        raise NotFound
    return lesson


def answer(
    session: Session, brief: Brief, lesson: Lesson, use: UseInput, *, by: Person, now: datetime
) -> Use:
    """Say what came of a lesson of the brief, or say it anew: one use for each, reported for the
    brief's team. Where no day is given it is that on which the work ended, if that is past.

    Raises what reporting a use raises.
    """
    known = session.exec(
        select(Use).where(Use.brief_id == brief.id, Use.lesson_id == lesson.id)
    ).first()
    said = use.model_copy(update=_facts(session, brief, known, use, by, now))
    reported = report(session, lesson, said, by=by, now=now, brief_id=brief.id)
    if known is None:
        facts = {"brief_id": brief.id, "lesson_id": lesson.id, "team_id": brief.team_id}
        came = {"manner": reported.manner.value, "result": reported.result.value}
        record(session, "followup.answered", brief.id, by=by.id, now=now, **facts, **came)
    return reported


def _facts(
    session: Session, brief: Brief, known: Use | None, use: UseInput, by: Person, now: datetime
) -> dict[str, object]:
    """The team and the day of a use. A team stays that a use was reported for; another must be one
    that the person speaks for."""
    team_id = brief.team_id or ""
    if not (known and known.team_id == team_id):
        team_id = team_id if team_id in reader(session, by).teams else ""
    day = use.used_on or (known.used_on if known else None)
    ended = min(brief.ends_on, now.date()) if brief.ends_on else None
    return {"team": team_id, "used_on": day or ended}


def end(session: Session, brief: Brief, *, by: Person, now: datetime) -> None:
    """Say that there is nothing more to say: nobody is asked again, and what was not answered stays
    unknown."""
    if brief.ended_at is None:
        brief.ended_at = now
        session.add(brief)
        facts = {"brief_id": brief.id, "team_id": brief.team_id}
        record(session, "brief.ended", brief.id, by=by.id, now=now, **facts)
