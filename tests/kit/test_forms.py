"""What a form sent is text that can be kept and answered, whatever was sent."""

import pytest

from app.kit.forms import whole_number
from tests.house_fixture import House

BOUNDARY = "multipart/form-data; charset=utf-7; boundary=x"


def _part(name: str, text: str) -> str:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'


@pytest.mark.parametrize("url", ["/drafts/0123456789abcdef", "/drafts/margin", "/my/searches"])
def test_half_a_character_and_none_are_no_trouble_in_fields_nor_in_names(
    house: House, url: str
) -> None:
    browser = house.browser(house.cast.ada)
    half, none = "ab +2AA- cd", "ab+AAA-cd"
    fields = [("title", half), ("address", f"q={half}"), ("name", none), (f"relation.{none}", "x")]
    body = "".join(_part(*field) for field in fields) + "--x--\r\n"
    headers = {"content-type": BOUNDARY, "X-CSRF-Token": browser.token}
    answer = browser.client.post(url, content=body.encode(), headers=headers)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("text", "number"),
    [("17", 17), ("0", 0), ("", 0), ("-1", 0), ("²", 0), ("٣", 0), ("1.5", 0), ("9" * 5_000, 0)],
)
def test_a_number_is_of_few_digits_or_none(text: str, number: int) -> None:
    assert whole_number(text) == number


def test_a_revision_that_is_none_is_answered(house: House) -> None:
    lesson, browser = house.post(house.cast.ada).lesson, house.browser(house.cast.ada)
    assert browser.get(f"{lesson.url}/edit?version={'9' * 5_000}").status_code == 200
    sent = {"title": "A", "lesson": "B", "kind": "failure", "visibility": "organisation"}
    assert browser.send(lesson.url, sent | {"revision": "9" * 5_000}).status_code == 412
