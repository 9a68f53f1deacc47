"""What the measuring commands share: sizes as people type them, and the file that figures go to."""

import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import VERSION
from app.cli.program import refuse


def sizes_in(text: str) -> tuple[int, ...]:
    """Numbers above nought with commas between; anything else is refused."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isdecimal() and int(part) > 0 for part in parts):
        refuse("Give sizes as numbers with commas between, for example --sizes 2000,10000.")
    return tuple(int(part) for part in parts)


def write_figures(path: Path | None, figures: dict[str, Any]) -> None:
    """The figures with when, where and with what they were measured, if a file is wanted."""
    if path is None:
        return
    about = {
        "version": VERSION,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }
    path.write_text(json.dumps(about | figures, indent=2) + "\n", encoding="utf-8")
