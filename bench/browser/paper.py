"""The first page of a PDF as a picture, where Ghostscript can draw it."""

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

_OPTIONS = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dLastPage=1", "-sDEVICE=png16m", "-r110")
_SMOOTH = ("-dTextAlphaBits=4", "-dGraphicsAlphaBits=4")


def first_page(pdf: bytes) -> bytes | None:
    """It as PNG; None without Ghostscript."""
    draw = which("gs")
    if draw is None:
        return None
    with TemporaryDirectory() as folder:
        paper, picture = Path(folder) / "paper.pdf", Path(folder) / "picture.png"
        paper.write_bytes(pdf)
        command = [draw, *_OPTIONS, *_SMOOTH, f"-sOutputFile={picture}", str(paper)]
        subprocess.run(command, check=True)  # noqa: S603 - our own options, a file of our own
        return picture.read_bytes()
