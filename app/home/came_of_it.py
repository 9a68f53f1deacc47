"""What came of lessons of late, for the first page: a protected author hears of it there like
everybody else, without being known."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from app.home.rows import IN_USE, placed
from app.lessons.access import Reader
from app.lessons.models import Lesson, LessonStanding
from app.lessons.worth import standing_in_words
from app.people.models import Team
from app.uses.models import Manner, Result, Use
from app.uses.words import manner_in_words, result_in_words

_WITHIN = timedelta(days=120)
_MOST = 12


def lately_used(who: Reader, now: datetime) -> sa.Select[Any]:
    """The last uses by other teams than the author's, with what came of them where that is known;
    the section "came"."""
    return (
        placed("came", team=Team.name, manner=Use.manner, result=Use.result)
        .join(Use, col(Use.lesson_id) == Lesson.id)
        .join(Team, col(Team.id) == Use.team_id)
        .where(
            who.readable,
            IN_USE,
            col(Use.own_team).is_(False),
            col(Use.manner) != Manner.REJECTED,
            col(Use.reported_at) > now - _WITHIN,
        )
        .order_by(
            sa.case((col(Use.result) == Result.UNKNOWN, 1), else_=0),
            col(Use.reported_at).desc(),
            col(Use.id),
        )
        .limit(_MOST)
    )


def most_used(who: Reader, now: datetime) -> sa.Select[Any]:
    """What helped most teams of late; of the section "useful", before what was thanked for."""
    used = LessonStanding
    return (
        placed("useful", reach=used.reach, better=used.better)
        .join(used, col(used.lesson_id) == Lesson.id)
        .where(
            who.readable,
            IN_USE,
            col(used.better) > col(used.worse),
            col(used.used_on) > (now - _WITHIN).date(),
            sa.or_(col(Lesson.author_id).is_(None), col(Lesson.author_id) != who.person.id),
        )
        .order_by(col(used.effect).desc(), col(used.used_on).desc(), col(Lesson.id))
        .limit(_MOST)
    )


def use_in_words(row: Any) -> str:
    """`Sales adapted it: better`."""
    return f"{row.team} {manner_in_words(row.manner)}: {result_in_words(row.result)}"


def uses_in_words(row: Any) -> str:
    """`used by 3 other teams, better for 2`."""
    return standing_in_words(LessonStanding(lesson_id="", reach=row.reach, better=row.better))
