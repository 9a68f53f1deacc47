"""A brief to take along: as Markdown, and on paper as a checklist."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from app.auth.guards import Me
from app.briefs.as_markdown import as_markdown
from app.briefs.reading import brief_to_read
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.web import page
from app.lessons.access import reader

router = doors()


@router.get("/briefs/{brief_id}.md")
def markdown(request: Request, db: Db, me: Me, now: Now, brief_id: str) -> Response:
    shown = brief_to_read(db, brief_id, reader(db, me), now.date())
    text = as_markdown(shown, request.app.state.settings.base_url)
    headers = {"Cache-Control": "no-store", "Vary": "Cookie"}
    return Response(text, media_type="text/markdown", headers=headers)


@router.get("/briefs/{brief_id:id}/checklist")
def checklist(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> HTMLResponse:
    shown = brief_to_read(db, brief_id, reader(db, me), now.date())
    base_url = request.app.state.settings.base_url
    return page(request, "briefs/checklist.html", brief=shown, base_url=base_url)
