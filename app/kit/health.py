"""Whether the program lives, whether it can do its work, and its measurements."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.kit.db import database_of
from app.kit.errors import NotFound

router = APIRouter(include_in_schema=False)


@router.get("/health/live")
def live() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("live\n")


@router.get("/health/ready")
def ready(request: Request) -> JSONResponse:
    """The database answers and the index can be read; 503 when not, saying which."""
    found = {"database": _database_answers(request), "index": request.app.state.index_answers()}
    return JSONResponse(found, 200 if all(found.values()) else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Prometheus text, when the setting METRICS is on; keep it off the public side of a proxy."""
    if not request.app.state.settings.metrics:
        raise NotFound
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _database_answers(request: Request) -> bool:
    try:
        with database_of(request).reading() as session:
            session.connection().execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
