"""A person's page as doors show it: their entry in the register, what they learned under their
name, and for administrators the forms that change who they are here."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.forms import form_page
from app.following.follow import followed
from app.following.models import SubjectKind
from app.kit.errors import Problem
from app.kit.paging import page_number, paging
from app.lessons.access import reader
from app.lessons.browse import in_use, newest
from app.lessons.cards import cards
from app.lessons.register import kinds_among, register, topics_among
from app.people.models import Person
from app.people.overview import teams_around
from app.responses.thanked import thanks_among
from app.uses.used import uses_among

_PER_PAGE = 20


def person_page(
    request: Request,
    db: Session,
    me: Person,
    person: Person,
    problem: Problem | None = None,
    **more: Any,
) -> HTMLResponse:
    """The page of `person` for `me`; `more` takes the place of what the template would be given."""
    offset = (page_number(request) - 1) * _PER_PAGE
    who = reader(db, me)
    lessons = newest(db, who, author_id=person.id, offset=offset, limit=_PER_PAGE)
    theirs = in_use(who, author_id=person.id)
    memberships, other_teams = teams_around(db, person)
    context: dict[str, Any] = {
        "person": person,
        "memberships": memberships,
        "lessons": cards(db, lessons.lessons),
        "register": register(
            db,
            kinds_among(theirs),
            topics_among(theirs),
            uses_among(theirs),
            thanks_among(theirs),
            followed(SubjectKind.PERSON, person.id, by=me),
        ),
        "paging": paging(request, total=lessons.total, per_page=_PER_PAGE),
        "other_teams": other_teams,
        "typed": {"name": person.name, "title": person.title, "role": person.role.value},
        "link": "",
    }
    return form_page(request, "people/show.html", problem, **(context | more))
