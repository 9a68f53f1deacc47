"""What every page needs comes as one style sheet and one script."""

import re

import pytest

from app.kit.assets import JS_BUNDLES, css_bundle, css_bundle_url, js_bundle, js_bundle_url
from app.kit.resources import STATIC
from tests.house_fixture import House


def test_every_style_sheet_is_part_of_the_one() -> None:
    names = (STATIC / "css" / "order.txt").read_text().split()
    assert sorted(names) == sorted(path.name for path in (STATIC / "css").glob("*.css"))
    for name in names:
        source = (STATIC / "css" / name).read_text()
        classes = set(re.findall(r"^\s*\.([a-z_-]+) ", source, re.MULTILINE))
        assert all(f".{one}".encode() in css_bundle() for one in classes), name
    assert b"/*" not in css_bundle()


@pytest.mark.parametrize("bundle", JS_BUNDLES)
def test_every_script_stands_for_itself_in_the_one(bundle: str) -> None:
    together = js_bundle(bundle).decode()
    for name in (STATIC / "js" / f"{bundle}.txt").read_text().split():
        lines = (STATIC / "js" / name).read_text().splitlines()
        said = [line for line in lines if not line.lstrip().startswith("//")]
        assert "\n".join(said) in together


def test_the_desk_has_a_script_of_its_own(house: House) -> None:
    url, browser = js_bundle_url("desk"), house.browser(house.cast.ada)
    assert url in browser.get("/lessons/new").text
    assert url not in browser.get("/").text
    assert browser.get(url).text == js_bundle("desk").decode()


def test_both_are_kept_for_good_at_addresses_that_name_their_content(house: House) -> None:
    browser = house.stranger()
    page = browser.get("/help").text
    for url, media_type in (
        (css_bundle_url(), "text/css"),
        (js_bundle_url("site"), "text/javascript"),
    ):
        assert url in page
        answer = browser.get(url)
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith(media_type)
