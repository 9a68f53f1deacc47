"""A memory in which every place that takes words holds what somebody with bad intent would type."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import quote_plus

from PIL import Image
from sqlmodel import Session

from app.drafts.drafting import Writing, keep
from app.files.folder import Folder
from app.files.kinds import PNG
from app.files.models import Attachment
from app.files.names import clean_name
from app.following.follow import follow
from app.following.models import SubjectKind
from app.kit.clock import system_clock
from app.kit.ids import random_id
from app.lessons.capture import post
from app.lessons.models import Lesson
from app.lessons.schemas import LessonInput
from app.people.directory import change_person
from app.people.models import Person, Role
from app.people.teams import create_team
from app.responses.asking import answer, ask
from app.responses.schemas import Words
from app.searches.saved import MOST_SAVED, save
from app.searches.wanted import ask_for
from tests.journeys.payloads import PAYLOADS
from tests.serving import Place

TEXTS = (
    "context",
    "expected",
    "happened",
    "why",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
)
_TOPICS_A_LESSON = 10
_FILES_A_LESSON = 20


@dataclass
class Typed:
    """Where it stands: addresses of lessons, teams, topics; the one with every question."""

    lessons: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    asked: str = ""


def type_everywhere(place: Place) -> Typed:
    """Put every payload into every kind of thing, by the acts themselves."""
    typed = Typed()
    with place.database() as database, database.writing() as session:
        ada, otto = session.merge(place.cast.ada), session.merge(place.cast.otto)
        _names(session, ada, otto)
        lessons = [_lesson(session, number, ada) for number in range(len(PAYLOADS))]
        typed.lessons = [lesson.url for lesson in lessons]
        typed.asked = lessons[0].url
        _questions(session, lessons, ada, otto)
        _files(session, lessons, Path(place.environment["COMMONPLACE_DATA_DIR"]))
        _own_things(session, ada, otto)
        teams = _teams(session, ada)
        typed.pages = [f"/teams/{team}" for team in teams]
    return typed


def _names(session: Session, ada: Person, otto: Person) -> None:
    now = system_clock()
    for person, name, title in ((ada, 0, 11), (otto, 2, 12)):
        change_person(
            session,
            person,
            name=PAYLOADS[name],
            title=PAYLOADS[title],
            role=Role.CURATOR,
            by=ada,
            now=now,
        )


def _lesson(session: Session, number: int, ada: Person) -> Lesson:
    """With it in every field, and topics named like it and those that follow."""
    payload = PAYLOADS[number]
    topics = [" ".join(p.split())[:80] for p in PAYLOADS[number : number + _TOPICS_A_LESSON]]
    facts = {
        "kind": "failure",
        "title": f"{payload} needle",
        "topics": topics,
        "external_id": f"{payload}-{number}"[:200],
        "source_url": f"https://example.org/{quote_plus(payload)}\"'><script>window.broken=1",
        **dict.fromkeys(TEXTS, payload),
    }
    return post(session, LessonInput.model_validate(facts), by=ada, now=system_clock()).lesson


def _questions(session: Session, lessons: Sequence[Lesson], ada: Person, otto: Person) -> None:
    """All of them about the first lesson, and one about each other, so that each is told of."""
    now, first = system_clock(), lessons[0]
    for lesson, payload in zip(lessons, PAYLOADS, strict=True):
        asked = ask(session, first, Words(text=payload), by=otto, now=now)
        answer(session, first, asked, Words(text=payload), by=ada, now=now)
        ask(session, lesson, Words(text=f"{payload} again"), by=otto, now=now)


def _files(session: Session, lessons: Sequence[Lesson], data: Path) -> None:
    """Pictures named so, and lessons that show them with such words in their stead."""
    made = BytesIO()
    Image.new("RGB", (4, 4), "white").save(made, "PNG")
    store = Folder(data / "files")
    for number, payload in enumerate(PAYLOADS):
        lesson = lessons[1 + number // _FILES_A_LESSON]
        attachment = Attachment(
            name=clean_name(payload, PNG),
            media_type=PNG.media_type,
            size_bytes=len(made.getvalue()),
            width=4,
            height=4,
            checksum="0" * 64,
            lesson_id=lesson.id,
            position=number,
        )
        session.add(attachment)
        store.put(attachment.id, BytesIO(made.getvalue()), now=system_clock())
        shown = f'![{payload}]({attachment.url} "{payload}")\n\n![x]({attachment.url}{payload})\n\n'
        lesson.recommendation += f"\n\n{shown}"


def _own_things(session: Session, ada: Person, otto: Person) -> None:
    """Drafts, saved searches, wishes, and what is followed."""
    now = system_clock()
    for number, payload in enumerate(PAYLOADS):
        typed = {"title": payload, "lesson": payload, "kind": payload, "topics": payload}
        keep(session, Writing(random_id()), typed, by=ada, now=now)
        who = ada if number < MOST_SAVED else otto
        save(session, payload[:120], f"q={quote_plus(payload)}&n={number}", by=who, now=now)
        ask_for(session, f"{payload} {number}", by=ada, now=now)
    follow(session, SubjectKind.PERSON, otto.id, by=ada, now=now)


def _teams(session: Session, ada: Person) -> list[str]:
    """Named and described so; followed, every other one."""
    now, made = system_clock(), []
    for number, payload in enumerate(PAYLOADS):
        name = f"{number} {' '.join(payload.split())}"[:80]
        team = create_team(session, name, purpose=payload, by=ada, now=now)
        follow(session, SubjectKind.TEAM, team.id, by=ada, now=now)
        made.append(team.id)
    return made
