"""Whether the program lives, whether it can do its work, and its measurements."""

from fastapi import Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.kit.db import database_of
from app.kit.doors import doors
from app.kit.errors import NotFound

router = doors(include_in_schema=False)


@router.get("/health/live")
def live() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("live\n")


@router.get("/health/ready")
def ready(request: Request) -> JSONResponse:
    """The database answers; 503 when not. Without the index the database answers searches too, and
    without the model words alone rank them: that is degraded, not down."""
    state, database = request.app.state, _database_answers(request)
    parts = {"database": database, "index": state.index_answers()}
    if state.meaning_answers:
        parts["meaning"] = state.meaning_answers()
    status, reason = _condition(parts)
    return JSONResponse(parts | {"status": status, "reason": reason}, 200 if database else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Prometheus text, when the setting METRICS is on; keep it off the public side of a proxy."""
    if not request.app.state.settings.metrics:
        raise NotFound
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _condition(parts: dict[str, bool]) -> tuple[str, str | None]:
    if not parts["database"]:
        return "down", "The database does not answer."
    if not parts["index"]:
        return "degraded", "The search index is being mended; the database answers searches."
    if not parts.get("meaning", True):
        return "degraded", "The model cannot be used, the log says why; words alone rank searches."
    return "ready", None


def _database_answers(request: Request) -> bool:
    try:
        with database_of(request).reading() as session:
            session.connection().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
