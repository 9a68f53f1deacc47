"""Missing and forbidden look the same, byte for byte."""

import re

import pytest
from httpx2 import Response

from tests.access.matrix import MATRIX, READS
from tests.access.stage import NOBODY, Stage
from tests.house_fixture import House
from tests.routes import Route

_HIDDEN = {
    "brief_id": ("team", "own"),
    "lesson_id": ("team", "draft"),
    "topic_id": ("hidden",),
}
ABOUT_SOMETHING = [row for row in MATRIX if any(f"{{{name}}}" in row for name in _HIDDEN)]


def _seen(answer: Response, thing_id: str) -> tuple[int, dict[str, str], str]:
    """What the asker sees, but for what differs in any two answers and for what they sent."""
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("x-request-id", "content-length")
    }
    text = re.sub(r'content="[0-9A-Za-z_-]{51}"|value="[0-9A-Za-z_-]{51}"', "token", answer.text)
    return answer.status_code, headers, text.replace(thing_id, NOBODY)


@pytest.mark.parametrize("row", ABOUT_SOMETHING)
def test_what_is_hidden_looks_like_what_is_not_there(house: House, row: str) -> None:
    stage = Stage(house)
    stage.ask(Route("/help", "GET"), "outsider", "any")  # the first visit gets a cookie
    method, _, path = row.partition(" ")
    route = Route(path, method)
    name = next(name for name in _HIDDEN if f"{{{name}}}" in path)
    lines = set(_HIDDEN[name]) & set(MATRIX[row].lines)
    assert lines, "nothing of this row is hidden from anybody"
    for line in lines:
        ids = stage.address(route, line)
        hidden = stage.ask(route, "outsider", line, ids=ids)
        absent = stage.ask(route, "outsider", line, ids=ids | {name: NOBODY})
        assert _seen(hidden, ids[name]) == _seen(absent, NOBODY), line


@pytest.mark.parametrize("nonsense", ["x", "0" * 15, "0" * 17, "..%2f..", "%00", "é" * 16])
def test_an_id_that_cannot_be_one_is_just_not_there(house: House, nonsense: str) -> None:
    browser = house.browser(house.cast.ada)
    for row in MATRIX:
        method, _, path = row.partition(" ")
        if method == "GET" and "{lesson_id}" in path and MATRIX[row].lines == READS.lines:
            url = path.replace("{lesson_id}", nonsense)
            client = house.api(house.cast.ada) if "/api/" in path else browser.client
            assert client.get(url).status_code == 404, url
