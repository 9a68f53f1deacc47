"""Static files: kept by browsers for good when their address names their content."""

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.kit.assets import JS_BUNDLES, css_bundle, js_bundle
from app.kit.resources import STATIC

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_A_DAY = "public, max-age=86400"


class _KeptFiles(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        named = b"v=" in scope["query_string"] or path.startswith("fonts/")
        response.headers["Cache-Control"] = _FOR_GOOD if named else _FOR_A_DAY
        return response


def install_static(app: FastAPI) -> None:
    """Serve `/static/…`, what every page needs as one, and the icon that every browser asks for."""

    def site_css(_request: Request) -> Response:
        return Response(css_bundle(), media_type="text/css", headers={"Cache-Control": _FOR_GOOD})

    def scripts(request: Request) -> Response:
        name = request.url.path.removeprefix("/static/").removesuffix(".js")
        kept = {"Cache-Control": _FOR_GOOD}
        return Response(js_bundle(name), media_type="text/javascript", headers=kept)

    def favicon(_request: Request) -> Response:
        return FileResponse(STATIC / "favicon.ico", headers={"Cache-Control": _FOR_A_DAY})

    app.add_route("/static/site.css", site_css, include_in_schema=False)
    for name in JS_BUNDLES:
        app.add_route(f"/static/{name}.js", scripts, include_in_schema=False)
    app.add_route("/favicon.ico", favicon, include_in_schema=False)
    app.mount("/static", _KeptFiles(directory=STATIC), name="static")
