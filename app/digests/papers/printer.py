"""Makes a PDF of HTML, standard input to standard output, under limits that the kernel keeps: a
process of its own (`python -m app.digests.papers.printer`), started by `pdf.py`.

What it may open are the style sheet beside it and the product's own faces, and nothing else.
"""

import json
import os
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from app.kit.resources import STATIC

MEMORY_BYTES = 1_500_000_000
WORKING_SECONDS = 30
LARGEST_PDF_BYTES = 20_000_000
#: How it ends where a library that it needs is missing.
NOT_INSTALLED = 3
_POLITE = 5
_LIMITS = {
    resource.RLIMIT_AS: MEMORY_BYTES,
    resource.RLIMIT_CPU: WORKING_SECONDS,
    resource.RLIMIT_FSIZE: LARGEST_PDF_BYTES,
    resource.RLIMIT_CORE: 0,
}
_SHEET = Path(__file__).with_name("paper.css")
_FACES = {f"face:{path.name}": path for path in (STATIC / "fonts").glob("*.woff2")}


class NotOpened(ValueError):
    """Something asked for an address that is none of ours."""


def main() -> int:
    """Read, print, write; the exit status."""
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    os.nice(_POLITE)
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as error:  # OSError: Pango is not on this machine
        sys.stderr.write(f"\n{json.dumps({'missing': str(error)[:200]})}\n")
        return NOT_INSTALLED
    sys.stdout.buffer.write(print_(weasyprint, sys.stdin.buffer.read().decode()))
    sys.stdout.flush()
    return 0


def print_(weasyprint: Any, html: str) -> bytes:
    """The PDF, tagged for who reads with their ears (PDF/UA-1)."""
    faces = import_module("weasyprint.text.fonts").FontConfiguration()
    fetcher = faces_alone(import_module("weasyprint.urls"))
    sheet = weasyprint.CSS(string=_SHEET.read_text("utf-8"), font_config=faces, url_fetcher=fetcher)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=faces, pdf_variant="pdf/ua-1")
    return pdf


def faces_alone(urls: Any) -> Any:
    """What opens addresses for the printer (`weasyprint.urls` given): the product's own faces.
    Everything else raises NotOpened."""

    class Faces(urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - as it is called
            face = _FACES.get(url)
            if face is None:
                raise NotOpened(url[:200])
            return urls.URLFetcherResponse(url, face.read_bytes(), {"Content-Type": "font/woff2"})

    return Faces(allowed_protocols=())


if __name__ == "__main__":
    sys.exit(main())
