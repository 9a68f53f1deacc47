"""The inbox, and what to be told of."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.config import Settings
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.forms import Form
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect
from app.lessons.access import reader
from app.notifications.inbox import inbox, notification_of
from app.notifications.kinds import GROUPS
from app.notifications.mail_pages import wishes_in
from app.notifications.models import ByMail, NotificationKind
from app.notifications.reading import kinds_wanted, read, read_all, want_only
from app.notifications.saying import opens
from app.notifications.wishes import DEFAULTS, end_mail, no_mail, wish, wishes_of

router = doors()
_PER_PAGE = 30
_WHEN = (
    (ByMail.AT_ONCE.value, "Mail at once"),
    (ByMail.DAILY.value, "Mail once a day"),
    (ByMail.NEVER.value, "No mail"),
)


@router.get("/inbox")
def index(request: Request, me: Me, db: Db, now: Now) -> HTMLResponse:
    offset = (page_number(request) - 1) * _PER_PAGE
    found = inbox(db, reader(db, me), now=now, offset=offset, limit=_PER_PAGE)
    return page(
        request,
        "notifications/index.html",
        days=found.days,
        paging=paging(request, total=found.total, per_page=_PER_PAGE),
    )


@router.post("/inbox/reading")
def read_everything(request: Request, me: Me, db: Db, now: Now) -> Response:
    read_all(db, by=me, now=now)
    return redirect(request, "/inbox", notice="All of it is marked as read.")


@router.post("/inbox/{notification_id}/reading")
def open_one(request: Request, notification_id: Id, me: Me, db: Db, now: Now) -> Response:
    """Marks it as read and leads to what it tells of."""
    notification = notification_of(db, notification_id, reader(db, me))
    together = read(db, notification, now=now)
    return redirect(request, opens(notification, together=together))


@router.get("/account/notifications")
def preferences(request: Request, me: Me, db: Db) -> HTMLResponse:
    settings: Settings = request.app.state.settings
    by_mail = wishes_of(db, [me.id])[me.id]
    none = no_mail(by_mail)
    return page(
        request,
        "notifications/preferences.html",
        groups=GROUPS,
        wanted=kinds_wanted(db, me),
        by_mail=DEFAULTS if none else by_mail,
        no_mail=none,
        choices=_WHEN,
        sends_mail=settings.sends_mail,
        email=me.email,
    )


@router.post("/account/notifications")
def change_preferences(request: Request, form: Form, me: Me, db: Db) -> Response:
    chosen = form.texts("kind")
    want_only(db, [kind for kind in NotificationKind if kind.value in chosen], by=me)
    if form.text("no-mail"):
        end_mail(db, by=me)
    else:
        wish(db, wishes_in(form), by=me)
    return redirect(request, "/account/notifications", notice="Saved.")
