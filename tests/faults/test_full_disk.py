"""The disk is full under the database, the index, the files or the log: writes are refused clearly,
reading goes on, and writing works again as soon as there is room, without a restart.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from app.auth.sessions import open_session
from app.kit.clock import system_clock
from app.kit.ids import random_id
from tests.databases import Databases
from tests.faults.disks import small_disk
from tests.faults.filling import search, try_to_post
from tests.faults.lengths import tell
from tests.serving import Place, Server, place_for, serving, until

_LONG = "There was no room for this. " * 3000
_AGAIN_WITHIN_SECONDS = 20  # five are promised; a machine that runs other tests may be slower


class LoggingElsewhere(Server):
    """A server whose log is on the disk that fills."""

    @property
    def log(self) -> Path:
        return self.place.folder / "log" / "server.log"


def _seconds_until_found(server: Server, token: str, words: str) -> float:
    begun = time.monotonic()
    assert until(_AGAIN_WITHIN_SECONDS, lambda: search(server, token, words)["total"] == 1)
    return time.monotonic() - begun


def _reads(server: Server, token: str) -> None:
    assert search(server, token, "quagga")["total"] == 1
    headers = {"Authorization": f"Bearer {token}"}
    for address in ("/api/v1/lessons", "/api/v1/me", "/api/v1/suggest?q=qua", "/health/ready"):
        assert httpx2.get(server.url + address, headers=headers, timeout=15).status_code == 200


def _refused_in(server: Server, token: str) -> float:
    """Post until there is no room, which may take a few; seconds that the refusal took."""
    for number in range(50):
        begun = time.monotonic()
        answer = try_to_post(server, token, f"Into the full {number}", lesson=_LONG)
        if answer.status_code != 201:
            assert answer.status_code == 507, answer.text
            assert answer.json()["error"]["code"] == "storage_full"
            return time.monotonic() - begun
    pytest.fail("a full disk took fifty posts")


def _posted_in(server: Server, token: str, title: str) -> float:
    begun = time.monotonic()
    assert until(
        _AGAIN_WITHIN_SECONDS, lambda: try_to_post(server, token, title).status_code == 201
    )
    return time.monotonic() - begun


def _start(server: Server, token: str) -> None:
    assert try_to_post(server, token, "Quagga at the gate").status_code == 201
    _seconds_until_found(server, token, "quagga")


def test_a_full_disk_under_the_database_refuses_posts_and_nothing_else(
    databases: Databases, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small") as disk:
        url = databases.copy(disk.place)
        if not url.startswith("sqlite"):
            pytest.skip("the disk of PostgreSQL's server is its own")
        place = Place(tmp_path, url, databases.cast)
        token = place.token(place.cast.ada)
        with serving(place) as server:
            _start(server, token)
            disk.fill()
            refused = _refused_in(server, token)
            _reads(server, token)
            disk.free()
            again = _posted_in(server, token, "Room for an okapi")
            found = _seconds_until_found(server, token, "okapi")
            assert "Traceback" not in server.log.read_text().split("a job failed")[0]
        assert place.command("check").returncode == 0
    tell(
        f"database on a full disk: refused in {refused:.2f} s, posted {again:.2f} s after room was "
        f"made, found {found:.2f} s later"
    )


def test_a_full_disk_under_the_index_delays_only_what_is_new(
    databases: Databases, tmp_path: Path
) -> None:
    place = place_for(databases, tmp_path)
    token = place.token(place.cast.ada)
    with small_disk(tmp_path / "data" / "index") as disk, serving(place) as server:
        _start(server, token)
        disk.fill()
        begun = time.monotonic()
        assert try_to_post(server, token, "Room for an okapi").status_code == 201
        posted = time.monotonic() - begun
        time.sleep(1)
        _reads(server, token)
        disk.free()
        found = _seconds_until_found(server, token, "okapi")
        assert _posted_in(server, token, "Room for a tapir") < _AGAIN_WITHIN_SECONDS
        _seconds_until_found(server, token, "tapir")
        assert place.command("check").returncode == 0
    tell(f"index on a full disk: posted in {posted:.2f} s, found {found:.2f} s after room was made")


@contextmanager
def _browser(server: Server, place: Place) -> Iterator[httpx2.Client]:
    """Signed in, with the token of a page."""
    with place.database() as database, database.writing() as session:
        ada = session.merge(place.cast.ada)
        token = open_session(session, ada, device="test", now=system_clock(), days=1)
    with httpx2.Client(base_url=server.url, cookies={"session": token}, timeout=60) as browser:
        found = re.search(r'<meta name="csrf" content="([^"]+)"', browser.get("/help").text)
        assert found
        browser.headers["X-CSRF-Token"], browser.headers["HX-Request"] = found[1], "true"
        yield browser


def test_a_full_disk_under_the_files_refuses_files_and_nothing_else(
    databases: Databases, tmp_path: Path
) -> None:
    place = place_for(databases, tmp_path)
    token, draft = place.token(place.cast.ada), f"/drafts/{random_id()}/attachments"
    file = {"file": ("words.txt", b"Words. " * 20_000)}
    with (
        small_disk(tmp_path / "data" / "files") as disk,
        serving(place) as server,
        _browser(server, place) as browser,
    ):
        _start(server, token)
        listed = browser.post(draft, files=file).text
        (kept,) = set(re.findall(r'href="(/attachments/[0-9a-z]{16})"', listed))
        disk.fill()
        begun = time.monotonic()
        refused = browser.post(draft, files=file)
        seconds = time.monotonic() - begun
        assert refused.status_code == 507
        assert "no room left" in refused.text
        assert browser.get(kept).content == file["file"][1]
        assert try_to_post(server, token, "Room for an okapi").status_code == 201
        _reads(server, token)
        disk.free()
        assert browser.post(draft, files=file).status_code == 200
        left = [path.name for path in (tmp_path / "data" / "files").glob("*/*")]
        assert all(re.fullmatch("[0-9a-z]{16}", name) for name in left)
    tell(f"files on a full disk: refused in {seconds:.2f} s, again as soon as room was made")


def test_a_full_disk_under_the_log_is_noticed_by_nobody(
    databases: Databases, tmp_path: Path
) -> None:
    place = place_for(databases, tmp_path)
    token = place.token(place.cast.ada)
    with small_disk(tmp_path / "log", megabytes=1) as disk:
        server = LoggingElsewhere(place)
        server.start()
        try:
            _start(server, token)
            disk.fill()
            length = server.log.stat().st_size
            assert try_to_post(server, token, "Room for an okapi").status_code == 201
            _seconds_until_found(server, token, "okapi")
            _reads(server, token)
            disk.free()
            assert try_to_post(server, token, "Room for a tapir").status_code == 201
            assert until(_AGAIN_WITHIN_SECONDS, lambda: server.log.stat().st_size > length)
        finally:
            server.stop()
