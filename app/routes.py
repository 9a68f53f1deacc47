"""Every router of the product, in reading order: its table of contents."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.routing import BaseRoute

from app.actions import api as actions_api
from app.actions import pages as actions_pages
from app.auth import account_pages, sign_in_pages
from app.auth import api as tokens_api
from app.briefs import api as briefs_api
from app.briefs import change_pages, follow_up_api, follow_up_pages, taking_pages
from app.briefs import pages as briefs_pages
from app.design import pages as design_pages
from app.digests import api as digests_api
from app.digests import pages as digests_pages
from app.digests.deeds import deed_pages, mailed_deed_pages
from app.digests.deeds.doing import ready_words
from app.digests.deeds.signed import brief_path
from app.digests.papers import papers_pages
from app.digests.sending import getting_pages, sending_pages
from app.digests.telling.latest import latest_digest
from app.digests.telling.offered import done, offered
from app.drafts import margin_pages
from app.drafts import pages as drafts_pages
from app.experts import api as experts_api
from app.experts import assigning_api
from app.experts import pages as experts_pages
from app.files import pages as files_pages
from app.following import pages as following_pages
from app.help import pages as help_pages
from app.home import pages as home_pages
from app.kit import health
from app.kit.csrf import own_pages_only
from app.lessons import api as lessons_api
from app.lessons import (
    copy_pages,
    history_pages,
    labels,
    pages,
    revision_pages,
    search_api,
    search_pages,
    suggest_pages,
)
from app.lessons.lines import lines
from app.notifications import mail_pages
from app.notifications import pages as notifications_pages
from app.people import api as people_api
from app.people import invitation_pages, team_pages
from app.people import pages as people_pages
from app.responses import pages as responses_pages
from app.searches import api as searches_api
from app.searches import pages as searches_pages
from app.topics import api as topics_api
from app.topics import pages as topics_pages
from app.transfer import pages as transfer_pages
from app.uses import api as uses_api
from app.uses import pages as uses_pages
from app.uses import words as said_of_uses
from app.uses.form import reported_label

# What people see. Everything that changes something asks for the browser's token.
PAGES = (
    home_pages.router,
    taking_pages.router,  # a brief to take along: its address may end in .md
    briefs_pages.router,  # before you start
    change_pages.router,  # decided in, said anew, removed
    follow_up_pages.router,  # what came of it, and being told while the work lasts
    search_pages.router,
    suggest_pages.router,  # as one types
    searches_pages.router,  # saved searches, wanted lessons
    copy_pages.router,  # a lesson to take along: its address ends in .md
    pages.router,  # lessons: newest, mine, new, one
    margin_pages.router,  # the margin beside what is being written
    drafts_pages.router,  # what is being written
    files_pages.router,  # attachments
    history_pages.router,  # every version of a lesson
    revision_pages.router,  # edit, retire, restore, claim
    responses_pages.router,  # questions, answers, thanks
    uses_pages.router,  # uses, recurrences, confirmations
    actions_pages.router,  # changes that lessons ask for
    experts_pages.router,  # people who know; before a person's page
    following_pages.router,
    notifications_pages.router,  # the inbox
    papers_pages.router,  # a digest to take along: its address ends in .md, .pdf, .ics
    getting_pages.router,  # who gets which digest
    sending_pages.router,  # digests as administrators see them
    deed_pages.router,  # from a digest to the deed
    digests_pages.router,  # the manager's month
    topics_pages.router,
    team_pages.router,
    people_pages.router,
    invitation_pages.router,
    sign_in_pages.router,  # first run, sign in and out, reset, join
    account_pages.router,  # password, sessions, tokens
    transfer_pages.router,  # import
    help_pages.router,
    design_pages.router,  # in development mode
)
# What is done from a mail, without signing in: each address carries its own proof, a seal that the
# door asks for (`kit/sealed.py`), so that no token of a page is needed.
SIGNED = (
    mail_pages.router,  # notices by mail
    getting_pages.signed,  # digests by mail
    mailed_deed_pages.router,  # from a digest to the deed
)
# What programs use, under /api/v1, with a token.
APIS = (
    lessons_api.router,
    search_api.router,
    searches_api.router,  # wanted lessons
    assigning_api.router,  # who is asked to write them
    briefs_api.router,
    follow_up_api.router,
    uses_api.router,
    actions_api.router,
    experts_api.router,
    digests_api.router,
    people_api.router,
    topics_api.router,
    tokens_api.router,
)
API_ROOT = "/api/v1"

LABELS: dict[str, Callable[..., Any]] = {
    "kind_label": labels.kind_label,
    "state_label": labels.state_label,
    "cause_label": labels.cause_label,
    "field_label": labels.field_label,
    "lines": lines,
    "manner_said": said_of_uses.manner_in_words,
    "result_said": said_of_uses.result_in_words,
    "broke_said": said_of_uses.broke_in_words,
    "reported_label": reported_label,
    "latest_digest": latest_digest,
    "offered_label": offered,
    "done_label": done,
    "ready_words": ready_words,
    "brief_path": brief_path,
}
_PLACES = (
    ("/", "Home"),
    ("/briefs", "Briefs"),
    ("/digests", "Digests"),
    ("/lessons", "Lessons"),
    ("/my/lessons", "Mine"),
    ("/topics", "Topics"),
    ("/teams", "Teams"),
    ("/people", "People"),
)


def add_routes(app: FastAPI) -> None:
    """Put every router into the application."""
    app.router.routes.extend(_routes())


@cache
def _routes() -> Sequence[BaseRoute]:
    # Nothing of them is any one application's, and making them ready costs more than all the rest
    # of an application: a process with several makes them once.
    together = APIRouter()
    together.include_router(health.router)
    for router in PAGES:
        together.include_router(
            router, dependencies=[Depends(own_pages_only)], include_in_schema=False
        )
    for router in SIGNED:
        together.include_router(router, include_in_schema=False)
    for router in APIS:
        together.include_router(router, prefix=API_ROOT)
    return together.routes


def navigation(request: Request) -> list[tuple[str, str, bool]]:
    """Where a person can go as (address, label, whether they are there)."""
    path = request.url.path
    return [
        (url, label, path == url or (url != "/" and path.startswith(url + "/")))
        for url, label in _PLACES
    ]
