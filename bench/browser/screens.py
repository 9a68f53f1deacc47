"""Take the pictures of docs/screens: `make screens`, or
`python -m bench.browser.screens [--only home,lesson] [--whole FOLDER]`.

The sample organisation on a clock that stands still, so that pictures change only with the product.
`--whole` writes pictures of whole pages into another folder instead, for looking at.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.auth.links import found
from app.auth.sessions import open_session
from app.config import Settings
from app.founding import make_ready
from app.kit.db import Database
from app.kit.logs import set_up_logs
from app.main import create_app
from bench.browser.paper import first_page
from bench.browser.stage import Stage, furnish, settings_in

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
MOST_BYTES = 150_000
_SIZES = ((390, 844, 2), (1280, 900, 1))
_SCHEMES = ("light", "dark")
_CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
_COLOURS = (256, 128, 64, 32, 16)
_WRITTEN = {
    "title": "Power screws on the new terminal block came loose in the van",
    "lesson": (
        "Petr forgot the thread lock on the busbar screws, and two units flickered on arrival. "
        "We should be more careful with the power screws."
    ),
}


@dataclass(frozen=True)
class Shot:
    """A page by name: where it is, what is done there before the picture, and in which memory; and
    who of the sample's tour looks at it, where it is not the employee."""

    name: str
    path: str
    do: Callable[[Page], None] = lambda _page: None
    empty: bool = False
    by: str = ""


def _write(page: Page) -> None:
    """Type a lesson with something for the coach to say, and wait until the margin is filled."""
    page.locator("[name=kind][value=near_miss]").check(force=True)
    for name, text in _WRITTEN.items():
        page.locator(f"#{name}").press_sequentially(text, delay=1)
    page.locator("#margin .alike__lesson").first.wait_for(state="attached")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def _look_back(page: Page) -> None:
    """Open the form of what was applied, of the first lesson."""
    page.locator(".looked__manner > summary").first.click()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def _scroll_to_ledger(page: Page) -> None:
    page.locator("#came").evaluate("part => part.scrollIntoView()")


def _scroll_to_months(page: Page) -> None:
    page.locator("#trend").evaluate("part => part.scrollIntoView()")


def _mail_of(digest: str) -> str:
    """The mail of a team's digest, as administrators see it before it goes."""
    month, _, team_id = digest.removeprefix("/digests/").partition("?team=")
    return f"/admin/digests/preview/mail?period={month}&of=team:{team_id}"


def _shots(stage: Stage) -> tuple[Shot, ...]:
    return (
        Shot("home", "/"),
        Shot("post", "/lessons/new", _write),
        Shot("lesson", stage.lesson),
        Shot("search", "/search?q=loose+screws+in+an+inverter"),
        Shot("brief", stage.brief),
        Shot("follow-up", f"{stage.ended}/follow-up", _look_back),
        Shot("ledger", f"{stage.lesson}#came", _scroll_to_ledger),
        Shot("digest", stage.digest, by="manager"),
        Shot("digest-months", f"{stage.digest}#trend", _scroll_to_months, by="manager"),
        Shot("digest-mail", _mail_of(stage.digest), by="administrator"),
        Shot("wanted", "/wanted"),
        Shot("actions", "/actions"),
        Shot("topic", stage.topic),
        Shot("person", stage.person),
        Shot("empty", "/", empty=True),
        Shot("error", "/lessons/0000000000000000"),
    )


def main(
    only: Annotated[str, typer.Option(help="Names of pages, comma between.")] = "",
    whole: Annotated[Path | None, typer.Option(help="Whole pages, into this folder.")] = None,
) -> None:
    """Take the pictures of docs/screens."""
    set_up_logs(level="warning", form="console")
    wanted = set(filter(None, only.split(",")))
    target = whole or SCREENS
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        stage = furnish(settings_in(Path(folder) / "full"), now=NOW)
        nothing = _founded(settings_in(Path(folder) / "empty"))
        browser = playwright.chromium.launch(
            executable_path=which("chromium") or which("google-chrome"), args=list(_CHROMIUM)
        )
        with _serving(stage.settings) as home, _serving(nothing.settings) as empty:
            for shot in _shots(stage):
                if not wanted or shot.name in wanted:
                    where, cookie = (empty, nothing) if shot.empty else (home, stage)
                    session = cookie.sessions[shot.by] if shot.by else cookie.session
                    _take(browser, shot, where, session, target, whole=whole is not None)
            if not wanted or "digest-paper" in wanted:
                _take_paper(browser, stage, home, target)
        browser.close()


def _founded(settings: Settings) -> Stage:
    """A memory on its first day."""
    database = Database(settings.database)
    make_ready(settings, database, now=NOW)
    with database.writing() as session:
        root = found(
            session,
            organisation="Halden Heat Pumps",
            email="teuvo.rautalampi@halden.example",
            name="Teuvo Rautalampi",
            password="orchard kettle violin 7",  # noqa: S106 - of a memory that is thrown away
            now=NOW,
        )
        stage = Stage(settings, open_session(session, root, device="looking", now=NOW, days=1))
    database.close()
    return stage


@contextmanager
def _serving(settings: Settings) -> Iterator[str]:
    """The product in this process, on the clock that stands still; gives its address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{sock.getsockname()[1]}"
        app = create_app(settings.model_copy(update={"base_url": address}), clock=lambda: NOW)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield address
        server.should_exit = True
        thread.join()


def _take(
    browser: Browser, shot: Shot, home: str, session: str, target: Path, *, whole: bool
) -> None:
    for width, height, scale in _SIZES:
        for scheme in _SCHEMES:
            context = browser.new_context(
                base_url=home,
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                has_touch=scale > 1,
                color_scheme=scheme,
                locale="en-GB",
                reduced_motion="reduce",
            )
            context.add_cookies([{"name": "session", "value": session, "url": home}])
            page = context.new_page()
            page.goto(shot.path)
            shot.do(page)
            page.evaluate("document.fonts.ready")
            page.wait_for_load_state("networkidle")
            picture = page.screenshot(full_page=whole, animations="disabled", caret="hide")
            context.close()
            path = target / f"{shot.name}-{width}-{scheme}.png"
            path.write_bytes(picture if whole else _small(picture))
            typer.echo(f"{path.name}: {path.stat().st_size // 1000} KB")


def _take_paper(browser: Browser, stage: Stage, home: str, target: Path) -> None:
    context = browser.new_context(base_url=home)
    cookie = {"name": "session", "value": stage.sessions["manager"], "url": home}
    context.add_cookies([cookie])
    picture = first_page(context.request.get(stage.digest.replace("?", ".pdf?")).body())
    context.close()
    if picture is None:
        typer.echo("digest-paper: not drawn, there is no Ghostscript here")
        return
    path = target / "digest-paper.png"
    path.write_bytes(_small(picture))
    typer.echo(f"{path.name}: {path.stat().st_size // 1000} KB")


def _small(picture: bytes) -> bytes:
    """The picture as it is, or in as many of its commonest colours as fit into MOST_BYTES: paper
    and inks stay exactly what they are."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    commonest = [c for _, c in sorted(image.getcolors(image.width * image.height), reverse=True)]
    small = _written(image)
    for colours in _COLOURS:
        if len(small) <= MOST_BYTES:
            break
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in commonest[:colours] for part in colour])
        small = _written(image.quantize(palette=palette, dither=Image.Dither.NONE))
    return small


def _written(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    typer.run(main)
