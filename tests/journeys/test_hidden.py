"""A team-only lesson is invisible to an outsider: on every page, in every call."""

import re
from dataclasses import dataclass

import httpx2
import pytest
from fastapi import FastAPI

from app.actions.models import Action, ActionKind
from app.auth.tokens import Scope
from app.briefs.models import Brief, BriefLesson
from app.digests.period import month_of
from app.drafts.drafting import Writing, keep
from app.files.attach import attach_to_lesson
from app.files.models import Attachment
from app.following.follow import follow
from app.following.models import SubjectKind
from app.kit.clock import system_clock
from app.kit.ids import random_id
from app.lessons.models import Lesson
from app.responses.asking import answer, ask
from app.responses.schemas import Words
from app.responses.thanking import thank
from app.routes import add_routes
from app.searches.missed import note_miss
from app.searches.models import MissedBy
from app.searches.wanted import ask_for
from app.uses.models import Manner
from app.uses.report import report
from app.uses.schemas import UseInput
from tests.journeys.conftest import Arrive
from tests.journeys.things import posted, topic_id
from tests.routes import Route, every_route
from tests.serving import Place, Server

# Words that stand nowhere but in the hidden lesson: its title, its text, its topic.
TITLE, TEXT, TOPIC = "Okapi", "quagga", "axolotl"
_SEARCHING = ("/search", "/suggest", "/people/knowing")
_QUERIES = ("", TITLE, TEXT, TOPIC, "quaga", "quag", "okap", "inverter")


@dataclass
class Hidden:
    """A served place with an open lesson and a hidden one, and addresses about both."""

    server: Server
    lesson_id: str
    topic_id: str
    around: dict[str, str]

    def paths(self, *, for_programs: bool) -> list[str]:
        """Every address that can be read, about the hidden lesson wherever it can be."""
        cast = self.server.place.cast
        ids = {
            "lesson_id": self.lesson_id,
            "topic_id": self.topic_id,
            "team_id": cast.pumps.id,
            "person_id": cast.ada.id,
            "revision": "1",
            "token": "x" * 43,
            "run_id": "0" * 16,
            "ending": "csv",
            "period": month_of(system_clock().date()).key,
            "name": "fresh.ours",
            **self.around,
        }
        found = [
            re.sub(r"{(\w+)}", lambda name: ids[name[1]], route.path)
            for route in _readable_routes()
            if route.for_programs is for_programs
        ]
        searching = [path for path in found if path.endswith(_SEARCHING)]
        asked = [f"{path}?q={query}" for path in searching for query in _QUERIES]
        near = [f"{path}?topic={self.topic_id}" for path in found if path.endswith("/search")]
        months = [path for path in found if re.search(r"/digests/2[\d-]+(\.md|$)", path)]
        months = [f"{path}?team={cast.pumps.id}" for path in months]
        # On paper stands what the page says, which a browser does not show.
        found = [path for path in found if not path.endswith(".pdf")]
        return [*found, *asked, *months, *([] if for_programs else near)]


def _readable_routes() -> list[Route]:
    app = FastAPI()
    add_routes(app)
    files = ("/openapi.json", "/docs", "/redoc", "/favicon.ico", "/export.{ending}")
    return [
        route
        for route in every_route(app)
        if not route.changes
        and not route.path.startswith(files)
        and not route.path.startswith("/docs")
    ]


@pytest.fixture
def hidden(served: Server) -> Hidden:
    cast, place = served.place.cast, served.place
    posted(place, cast.otto, "Inverter, open to all", topics=["screws"])
    with place.database() as database, database.writing() as session:
        # Who follows both hears of what is shared with them, and of nothing else.
        for kind, subject in ((SubjectKind.TEAM, cast.pumps), (SubjectKind.PERSON, cast.ada)):
            follow(session, kind, subject.id, by=cast.otto, now=system_clock())
    secret = posted(
        place,
        cast.ada,
        f"{TITLE} inverter",
        lesson=f"The {TEXT} flickers.",
        team="Pumps",
        visibility="team",
        topics=[TOPIC],
    )
    around = _said_around(place, secret.lesson)
    return Hidden(served, secret.lesson.id, topic_id(place, TOPIC), around)


def _said_around(place: Place, secret: Lesson) -> dict[str, str]:
    """A file, a question with its answer, thanks, a draft that goes on from it, a brief with it, a
    search for it that found nothing, a use of it and a change that it asks for."""
    cast, now = place.cast, system_clock()
    with place.database() as database, database.writing() as session:
        lesson = session.merge(secret)
        words = Words(text=f"Why does the {TEXT} flicker?")
        asked = ask(session, lesson, words, by=cast.ben, now=now)
        answer(session, lesson, asked, words, by=cast.ada, now=now)
        thank(session, lesson, by=cast.ben, now=now)
        keep(session, Writing(random_id()), {"title": TITLE}, by=cast.ada, now=now)
        file = Attachment(
            name=f"{TEXT}.png", media_type="image/png", size_bytes=1, checksum="0" * 64
        )
        attach_to_lesson(session, file, lesson, by=cast.ada, now=now)
        want = ask_for(session, "how to stop it", by=cast.ben, now=now)
        note_miss(session, f"{TEXT} spares", by=cast.ben, now=now, source=MissedBy.BRIEF)
        day = now.date()
        brief = Brief(
            work=f"We fit the {TEXT}",
            team_id=cast.pumps.id,
            by_id=cast.ben.id,
            made_at=now,
            changed_at=now,
        )
        session.add(brief)
        session.flush()
        session.add(BriefLesson(brief_id=brief.id, lesson_id=lesson.id, position=1, added_at=now))
        use = UseInput(manner=Manner.APPLIED, work=f"The {TEXT}", used_on=day)
        used = report(session, lesson, use, by=cast.ben, now=now)
        action = Action(
            lesson_id=lesson.id,
            kind=ActionKind.TRAIN,
            what=f"The {TEXT}",
            owner_id=cast.ada.id,
            by_id=cast.ben.id,
            made_at=now,
        )
        session.add(action)
        around = {"attachment_id": file.id, "want_id": want.id, "brief_id": brief.id}
        return around | {"use_id": used.id, "action_id": action.id}


def _leaks(text: str, path: str, hidden: Hidden) -> list[str]:
    """The marked words in an answer, but for those that were asked for and are said back."""
    asked = path.partition("?")[2].lower()
    marks = (TITLE, TEXT, TOPIC, hidden.lesson_id, hidden.topic_id)
    lower = text.lower()
    return [
        mark
        for mark in marks
        if mark.lower() in lower and mark.lower() not in asked and mark not in path
    ]


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_an_outsider_sees_no_trace_on_any_page(
    hidden: Hidden, arrive: Arrive, javascript: bool
) -> None:
    cast = hidden.server.place.cast
    mate = arrive(hidden.server, cast.ben, java_script_enabled=javascript)
    mate.finds(TEXT, f"{TITLE} inverter")  # the index has heard of it
    outsider = arrive(hidden.server, cast.otto, java_script_enabled=javascript)
    for path in hidden.paths(for_programs=False):
        if path.partition("?")[0].endswith((".md", ".ics")):
            file = outsider.page.request.get(path)
            assert file.status in (200, 403, 404), path
            assert _leaks(file.text(), path, hidden) == [], path
            continue
        answer = outsider.go(path)
        assert answer.status in (200, 403, 404), path
        assert _leaks(outsider.page.content(), path, hidden) == [], path
    for query in (TITLE, TEXT, TOPIC):
        assert outsider.titles_for(query) == []
    assert outsider.titles_for("inverter") == ["Inverter, open to all"]
    assert f"{TITLE} inverter" in mate.titles_for("inverter")


def test_an_outsiders_program_is_told_nothing(hidden: Hidden, arrive: Arrive) -> None:
    cast, place = hidden.server.place.cast, hidden.server.place
    arrive(hidden.server, cast.ben).finds(TEXT, f"{TITLE} inverter")
    with httpx2.Client(
        base_url=hidden.server.url,
        timeout=20,
        headers={"Authorization": f"Bearer {place.token(cast.otto, Scope.READ)}"},
    ) as program:
        for path in hidden.paths(for_programs=True):
            answer = program.get(path)
            assert answer.status_code in (200, 403, 404), f"{path}: {answer.text}"
            assert _leaks(answer.text, path, hidden) == [], path
        for query in (TITLE, TEXT, TOPIC):
            found = program.get("/api/v1/search", params={"q": query}).json()
            assert (found["total"], found["suggestion"]) == (0, None)
            assert not any(found["facets"].values())
            begun = program.get("/api/v1/suggest", params={"q": query}).json()
            assert begun == {"lessons": [], "topics": [], "people": [], "notice": None}
        alike = program.post("/api/v1/similar", json={"title": TITLE, "lesson": TEXT}).json()
        assert alike["lessons"] == []
