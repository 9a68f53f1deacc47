"""A wheel built from the project holds all it needs and runs from another folder."""

import os
import re
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import VERSION
from app.config import PREFIX
from tests.house.sources import ROOT

START_SECONDS = 60
IN_THE_WHEEL = (
    "app/main.py",
    "app/auth/common_passwords.txt",
    "app/demo/organisation.yaml",
    "app/static/css/order.txt",
    "app/static/vendor/htmx.min.js",
    "app/_resources/templates/layouts/page.html",
    "app/_resources/templates/emails/invitation/subject.txt",
    "app/_resources/migrations/env.py",
    "search/__init__.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment of its own with the wheel, which sees this one's libraries."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    packages = Path(
        subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
    )
    # Its libraries, but not the path file that leads to the checkout.
    (packages / "libraries.pth").write_text(
        f"import sys; sys.path.append({sysconfig.get_path('purelib')!r})\n"
    )
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)],
        check=True,
        capture_output=True,
        cwd=home,
    )
    return home / "bin" / "commonplace"


@pytest.fixture
def clean(tmp_path: Path) -> dict[str, str]:
    """An environment without settings of ours, and with one: where the data is."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX) and k != "PYTHONPATH"}
    return kept | {"COMMONPLACE_DATA_DIR": str(tmp_path / "data")}


def test_the_wheel_holds_all_that_the_program_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert set(IN_THE_WHEEL) <= names
    assert any(re.match(r"app/_resources/migrations/versions/.+\.py", name) for name in names)
    assert any(re.match(r"app/demo/lessons/.+\.yaml", name) for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "docs/"))]
    assert not [name for name in names if name.endswith(".pyc")]


def test_the_program_runs_from_another_folder(
    installed: Path, tmp_path: Path, clean: dict[str, str]
) -> None:
    said = subprocess.run(
        [installed, "--version"],
        cwd=tmp_path,
        env=clean,
        check=True,
        capture_output=True,
        text=True,
    )
    assert said.stdout == f"commonplace {VERSION}\n"


def test_the_installed_program_is_the_wheels_and_not_the_checkouts(
    installed: Path, tmp_path: Path, clean: dict[str, str]
) -> None:
    where = subprocess.run(
        [installed.parent / "python", "-c", "import app, search; print(app.__file__)"],
        cwd=tmp_path,
        env=clean,
        check=True,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(str(installed.parent.parent))


@pytest.fixture
def address(installed: Path, tmp_path: Path, clean: dict[str, str]) -> Iterator[str]:
    """Where the installed program serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [installed, "serve", "--port", str(port)],
        cwd=tmp_path,
        env=clean,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if "startup complete" in line:
                break
        else:
            pytest.fail("the program ended before it served")
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.communicate(timeout=START_SECONDS)


@pytest.mark.timeout(START_SECONDS)
def test_the_installed_program_serves_pages_and_styles(address: str, tmp_path: Path) -> None:
    for path, kind in (
        ("/help", "text/html"),
        ("/static/site.css", "text/css"),
        ("/static/js/forms.js", "text/javascript"),
        ("/health/ready", "json"),
    ):
        with urllib.request.urlopen(address + path, timeout=10) as answer:
            assert answer.status == 200
            assert kind in answer.headers["content-type"]
            assert answer.read()
    assert (tmp_path / "data" / "commonplace.db").exists()
