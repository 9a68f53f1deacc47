"""What every answer tells the browser that it may do."""

import pytest
from fastapi.testclient import TestClient

from app.config import Settings
from app.main import create_app
from tests.house_fixture import House

KINDS = ["/help", "/nowhere", "/static/site.css", "/favicon.ico", "/api/v1/lessons", "/health/live"]


@pytest.mark.parametrize("path", KINDS)
def test_every_answer_carries_the_content_policy(house: House, path: str) -> None:
    headers = house.stranger().get(path).headers
    policy = headers["content-security-policy"]
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_plain_http_is_not_told_to_be_https(house: House) -> None:
    assert "strict-transport-security" not in house.stranger().get("/help").headers


def test_over_https_the_browser_is_told_to_stay_and_cookies_are_bound_to_the_host(
    settings: Settings,
) -> None:
    app = create_app(settings.model_copy(update={"base_url": "https://memory.example"}))
    with TestClient(app, base_url="https://memory.example") as client:
        answer = client.get("/help")
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-browser=")
    assert "Secure" in cookie


def test_every_answer_has_a_reference_of_its_own(house: House) -> None:
    browser = house.stranger()
    first, second = (browser.get("/help").headers["x-request-id"] for _ in range(2))
    assert first != second


def test_static_files_are_kept_by_browsers_and_pages_are_not(house: House) -> None:
    browser = house.stranger()
    assert "immutable" in browser.get("/static/site.css").headers["cache-control"]
    assert browser.get("/help").headers["cache-control"] == "no-store"


def test_the_server_does_not_say_what_it_is_made_of(house: House) -> None:
    headers = house.stranger().get("/help").headers
    assert "server" not in headers
    assert "x-powered-by" not in headers
