"""Several processes serve one memory: what is posted to one is found by the other."""

import threading
import time
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest

from tests.databases import Databases
from tests.faults.posting import Poster
from tests.serving import NO_CERTIFICATES, Place, Server, place_for, serving, until

_FOUND_WITHIN_SECONDS = 20  # one is promised; a machine that runs other tests may be slower


def _found(server: Server, token: str, words: str) -> list[str]:
    answer = httpx2.get(
        f"{server.url}/api/v1/search",
        params={"q": words},
        timeout=15,
        verify=NO_CERTIFICATES,
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.text
    return [hit["title"] for hit in answer.json()["hits"]]


def _post(server: Server, token: str, title: str) -> None:
    answer = httpx2.post(
        f"{server.url}/api/v1/lessons",
        timeout=15,
        verify=NO_CERTIFICATES,
        json={"kind": "failure", "title": title, "lesson": "One learned it."},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 201, answer.text


def _post_from_all_sides(place: Place, servers: list[Server], token: str) -> int:
    """Load on every server at once for a while; how many posts were acknowledged."""
    stop = threading.Event()
    posters = [
        Poster(server, token, f"client{number}-{server.port}", stop)
        for number in range(2)
        for server in servers
    ]
    for poster in posters:
        poster.start()
    time.sleep(1.5)
    stop.set()
    for poster in posters:
        poster.join(timeout=60)
        assert not poster.is_alive()
        assert poster.refused == []
        assert poster.repeats == 0
        assert poster.acknowledged
    for server in servers:
        said = server.log.read_text().lower()
        assert "locked" not in said
        assert "traceback" not in said
    return sum(len(poster.acknowledged) for poster in posters)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_posted_to_one_process_is_found_by_the_others(
    databases: Databases, tmp_path: Path, workers: int
) -> None:
    place = place_for(databases, tmp_path)
    token = place.token(place.cast.ada)
    with ExitStack() as running:
        servers = [
            running.enter_context(serving(place, workers=workers)) for _ in range(3 - workers)
        ]
        _post_from_all_sides(place, servers, token)
        _post(servers[0], token, "Quagga at the gate")
        for _ in range(6):  # so that of several workers each is asked
            assert until(
                _FOUND_WITHIN_SECONDS,
                lambda: _found(servers[-1], token, "quagga") == ["Quagga at the gate"],
            )
    assert place.command("check").returncode == 0


def test_when_the_server_that_works_is_killed_another_takes_its_place(
    databases: Databases, tmp_path: Path
) -> None:
    place = place_for(databases, tmp_path)
    token = place.token(place.cast.ada)
    first = Server(place)
    first.start()
    with serving(place) as second:
        _post(first, token, "Heard by the first")
        first.kill()
        _post(second, token, "Quagga at the gate")
        assert until(
            _FOUND_WITHIN_SECONDS, lambda: _found(second, token, "quagga") == ["Quagga at the gate"]
        )
