"""What the matrix is asked about: people in their roles, things with real ids, requests."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from app.actions.acting import propose
from app.actions.schemas import ActionInput
from app.auth.links import invite
from app.auth.models import ApiToken, SignInSession
from app.auth.tokens import Scope
from app.briefs.models import Brief, BriefLesson
from app.drafts.drafting import Writing, keep
from app.files.models import Attachment
from app.kit.ids import random_id
from app.lessons.capture import post
from app.lessons.models import Lesson, RetirementReason
from app.lessons.revise import retire
from app.lessons.schemas import LessonInput
from app.mail.models import OutgoingMessage
from app.notifications.models import Notification, NotificationKind
from app.people.models import Person, Role, TeamRole
from app.people.teams import join_team
from app.responses.asking import answer, ask
from app.responses.models import Question
from app.responses.schemas import Words
from app.searches.saved import save
from app.searches.wanted import ask_for
from app.topics.directory import topics_named
from app.uses.models import Manner
from app.uses.recurrence import report_again
from app.uses.report import report
from app.uses.schemas import RecurrenceInput, UseInput
from tests.house_fixture import Browser, House
from tests.routes import Route

NOBODY = "0" * 16
_FORM = {
    "kind": "failure",
    "title": "Changed",
    "lesson": "Changed.",
    "visibility": "organisation",
    "revision": "1",
}
# `#` is another number in each request, since names are taken only once; `@sales` is a team's id,
# `@topic` that of a topic that everybody knows.
_BODIES: dict[str, dict[str, Any]] = {
    "POST /lessons": _FORM,
    "POST /drafts/{draft_id}": _FORM | {"draft_revision": "1"},
    "POST /drafts/{draft_id}/attachments": {"draft_revision": "1"},
    "POST /drafts/{draft_id}/attachments/{attachment_id}/removal": {"draft_revision": "1"},
    "POST /lessons/{lesson_id}/retirement": {"reason": "obsolete"},
    "POST /lessons/{lesson_id}/claim": {"claim_code": "aaaa-bbbb-cccc-dddd-eeee"},
    "POST /lessons/{lesson_id}/questions": {"text": "Does it hold for #?"},
    "POST /lessons/{lesson_id}/questions/{question_id}/answers": {"text": "For # it does."},
    "POST /lessons/{lesson_id}/actions": {"action-what": "A change #"},
    "POST /lessons/{lesson_id}/actions/{action_id}": {"action-what": "A change #"},
    "POST /lessons/{lesson_id}/actions/{action_id}/done": {"evidence": "None of 412 came back."},
    "POST /briefs": {"work": "We replace pump #."},
    "POST /briefs/{brief_id}": {"work": "We replace pump # after all."},
    "POST /briefs/{brief_id}/lessons/{lesson_id}/disposition": {"disposition": "will_apply"},
    "POST /briefs/{brief_id}/follow-up/{lesson_id}": {"manner": "applied"},
    "POST /lessons/{lesson_id}/uses": {"use-manner": "applied", "use-work": "Line #"},
    "POST /lessons/{lesson_id}/uses/{use_id}": {"use-manner": "applied", "use-work": "Line #"},
    "POST /lessons/{lesson_id}/recurrences": {"again-cost": "# days"},
    "POST /my/searches": {"name": "Seals", "address": "q=seals+#"},
    "POST /wanted": {"words": "What is #?"},
    "POST /topics/{topic_id}": {"name": "Worded #", "synonyms": "said #\nmeant #"},
    "POST /following": {"kind": "team", "subject": "@sales"},
    "POST /following/removal": {"kind": "team", "subject": "@sales"},
    "POST /digests/deeds": {"deed": "follow", "subject": "@topic"},
    "POST /digests/deeds/removal": {"deed": "follow", "subject": "@topic"},
    "POST /admin/digests/plan": {"working_day": "2"},
    "POST /admin/digests/preview/recompilation": {"note": "Because #."},
    "POST /digests/subscription": {"about": "team", "subject": "@sales", "cadence": "weekly"},
    "POST /teams": {"name": "New team", "purpose": "", "parent": ""},
    "POST /teams/{team_id}": {"name": "Renamed", "purpose": "", "parent": ""},
    "POST /teams/{team_id}/members": {"person": "nora@northwind.example", "role": "member"},
    "POST /people/{person_id}": {"name": "Nora", "title": "", "role": "member"},
    "POST /people/{person_id}/teams": {"team": "@sales", "team_role": "member"},
    "POST /invitations": {
        "email": "new@northwind.example",
        "name": "",
        "role": "member",
        "team": "",
        "team_role": "member",
    },
    "POST /account": {"name": "Somebody", "title": ""},
    "POST /account/password": {"current": "wrong wrong wrong", "password": "four unrelated words"},
    "POST /account/tokens": {"name": "mine", "scopes": ["read"], "scope": ["read"], "days": "30"},
    "POST /sign-in": {"email": "nobody#@northwind.example", "password": "wrong wrong wrong"},
    "POST /password-reset": {"email": "ada@northwind.example"},
    "POST /welcome": {
        "organisation": "Mine now",
        "name": "X",
        "email": "x@example.org",
        "password": "four unrelated words",
    },
    "POST /api/v1/lessons": {"kind": "failure", "title": "T", "lesson": "L"},
    "PATCH /api/v1/lessons/{lesson_id}": {"title": "Changed"},
    "POST /api/v1/lessons/{lesson_id}/actions": {"what": "A change #"},
    "PATCH /api/v1/actions/{action_id}": {"what": "A change #"},
    "POST /api/v1/actions/{action_id}/done": {"evidence": "None of 412 came back."},
    "POST /api/v1/briefs": {"work": "We replace pump #."},
    "PATCH /api/v1/briefs/{brief_id}": {"ends_on": "2026-05-01"},
    "PUT /api/v1/briefs/{brief_id}/lessons/{lesson_id}/disposition": {"disposition": "already_do"},
    "PUT /api/v1/briefs/{brief_id}/follow-up/{lesson_id}": {"manner": "applied"},
    "POST /api/v1/lessons/{lesson_id}/uses": {"manner": "applied", "work": "Line #"},
    "PATCH /api/v1/lessons/{lesson_id}/uses/{use_id}": {"work": "Line #"},
    "POST /api/v1/lessons/{lesson_id}/recurrences": {"cost": "# days"},
    "POST /api/v1/similar": {"title": "Loose screws"},
    "POST /api/v1/wanted": {"words": "Why do seals #?"},
    "PATCH /api/v1/topics/{topic_id}": {"name": "Worded #"},
    "POST /api/v1/teams": {"name": "New team"},
    "PATCH /api/v1/teams/{team_id}": {"purpose": "Pumping"},
    "PUT /api/v1/teams/{team_id}/members/{person_id}": {"role": "member"},
    "POST /api/v1/people/invitations": {"email": "new@northwind.example"},
    "PATCH /api/v1/people/{person_id}": {"name": "Nora"},
    "POST /api/v1/tokens": {"name": "mine", "scopes": ["read"]},
}


@dataclass
class Stage:
    """A house with everybody in their role."""

    house: House
    _browsers: dict[str, Browser] = field(default_factory=dict)
    _programs: dict[str, TestClient] = field(default_factory=dict)
    _asked: int = 0
    _lesson_id: str = ""
    _draft_id: str = ""
    _question_id: str = ""

    @property
    def people(self) -> dict[str, Person]:
        cast = self.house.cast
        return {
            "outsider": cast.otto,
            "mate": cast.ben,
            "author": cast.ada,
            "manager": cast.mara,
            "curator": cast.kit,
            "administrator": cast.root,
        }

    def ask(self, route: Route, role: str, line: str, **changed: Any) -> Response:
        """Ask as `role`, about a fresh thing of the kind that `line` names."""
        address = self.address(route, line) | changed.pop("ids", {})
        url = re.sub(r"{(\w+)}", lambda found: address[found[1]], route.path)
        if route.for_programs:
            return self._program(role).request(
                route.method,
                url,
                json=self._body(route) if route.changes else None,
                # A brief has states of its own, and is changed without naming one, too.
                headers={} if "{brief_id}" in route.path else {"If-Match": _revision(line)},
                params=_query(route),
            )
        browser = self._browser(role)
        if not route.changes:
            return browser.get(url, follow_redirects=False, **changed)
        return browser.send(url, self._body(route, line), follow_redirects=False, **changed)

    def address(self, route: Route, line: str) -> dict[str, str]:
        """An id for each parameter of the path."""
        made = {
            "brief_id": lambda: self.brief(line),
            "lesson_id": lambda: self._lesson_of(route, line),
            "draft_id": self._draft_of_author,
            "attachment_id": lambda: self._attachment(route, line),
            "question_id": self._question,
            "use_id": self._use,
            "recurrence_id": self._recurrence,
            "answer_id": self._answer,
            "action_id": lambda: self._action(route),
            "topic_id": lambda: self.topic(line),
            "search_id": self._search_of_author,
            "want_id": self._want_of_author,
            "team_id": self._team_of_manager,
            "person_id": lambda: self._person(route).id,
            "session_id": self._session_of_author,
            "token_id": self._token_of_author,
            "invitation_id": self._invitation,
            "notification_id": self._notification_of_author,
            "message_id": self._refused_message,
            "run_id": lambda: NOBODY,
            "revision": lambda: "1",
            "token": lambda: "x" * 43,
            "ending": lambda: "csv",
            "name": lambda: "used",
            # One that has not begun where paper would be printed for each of them.
            "period": lambda: "2199-01" if route.path.endswith(".pdf") else "2026-02",
        }
        return {name: made[name]() for name in re.findall(r"{(\w+)}", route.path)}

    def lesson(self, line: str) -> str:
        """A new lesson of the author's, shared as `line` says."""
        facts = {
            "organisation": {"team": "Pumps"},
            "team": {"team": "Pumps", "visibility": "team"},
            "draft": {"team": "Pumps", "visibility": "draft"},
            "retired": {"team": "Pumps"},
            "protected": {"author_mode": "protected"},
        }[line]
        lesson = self._post(**facts)
        if line == "retired":
            with self.house.database.writing() as session:
                retire(
                    session,
                    session.merge(lesson),
                    RetirementReason.OBSOLETE,
                    by=self.house.cast.ada,
                    now=self.house.clock(),
                )
        self._lesson_id = lesson.id
        return lesson.id

    def brief(self, line: str) -> str:
        """A new brief of the author's with a lesson in it, shared as `line` says."""
        lesson_id, cast, now = self.lesson("organisation"), self.house.cast, self.house.clock()
        brief = Brief(
            work="We replace a pump.",
            team_id=cast.pumps.id if line == "team" else None,
            by_id=cast.ada.id,
            made_at=now,
            changed_at=now,
        )
        with self.house.database.writing() as session:
            session.add(brief)
            session.flush()
            placed = BriefLesson(brief_id=brief.id, lesson_id=lesson_id, position=0, added_at=now)
            session.add(placed)
        return brief.id

    def _lesson_of(self, route: Route, line: str) -> str:
        """That of the brief which was made last, or a new one."""
        return self._lesson_id if "/briefs/" in route.path else self.lesson(line)

    def _attachment(self, route: Route, line: str) -> str:
        """On the lesson or draft that was made last; where the path names neither, on a lesson."""
        if route.path.startswith("/attachments"):
            self.lesson(line)
        on_draft = route.path.startswith("/drafts")
        with self.house.database.writing() as session:
            attachment = Attachment(
                lesson_id=None if on_draft else self._lesson_id,
                draft_id=self._draft_id if on_draft else None,
                name="words.txt",
                media_type="text/plain",
                size_bytes=5,
                checksum="0" * 64,
            )
            session.add(attachment)
        self.house.app.state.files.put(attachment.id, BytesIO(b"words"), now=self.house.clock())
        return attachment.id

    def _question(self) -> str:
        """Asked by the author, about the lesson that was made last."""
        self._asked += 1
        words = Words(text=f"What about {self._asked}?")
        with self.house.database.writing() as session:
            lesson = session.get_one(Lesson, self._lesson_id)
            asked = ask(session, lesson, words, by=self.house.cast.ada, now=self.house.clock())
            self._question_id = asked.id
            return asked.id

    def _answer(self) -> str:
        """Given by the author, to the question that was asked last."""
        by, now = self.house.cast.ada, self.house.clock()
        with self.house.database.writing() as session:
            lesson = session.get_one(Lesson, self._lesson_id)
            asked = session.get_one(Question, self._question_id)
            return answer(session, lesson, asked, Words(text="It is so."), by=by, now=now).id

    def _action(self, route: Route) -> str:
        """Asked for by the author, of themselves, because of the lesson that was made last; where
        the path names none, of one that is shared with everyone."""
        if "lesson_id" not in route.path:
            self.lesson("organisation")
        self._asked += 1
        by, now = self.house.cast.ada, self.house.clock()
        with self.house.database.writing() as session:
            lesson = session.get_one(Lesson, self._lesson_id)
            wish = ActionInput(what=f"A change {self._asked}")
            return propose(session, lesson, wish, by=by, now=now).id

    def _use(self) -> str:
        """Reported by the author for their team, of the lesson that was made last."""
        said = UseInput(manner=Manner.APPLIED, team="Pumps")
        by, now = self.house.cast.ada, self.house.clock()
        with self.house.database.writing() as session:
            lesson = session.get_one(Lesson, self._lesson_id)
            return report(session, lesson, said, by=by, now=now).id

    def _recurrence(self) -> str:
        by, now = self.house.cast.ada, self.house.clock()
        with self.house.database.writing() as session:
            lesson = session.get_one(Lesson, self._lesson_id)
            return report_again(
                session, lesson, RecurrenceInput(team="Pumps", cost="a day"), by=by, now=now
            ).id

    def topic(self, line: str) -> str:
        shared = {} if line == "shared" else {"team": "Pumps", "visibility": "team"}
        self._asked += 1
        name = f"topic {self._asked}"
        self._post(topics=[name], **shared)
        with self.house.reading() as session:
            return topics_named(session, [name])[name].id

    def _post(self, **facts: Any) -> Lesson:
        # The index does not hear of it: nobody searches here, and there are many.
        content = LessonInput.model_validate(
            {"kind": "failure", "title": "A title", "lesson": "A lesson."} | facts
        )
        with self.house.database.writing() as session:
            return post(session, content, by=self.house.cast.ada, now=self.house.clock()).lesson

    def _browser(self, role: str) -> Browser:
        if role not in self._browsers or role == "stranger":
            person = self.people.get(role)
            self._browsers[role] = self.house.browser(person) if person else self.house.stranger()
        return self._browsers[role]

    def _program(self, role: str) -> TestClient:
        if role not in self._programs:
            person = self.people.get(role)
            if person is None:
                return self.house.stranger().client
            scope = Scope.ADMIN if person.role is Role.ADMINISTRATOR else Scope.WRITE
            self._programs[role] = self.house.api(person, scope)
        return self._programs[role]

    def _body(self, route: Route, line: str = "") -> dict[str, Any]:
        self._asked += 1
        mode = {"author_mode": "protected"} if line == "protected" else {}
        form = _FORM | mode | {"revision": _revision(line)}
        body = _BODIES.get(str(route), form if route.path.startswith("/lessons/") else {})
        return {
            name: self._filled(value) if isinstance(value, str) else value
            for name, value in body.items()
        }

    def _filled(self, text: str) -> str:
        if text == "@topic":
            return self.topic("shared")
        return text.replace("#", str(self._asked)).replace("@sales", self.house.cast.sales.id)

    def _person(self, route: Route) -> Person:
        leaves = route.path.endswith("/removal") or route.method == "DELETE"
        return self.house.cast.mara if leaves else self.house.cast.nora

    def _team_of_manager(self) -> str:
        # One who was taken out by the request before is in it again.
        cast = self.house.cast
        with self.house.database.writing() as session:
            team, mara = session.merge(cast.engineering), session.merge(cast.mara)
            join_team(session, team, mara, TeamRole.MANAGER, by=None, now=self.house.clock())
        return cast.engineering.id

    def _search_of_author(self) -> str:
        self._asked += 1
        ada, now = self.house.cast.ada, self.house.clock()
        with self.house.database.writing() as session:
            return save(session, "Seals", f"q={self._asked}", by=ada, now=now)[0].id

    def _want_of_author(self) -> str:
        self._asked += 1
        ada, now = self.house.cast.ada, self.house.clock()
        with self.house.database.writing() as session:
            return ask_for(session, f"Seal {self._asked}?", by=ada, now=now).id

    def _session_of_author(self) -> str:
        self.house.browser(self.house.cast.ada)
        with self.house.reading() as session:
            mine = SignInSession.person_id == self.house.cast.ada.id
            return session.exec(select(SignInSession.id).where(mine)).all()[-1]

    def _refused_message(self) -> str:
        now = self.house.clock()
        message = OutgoingMessage(to="a@b.example", subject="", text="", html="", created_at=now)
        with self.house.database.writing() as session:
            session.add(message)
        return message.id

    def _token_of_author(self) -> str:
        self.house.api(self.house.cast.ada, Scope.READ)
        with self.house.reading() as session:
            mine = ApiToken.person_id == self.house.cast.ada.id
            return session.exec(select(ApiToken.id).where(mine)).all()[-1]

    def _notification_of_author(self) -> str:
        self._asked += 1
        told = Notification(
            person_id=self.house.cast.ada.id,
            kind=NotificationKind.THANKS,
            event_id=f"told {self._asked}",
            lesson_id=self.lesson("organisation"),
            at=self.house.clock(),
        )
        with self.house.database.writing() as session:
            session.add(told)
        return told.id

    def _draft_of_author(self) -> str:
        ada = self.house.cast.ada
        with self.house.database.writing() as session:
            writing = Writing(random_id())
            keep(session, writing, {"title": "Half a"}, by=ada, now=self.house.clock())
        self._draft_id = writing.draft_id
        return writing.draft_id

    def _invitation(self) -> str:
        with self.house.database.writing() as session:
            root = session.merge(self.house.cast.root)
            invitation, _ = invite(
                session,
                email="guest@northwind.example",
                role=Role.MEMBER,
                by=root,
                now=self.house.clock(),
            )
            return invitation.id


def _revision(line: str) -> str:
    return "2" if line == "retired" else "1"


def _query(route: Route) -> dict[str, str]:
    return {"reason": "obsolete"} if route.method == "DELETE" and "lesson_id" in route.path else {}
