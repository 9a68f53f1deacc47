"""Finds a browser for the journeys; run as a program, it also installs one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PLACES = tuple(Path("/usr/bin") / name for name in _NAMES)


def browser_path() -> str | None:
    """The machine's own browser; None where only playwright's may be there."""
    on_path = next(filter(None, map(shutil.which, _NAMES)), None)
    return on_path or next((str(place) for place in _PLACES if place.exists()), None)


def _playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _run(*command: str) -> bool:
    print("Running:", *command, flush=True)
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0


def _install() -> bool:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _run("apt-get", "update", "-q")
        if _run("apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"):
            return True
    return _run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    """Say which browser there is, after installing one if need be; 1 when none can be had."""
    if browser_path() or _playwright_has_one() or _install():
        print("Browser:", browser_path() or "playwright's own chromium")
        return 0
    print(
        "No browser was found and none could be installed. Install chromium and try again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
