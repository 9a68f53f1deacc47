"""What happened around the lessons of the sample: thanks, questions, what happened again, what
people follow, look for and are writing; by the same acts that people use."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from pydantic import TypeAdapter
from sqlmodel import col, select

from app.demo.came_of_it import let_it_come, relate_lessons
from app.demo.life_shapes import SampleLife, SampleQuestion
from app.demo.stage import Stage, moment
from app.demo.works import begin_works
from app.drafts.models import Draft
from app.events.models import Event
from app.following.follow import follow
from app.following.models import SubjectKind
from app.notifications.models import Notification
from app.notifications.notify import notify
from app.responses.asking import answer, ask
from app.responses.schemas import Words
from app.responses.thanking import thank
from app.searches.missed import note_miss
from app.searches.saved import save
from app.searches.wanted import ask_for

_HERE = Path(__file__).parent
_FILES = tuple(_HERE / name for name in ("life.yaml", "life_uses.yaml", "life_briefs.yaml"))
#: Its days are counted back from the end of last month.
_MONTHS = _HERE / "life_months.yaml"
_BACK = frozenset({"days_ago", "ended_days_ago", "done_days_ago"})
_AHEAD = frozenset({"starts_in", "ends_in", "due_in"})
_ADAPTER: TypeAdapter[SampleLife] = TypeAdapter(SampleLife)
_CONCERNS = (
    *("question", "answer", "thanks", "relation", "want"),
    *("use", "recurrence", "help", "action", "followup"),
)
# What is older has been read; the inbox of a stranger to the product is neither empty nor full.
_READ_AFTER = timedelta(days=14)


def load_life(today: date) -> SampleLife:
    """Read `life.yaml` and what belongs to it; what it says of months is dated by those before
    `today`. Raises pydantic's ValidationError for what they may not hold."""
    said = [_read(path) for path in _FILES]
    said.append(_put_off(_read(_MONTHS), today.day - 1))
    whole: dict[str, Any] = {}
    for part in said:
        for name, content in part.items():
            whole[name] = whole[name] + content if name in whole else content
    return _ADAPTER.validate_python(whole)


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _put_off(said: Any, days: int) -> Any:
    """The same, with every number of days counted from so many days earlier."""
    if isinstance(said, list):
        return [_put_off(one, days) for one in said]
    if not isinstance(said, dict):
        return said
    moved = {name: _put_off(value, days) for name, value in said.items()}
    moved |= {name: moved[name] + days for name in _BACK & moved.keys()}
    return moved | {name: moved[name] - days for name in _AHEAD & moved.keys()}


def bring_to_life(stage: Stage, life: SampleLife) -> None:
    """Put it all on the stage, whose lessons stand. Raises KeyError for a key that is nobody's."""
    for lesson, thankful in life.thanks.items():
        for number, person in enumerate(thankful):
            posted = stage.posted[lesson].lesson
            days = max(1, (stage.now - posted.changed_at).days * (number + 1) // 8)
            at = moment(stage, days, f"thanks/{lesson}/{person}")
            thank(stage.session, posted, by=stage.people[person], now=at)
    for question in life.questions:
        _ask(stage, question)
    relate_lessons(stage, life)
    let_it_come(stage, life)
    _keep(stage, life)
    begin_works(stage, life)
    _tell(stage)


def _ask(stage: Stage, question: SampleQuestion) -> None:
    posted, session = stage.posted[question.lesson], stage.session
    at = moment(stage, question.days_ago, f"{question.lesson}/{question.by}")
    words = Words(text=question.text)
    asked = ask(session, posted.lesson, words, by=stage.people[question.by], now=at)
    session.flush()
    for given in question.answers:
        lesson = posted.lesson
        # Whoever answers for a protected author leaves no trace; any person will do.
        by = stage.people[given.by or question.by]
        claim_code = (posted.claim_code or "") if given.author else ""
        now = max(at, moment(stage, given.days_ago, given.text)) + timedelta(minutes=7)
        told = Words(text=given.text)
        answer(session, lesson, asked, told, by=by, now=now, claim_code=claim_code)


def _keep(stage: Stage, life: SampleLife) -> None:
    """What people follow, want, look for and write."""
    session, at = stage.session, stage.opened_at
    for said in life.follows:
        person = stage.people[said.person]
        subjects = (
            (SubjectKind.TOPIC, [stage.topics[key].id for key in said.topics]),
            (SubjectKind.TEAM, [stage.teams[key].id for key in said.teams]),
            (SubjectKind.PERSON, [stage.people[key].id for key in said.people]),
        )
        for kind, ids in subjects:
            for subject_id in ids:
                follow(session, kind, subject_id, by=person, now=at)
    for want in life.wanted:
        for key in want.by:
            now = moment(stage, want.days_ago, want.words + key)
            ask_for(session, want.words, by=stage.people[key], now=now)
    for miss in sorted(life.misses, key=lambda one: -one.days_ago):
        now = moment(stage, miss.days_ago, miss.words)
        note_miss(session, miss.words, by=stage.people[miss.by], now=now, source=miss.source)
    for search in life.searches:
        save(session, search.name, search.address, by=stage.people[search.person], now=at)
    for typed in life.drafts:
        now = moment(stage, typed.days_ago, typed.person)
        owner = stage.people[typed.person].id
        session.add(Draft(person_id=owner, typed=dict(typed.typed), changed_at=now))


def _tell(stage: Stage) -> None:
    """Make the notifications of all this; old ones have been read."""
    session = stage.session
    session.flush()
    concerning = sa.or_(col(Event.subject_kind).in_(_CONCERNS), col(Event.kind) == "lesson.flagged")
    events = select(Event).where(concerning).order_by(col(Event.at))
    notify(session, session.exec(events).all())
    session.flush()
    old = stage.now - _READ_AFTER
    for told in session.exec(select(Notification).where(col(Notification.at) < old)):
        told.read_at = told.at + timedelta(days=1)
        session.add(told)
