"""Measures the product as a person meets it: through a server, signed in."""

import gzip
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from app.bench.client import Client
from app.bench.clients import get_request, load
from app.bench.corpus import Corpus
from app.bench.figures import Figures, figures, timed
from app.bench.place import Place, furnish, serving

_WARM_UP = 20
_QUERIES = 150
_POSTS = 60
_LONGEST_WAIT_SECONDS = 10
_CLIENTS = 8
_LOAD_SECONDS = 6
_OK, _CREATED = 200, 201
_ASSETS = re.compile(rb'(?:href|src)="(/(?:static/[^"]+|favicon\.ico))"')
_FONTS = ("/static/fonts/newsreader-latin.woff2", "/static/fonts/hanken-grotesk-latin.woff2")


@dataclass(frozen=True, slots=True)
class Bench:
    """Measures at each size; `progress` hears what is being done."""

    sizes: tuple[int, ...]
    workers: int
    progress: Callable[[str], None]

    def run(self) -> dict[str, Any]:
        """All figures, by size."""
        return {str(size): self._at(size) for size in self.sizes}

    def _at(self, size: int) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="commonplace-bench-") as folder:
            self.progress(f"{size:,} lessons: making them")
            started = time.perf_counter()
            place = furnish(Path(folder), size, lambda _count: None)
            making = time.perf_counter() - started
            self.progress(f"{size:,} lessons: measuring")
            with serving(place, workers=self.workers) as (port, start_seconds):
                return {
                    "lessons_made_per_second": round(size / making),
                    "cold_start_seconds": round(start_seconds, 2),
                } | _measured(place, port)


def _measured(place: Place, port: int) -> dict[str, Any]:
    program, person = Client(port, token=place.token), Client(port, cookie=place.cookie)
    found: dict[str, Any] = {}
    for words in (1, 3, 6, 15):
        queries = [quote(q) for q in Corpus().queries(_QUERIES, words)]
        found[f"search_api_{words}_words"] = _asked(program, "/api/v1/search?q=", queries)
        found[f"search_page_{words}_words"] = _asked(person, "/search?q=", queries)
    lesson = re.search(rb'href="(/lessons/[0-9a-z]{16})"', _gunzip(person.get("/lessons")[1]))
    if lesson is None:
        raise RuntimeError("the list of lessons holds none")
    found["lesson_page"] = _asked(person, "", [lesson[1].decode()] * _QUERIES)
    found["home_page"] = _asked(person, "", ["/"] * _QUERIES)
    posted, until_found = _posts(program)
    found["post_acknowledged"], found["posted_to_found"] = posted.as_dict(), until_found.as_dict()
    found |= _under_load(place, port)
    found["page_weight_kb"] = {
        name: round(_weight(person, path) / 1000, 1)
        for name, path in (
            ("home", "/"),
            ("search", "/search?q=pump"),
            ("lesson", lesson[1].decode()),
        )
    }
    return found


def _asked(client: Client, path: str, rest: list[str]) -> dict[str, float]:
    def ask(tail: str) -> None:
        status, _ = client.get(path + tail)
        if status != _OK:
            raise RuntimeError(f"{path}{tail} answered {status}")

    for tail in rest[:_WARM_UP]:
        ask(tail)
    return timed(ask, rest).as_dict()


def _posts(client: Client) -> tuple[Figures, Figures]:
    acknowledged, until_found = [], []
    for number in range(_POSTS):
        word = f"quixotic{number}z"
        body = {"kind": "failure", "title": f"Benchmark {word}", "lesson": f"About {word}."}
        started = time.perf_counter()
        status, answer = client.post("/api/v1/lessons", body)
        acknowledged.append((time.perf_counter() - started) * 1000)
        if status != _CREATED:
            raise RuntimeError(f"a post was answered with {status}: {answer[:200]!r}")
        while b'"total":0' in _gunzip(client.get(f"/api/v1/search?q={word}")[1]).replace(b" ", b""):
            if time.perf_counter() - started > _LONGEST_WAIT_SECONDS:
                raise RuntimeError("a posted lesson was not found within ten seconds")
        until_found.append((time.perf_counter() - started) * 1000)
    return figures(acknowledged), figures(until_found)


def _under_load(place: Place, port: int) -> dict[str, dict[str, float]]:
    """Eight kept-alive clients at once, in a process of their own: pages, then the API."""
    queries = [quote(query) for query in Corpus().queries(_QUERIES, 3)]
    found = {}
    for name, path, keys in (
        ("search_page", "/search?q=", {"cookie": place.cookie}),
        ("search_api", "/api/v1/search?q=", {"token": place.token}),
    ):
        requests = [
            [get_request(path + query, **keys) for query in queries[n * 17 :] + queries[: n * 17]]
            for n in range(_CLIENTS)
        ]
        seen = load(port, requests, seconds=_LOAD_SECONDS)
        if seen.share(_OK) < 1:
            raise RuntimeError(f"{path} answered with {seen.statuses} under load")
        found[f"{name}_{_CLIENTS}_clients"] = figures(seen.times_ms).as_dict() | {
            "requests_per_second": round(len(seen.times_ms) / _LOAD_SECONDS)
        }
    return found


def _weight(client: Client, path: str) -> int:
    """Bytes that a first view transfers: the page, what it links, and the fonts it preloads."""
    body = client.get(path)[1]
    linked = {found.decode().replace("&amp;", "&") for found in _ASSETS.findall(_gunzip(body))}
    return len(body) + sum(len(client.get(address)[1]) for address in linked | set(_FONTS))


def _gunzip(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
