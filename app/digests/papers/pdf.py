"""A digest on paper: PDF, made by a process of its own, so that nothing of this one is in it and
what it costs is limited."""

import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from jinja2 import Environment

import app
from app.digests.papers.as_text import compiled, one_line, opening
from app.digests.papers.chart_pictures import FILLS, INK, RULE
from app.digests.papers.chart_shapes import WIDTH, drawing_of, shows_something, value_in_words
from app.digests.papers.printer import NOT_INSTALLED
from app.digests.told import Part, Told
from app.kit.errors import Problem, Unavailable

PRINTER = (sys.executable, "-m", "app.digests.papers.printer")
#: What keeps a month on two pages: lines in the first parts and in the others, and how high a chart
#: is, in pixels.
_FIRST_PARTS = {Part.ACT, Part.USED, Part.AGAIN}
_MOST_FIRST, _MOST_LINES, _CHART_HEIGHT = 3, 2, 88
_PATIENCE_SECONDS = 40
_AT_A_TIME = 1
_PROGRAM = Path(app.__file__).resolve().parent.parent
_log = structlog.get_logger("digests")
_places = threading.BoundedSemaphore(_AT_A_TIME)


class NoPaper(Problem):
    """There is no PDF to be had here."""

    status = 503
    code = "no_paper"
    message = (
        "This server makes no PDF: it lacks the Pango library. Whoever runs it can install it (on "
        "Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0). Until then open the digest "
        "and print it from the browser, which can also save it as PDF."
    )


class PrintingFailed(NoPaper):
    message = (
        "The PDF could not be made. Open the digest and print it from the browser, which can also "
        "save it as PDF."
    )


def as_pdf(
    told: Told, templates: Environment, base_url: str, *, printer: tuple[str, ...] = PRINTER
) -> bytes:
    """The digest as PDF, A4, mostly two pages. Takes a second.

    Raises NoPaper where Pango is missing, and when it takes too long or breaks; Unavailable while
    others are being printed.
    """
    return _printed(as_paper(told, templates, base_url).encode(), printer)


def as_paper(told: Told, templates: Environment, base_url: str) -> str:
    """The same as HTML that stands for itself, as it is printed."""
    return templates.get_template("digests/paper.html").render(
        told=told,
        base_url=base_url,
        most={part: _MOST_FIRST if part in _FIRST_PARTS else _MOST_LINES for part in Part},
        charts=[
            (chart, drawing_of(chart, _CHART_HEIGHT), shows_something(chart))
            for chart in told.charts
        ],
        chart_size=(WIDTH, _CHART_HEIGHT),
        fills=FILLS,
        ink=INK,
        rule=RULE,
        plain=one_line,
        compiled=compiled(told),
        opening=opening(told),
        value_in_words=value_in_words,
    )


def _printed(html: bytes, printer: tuple[str, ...]) -> bytes:
    if not _places.acquire(timeout=_PATIENCE_SECONDS / 4):
        raise Unavailable("Another digest is being printed just now. Try again in a minute.")
    try:
        with TemporaryDirectory(prefix="commonplace-paper-") as folder:
            done = subprocess.run(  # noqa: S603 - our own program, without a shell
                printer,
                input=html,
                capture_output=True,
                cwd=_PROGRAM,
                env={"PYTHONUTF8": "1", "TMPDIR": folder, "HOME": folder},
                timeout=_PATIENCE_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise PrintingFailed from error
    finally:
        _places.release()
    if done.returncode == NOT_INSTALLED:
        raise NoPaper
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        _log.warning("a digest could not be printed", status=done.returncode)
        raise PrintingFailed
    return done.stdout
