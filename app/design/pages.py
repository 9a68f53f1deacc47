"""The living page of the look; only in development mode."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import MaybeMe
from app.design.came import Came
from app.design.month import Month
from app.design.parts import Parts
from app.design.specimens import (
    COLOURS,
    PROSE,
    SECTIONS,
    SIZES,
    Pages,
    example_lines,
    icon_names,
)
from app.kit.doors import doors
from app.kit.errors import NotFound
from app.kit.web import page

router = doors()


@router.get("/design")
def design(request: Request, _me: MaybeMe) -> HTMLResponse:
    if not request.app.state.settings.development:
        raise NotFound
    return page(
        request,
        "design/index.html",
        sections=SECTIONS,
        colours=COLOURS,
        sizes=SIZES,
        prose=PROSE,
        lines=example_lines(),
        pages=Pages(),
        icons=icon_names(),
        parts=Parts(),
        came=Came(),
        month=Month(),
        chart_size=Month().size,
    )
