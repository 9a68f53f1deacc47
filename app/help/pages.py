"""Help: what the product is for, its keys, what protecting an author means. Open to everyone."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.auth.guards import MaybeMe
from app.kit.doors import doors
from app.kit.web import page

router = doors()


@router.get("/help")
def help_index(request: Request, _me: MaybeMe) -> HTMLResponse:
    return page(request, "help/index.html")


@router.get("/help/keyboard")
def keyboard(request: Request, _me: MaybeMe) -> HTMLResponse:
    return page(request, "help/keyboard.html")


@router.get("/help/protected-authors")
def protected_authors(request: Request, _me: MaybeMe) -> HTMLResponse:
    return page(request, "help/protected_authors.html")
