"""A lesson to take along: as Markdown."""

from fastapi import Request, Response

from app.auth.guards import Me
from app.kit.db import Db
from app.kit.doors import doors
from app.lessons.access import reader
from app.lessons.as_markdown import as_markdown
from app.lessons.reading import lesson_to_read

router = doors()


@router.get("/lessons/{lesson_id}.md")
def markdown(request: Request, db: Db, me: Me, lesson_id: str) -> Response:
    reading = lesson_to_read(db, lesson_id, reader(db, me))
    text = as_markdown(reading.card, request.app.state.settings.base_url)
    headers = {"Cache-Control": "no-store", "Vary": "Cookie"}
    return Response(text, media_type="text/markdown", headers=headers)
