"""Measure pages as a phone would load them: `make lighthouse`, or
`python -m bench.browser.lighthouse [--times 5] [--only home,lesson] [--json FILE]`.

Lighthouse (npm) drives Debian's chromium over the sample organisation on loopback, with its own
model of a slow phone: four times slower, 150 ms and 1.6 Mbit/s away. Each page is loaded several
times into an empty cache; medians are shown.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import typer

from app.bench.place import Place, serving
from app.kit.clock import system_clock
from bench.browser.stage import Stage, furnish, settings_in

LIGHTHOUSE = "lighthouse@13"
_CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
_CATEGORIES = ("performance", "accessibility", "best-practices")
_AT_MOST_SECONDS = 180
_TRIES = 3
GOALS = {
    "performance": 95,
    "accessibility": 100,
    "best-practices": 100,
    "lcp_s": 1.5,
    "cls": 0.05,
    "kb": 100,
}
_AT_LEAST = _CATEGORIES


class LookFailed(RuntimeError):
    """Lighthouse could not measure a page."""


@dataclass(frozen=True)
class Looked:
    """What one load of a page gave: scores to 100, seconds, kilobytes; what fell short."""

    figures: dict[str, float]
    short: list[str]


def main() -> int:
    """Show the medians; 1 when a goal is missed, 2 when nothing could be measured."""
    wanted = _arguments()
    if not shutil.which("npx"):
        typer.echo("Lighthouse needs Node's npx, and there is none.", err=True)
        return 2
    with TemporaryDirectory() as folder:
        stage = furnish(settings_in(Path(folder)), now=system_clock())
        with serving(Place(stage.settings, "", "")) as (port, _):
            found = dict(_measured(stage, f"http://127.0.0.1:{port}", wanted))
    _show(found)
    if wanted.json:
        wanted.json.write_text(json.dumps(found, indent=2) + "\n")
    return 1 if any(page["missed"] for page in found.values()) else 0


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=5, help="loads of each page")
    asked.add_argument("--only", default="", help="pages by name, comma between")
    asked.add_argument("--json", type=Path, help="write all figures to this file")
    return asked.parse_args()


def _pages(stage: Stage) -> dict[str, str]:
    return {
        "home": "/",
        "search": "/search?q=loose+screws+in+an+inverter",
        "lesson": stage.lesson,
        "write": "/lessons/new",
        "person": stage.person,
        "topic": stage.topic,
        "inbox": "/inbox",
        "sign-in": "/sign-in",
    }


def _measured(
    stage: Stage, home: str, wanted: argparse.Namespace
) -> Iterator[tuple[str, dict[str, Any]]]:
    only = set(filter(None, wanted.only.split(",")))
    for name, path in _pages(stage).items():
        if only and name not in only:
            continue
        cookie = "" if name == "sign-in" else f"session={stage.session}"
        # The first answer of a server is slower than all others: it reads its templates.
        httpx2.get(home + path, headers={"Cookie": cookie}).raise_for_status()
        looks = [_look(home + path, cookie) for _ in range(wanted.times)]
        figures = {key: median(look.figures[key] for look in looks) for key in looks[0].figures}
        short = sorted({line for look in looks for line in look.short})
        yield name, {**figures, "missed": _missed(figures), "short": short}
        typer.echo(f"{name}: {figures}", err=True)


def _look(url: str, cookie: str) -> Looked:
    """One load; now and then the browser's trace has no beginning, and it is loaded again."""
    for _ in range(_TRIES - 1):
        try:
            return _load(url, cookie)
        except LookFailed as failed:
            typer.echo(f"once more: {str(failed).strip().splitlines()[-1:]}", err=True)
    return _load(url, cookie)


def _load(url: str, cookie: str) -> Looked:
    """One load; raises LookFailed with Lighthouse's words when it could not be measured."""
    command = [
        *("npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", "--form-factor=mobile"),
        *(f"--only-categories={','.join(_CATEGORIES)}", f"--chrome-flags={_CHROMIUM}"),
        f"--extra-headers={json.dumps({'Cookie': cookie} if cookie else {})}",
    ]
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), "")
    done = subprocess.run(  # noqa: S603 - a program we name, no shell
        command,
        env={"CHROME_PATH": chromium} | os.environ,
        capture_output=True,
        text=True,
        timeout=_AT_MOST_SECONDS,
        check=False,
    )
    if done.returncode or not done.stdout.startswith("{"):
        raise LookFailed(done.stderr[-2000:])
    return _looked(json.loads(done.stdout))


def _looked(report: dict[str, Any]) -> Looked:
    if report.get("runtimeError"):
        raise LookFailed(report["runtimeError"]["message"])
    audits = report["audits"]
    figures = {name: round(100 * report["categories"][name]["score"]) for name in _CATEGORIES}
    figures |= {
        "lcp_s": round(audits["largest-contentful-paint"]["numericValue"] / 1000, 2),
        "fcp_s": round(audits["first-contentful-paint"]["numericValue"] / 1000, 2),
        "tbt_ms": round(audits["total-blocking-time"]["numericValue"]),
        "cls": round(audits["cumulative-layout-shift"]["numericValue"], 3),
        "kb": round(audits["total-byte-weight"]["numericValue"] / 1024, 1),
    }
    short = [
        f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in audits.values()
        if audit["score"] is not None
        and audit["score"] < 1
        and audit["scoreDisplayMode"] not in ("informative", "notApplicable", "manual")
    ]
    return Looked(figures, short)


def _missed(figures: dict[str, float]) -> list[str]:
    return [
        f"{name} {figures[name]} (goal {goal})"
        for name, goal in GOALS.items()
        if (figures[name] < goal if name in _AT_LEAST else figures[name] > goal)
    ]


def _show(found: dict[str, dict[str, Any]]) -> None:
    names = ("performance", "accessibility", "best-practices", "lcp_s", "fcp_s", "cls", "kb")
    typer.echo(f"| page | {' | '.join(names)} |")
    typer.echo("|---" * (len(names) + 1) + "|")
    for page, figures in found.items():
        typer.echo(f"| {page} | {' | '.join(str(figures[name]) for name in names)} |")
    for page, figures in found.items():
        for line in (*figures["missed"], *figures["short"]):
            typer.echo(f"{page}: {line}")


if __name__ == "__main__":
    sys.exit(main())
