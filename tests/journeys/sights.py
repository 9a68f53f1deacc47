"""The pages there are to look at, and something real for every place in their addresses."""

import re
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from app.actions.models import Action
from app.auth.links import invite, reset_link
from app.briefs.models import Brief
from app.config import Settings
from app.demo.content import load
from app.digests.deeds.signed import Links
from app.digests.period import month_of
from app.digests.sending.writing import END_PURPOSE
from app.digests.told import Deed, Offer
from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.signing import seal
from app.lessons.models import Lesson, LessonStanding, State
from app.notifications.bundling import PURPOSE as NOTICES
from app.people.models import Person, Role
from app.searches.models import Want
from app.uses.models import Use
from bench.browser.stage import Stage, furnish
from tests.house.addresses import page_addresses, signed_addresses
from tests.serving import Place

_LAST_MONTH = month_of(system_clock().date()).previous.key
BEFORE_SIGNING_IN = (
    "/sign-in",
    "/password-reset",
    "/password-reset/{reset}",
    "/join/{invitation}",
    "/help",
    "/help/protected-authors",
    "/help/keyboard",
    "/mail/deeds/{asked}",
    "/mail/deeds/{thanked}",
    "/mail/digests/{ends}",
    "/mail/notices/{quiet}",
)
# What everybody has: looked at by the employee of the sample, who has some of each.
EVERYBODYS = (
    "/",
    "/search",
    "/search?q=what+went+wrong+with+the+pump&kind=failure",
    "/search?q=zeppelin",
    "/lessons",
    "/my/lessons",
    "/lessons/new",
    "/lessons/new?as=review",
    "{lesson}",
    "{lesson}/history",
    "{lesson}/history/1",
    "{protected}",
    "{protected}/claim",
    "{retired}",
    "/topics",
    "{topic}",
    "/teams",
    "{team}",
    "/people",
    "/people/knowing?q=pump",
    "{person}",
    "/inbox",
    "/my/following",
    "/my/searches",
    "/wanted",
    "/wanted/{want}",
    "{flagged}",
    "{flagged}/uses",
    "{use}/edit",
    "/actions",
    "{action}/edit",
    "/briefs",
    "/briefs/new",
    "{brief}",
    "{brief}/edit",
    "{brief}/checklist",
    "{ended}/follow-up",
    "/digests",
    "/digests/{month}",
    "/digests/{month}?team={digested}",
    "/digests/{month}/lists/{number}",
    "/digests/mail",
    "/account",
    "/account/notifications",
    "/account/password",
    "/account/sessions",
    "/account/tokens",
)
ADMINISTRATORS = (
    "{lesson}/edit",
    "{lesson}/retirement",
    "{topic}/edit",
    "{team}/edit",
    "{person}",
    "/teams/new",
    "/admin",
    "/invitations",
    "/import",
    "/admin/digests",
    "/admin/digests/{month}",
    "/admin/digests/preview",
    "/design",
)
EMPTY = (
    "/",
    "/search",
    "/search?q=pump",
    "/lessons",
    "/my/lessons",
    "/topics",
    "/teams",
    "/inbox",
    "/my/following",
    "/my/searches",
    "/wanted",
    "/digests",
    f"/digests/{_LAST_MONTH}",
    "/account/tokens",
)
# Looked at on another way, or no page: the first run, a run of an import, files, parts of pages.
# Looked at by mail programs: the preview of a mail.
_OTHERWISE = {"/welcome", "/import/*", "/admin/digests/preview/mail"}
_NO_PAGE = re.compile(r"suggestions|^/attachments/|^/health|^/metrics|\.(csv|md|pdf|ics)$|\.\*$")


class DevelopingPlace(Place):
    """Where the living page of the look is served too, and an upload is soon too large."""

    @property
    def environment(self) -> dict[str, str]:
        more = {"COMMONPLACE_DEVELOPMENT": "true", "COMMONPLACE_MAX_UPLOAD_MB": "1"}
        return super().environment | more


def furnished(place: Place) -> Stage:
    """The sample organisation in a place without anybody."""
    folder = Path(place.environment["COMMONPLACE_DATA_DIR"])
    settings = Settings(_env_file=None, data_dir=folder, database_url=place.database_url)
    return furnish(settings, now=system_clock())


def administrator(session: Session) -> Person:
    administrators = select(Person).where(Person.role == Role.ADMINISTRATOR)
    return session.exec(administrators.order_by(col(Person.email))).first()


def employee(session: Session) -> Person:
    """Whose pages are looked at: who signs in as employee on the sample's tour."""
    sample = load()
    email = next(p.email for p in sample.people if p.key == sample.sign_ins["employee"])
    return session.exec(select(Person).where(Person.email == email)).one()


def addresses(database: Database, stage: Stage) -> dict[str, str]:
    """Something real for each name in the addresses, as far as it can be the same each time."""
    in_use = (Lesson.visibility == "organisation", Lesson.state == State.POSTED)
    first = {
        "protected": (*in_use, Lesson.author_mode == "protected"),
        "lesson": (*in_use, Lesson.revision > 1),
        "retired": (Lesson.state == State.RETIRED,),
    }
    with database.writing() as session:
        found = {
            name: session.exec(select(Lesson).where(*where).order_by(Lesson.title)).first().url
            for name, where in first.items()
        }
        root, now = administrator(session), system_clock()
        _, found["invitation"] = invite(session, email="wren@example.org", by=root, now=now)
        found["reset"] = reset_link(session, root, by=None, now=now)
        found["want"] = session.exec(select(Want.id)).first()
        found |= _what_came(session) | _links(session, stage.settings.key, found["lesson"])
    return found | {name: getattr(stage, name) for name in ("person", "topic", "team")}


def _links(session: Session, key: bytes, lesson_url: str) -> dict[str, str]:
    """What the mails of digests lead to, as seals."""
    me, now, lesson_id = employee(session).id, system_clock(), lesson_url.rpartition("/")[2]
    links = Links(key, me, "", now)
    deeds = {"asked": Deed.ASK, "thanked": Deed.THANK}
    sealed = {
        name: links.deed(Offer(deed, lesson_id)).rpartition("/")[2] for name, deed in deeds.items()
    }
    purposes = {"ends": END_PURPOSE, "quiet": NOTICES}
    a_day = timedelta(days=1)
    return sealed | {
        name: seal(key, purpose, (me,), now=now, lifetime=a_day)
        for name, purpose in purposes.items()
    }


def _what_came(session: Session) -> dict[str, str]:
    """A lesson that much came of, and what the employee may change: a use, an action, briefs."""
    me = employee(session)
    flagged = select(LessonStanding.lesson_id).where(col(LessonStanding.rewrite_since).is_not(None))
    action = session.exec(select(Action).where(Action.owner_id == me.id)).one()
    brief = session.exec(select(Brief).where(Brief.by_id == me.id)).one()
    theirs = select(Brief).where(Brief.team_id == brief.team_id, Brief.id != brief.id)
    theirs = theirs.order_by(col(Brief.ends_on).desc())
    use = session.exec(
        select(Use).where(Use.team_id == brief.team_id).order_by(Use.used_on)
    ).first()
    return {
        "flagged": f"/lessons/{session.exec(flagged).one()}",
        "month": _LAST_MONTH,
        "digested": brief.team_id,
        "number": "used",
        "use": f"/lessons/{use.lesson_id}/uses/{use.id}",
        "action": f"/lessons/{action.lesson_id}/actions/{action.id}",
        "brief": brief.url,
        "ended": session.exec(theirs).first().url,
    }


def pages_without_a_look() -> set[str]:
    """Addresses of pages that stand in no list above."""
    asked = (*page_addresses(), *signed_addresses())
    there = {re.sub(r"{\w+}", "*", path) for method, path in asked if method == "GET"}
    looked_at = {_any_of(path) for path in (*BEFORE_SIGNING_IN, *EVERYBODYS, *ADMINISTRATORS)}
    return {path for path in there - looked_at - _OTHERWISE if not _NO_PAGE.search(path)}


def _any_of(path: str) -> str:
    """An address as the routes have it, with a star for what is one of many."""
    path = path.partition("?")[0].replace("/history/1", "/history/*")
    whole = re.sub(r"^{(lesson|protected|retired|flagged)}", "/lessons/*", path)
    whole = re.sub(r"^{(use|action)}", r"/lessons/*/\1s/*", whole)
    whole = re.sub(r"^{(brief|ended)}", "/briefs/*", whole)
    whole = re.sub(r"^{(topic|team)}", r"/\1s/*", whole).replace("{person}", "/people/*")
    return re.sub(r"{\w+}", "*", whole)
