"""Nothing that somebody types becomes a script, wherever it is shown."""

from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest

from app.digests.period import month_of
from app.events.models import Subscriber
from app.kit.clock import system_clock
from app.notifications.notify import SUBSCRIBER
from tests.databases import Databases
from tests.journeys.conftest import Arrive
from tests.journeys.payloads import PAYLOADS
from tests.journeys.typed_everywhere import TEXTS, Typed, type_everywhere
from tests.journeys.visitor import Visitor
from tests.serving import Place, Server, place_for, serving, until

pytestmark = pytest.mark.looks

# A machine that runs other tests takes its time.
_LISTENS_WITHIN_SECONDS = _TOLD_WITHIN_SECONDS = 60
# The two parts of ours that ask for more: the search field, and how far an import is.
_OURS = "form.finder[role='search'][hx-get='/search'], #run[hx-get^='/import/']"
# What no page of ours has: only what somebody typed could have made it.
_NEVER_OURS = (
    ":is(script, iframe, object, embed, base, meta, link, style, marquee, video, audio,"
    " img:not([src^='/attachments/']), [onerror], [onload], [onfocus], [onmouseover],"
    f" [hx-get]:not({_OURS}), [style], [formaction^='javascript'])"
)
_SHOWN = """([where, never]) => {
  const all = [...document.querySelectorAll(where)];
  return [
    ...(window.broken === undefined ? [] : ["a script ran"]),
    ...all.flatMap((one) => [...one.querySelectorAll(never)].map((e) => e.outerHTML)),
    ...all.flatMap((one) => [...one.querySelectorAll("a")].map((a) => a.protocol))
      .filter((protocol) => !["http:", "https:", "mailto:"].includes(protocol)),
  ];
}"""
# Puts an answer into the page, as carelessly as can be.
_PUT = """async ([address, fields]) => {
  const headers = {
    "HX-Request": "true",
    "X-CSRF-Token": document.querySelector('meta[name="csrf"]').content,
  };
  const body = fields && new URLSearchParams(fields);
  const answer = await fetch(address, { headers, ...(body && { method: "POST", body }) });
  const part = document.createElement("div");
  part.innerHTML = await answer.text();
  document.querySelector("main").replaceChildren(part);
  return answer.status;
}"""


@pytest.fixture(scope="module")
def served_typed(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, Typed]]:
    place = place_for(databases, tmp_path_factory.mktemp("typed"))
    with serving(place, forked=True) as server:
        # Only what happens from then on is told of.
        assert until(_LISTENS_WITHIN_SECONDS, lambda: _listens(place)), "nobody is told of anything"
        yield server, type_everywhere(place)


def _listens(place: Place) -> bool:
    with place.database() as database, database.reading() as session:
        return session.get(Subscriber, SUBSCRIBER) is not None


def _is_told_who_asked(visitor: Visitor) -> bool:
    told = (visitor.text for n in range(1, 6) if visitor.go(f"/inbox?page={n}").status == 200)
    return any(PAYLOADS[2] in text for text in told)


def _code_of_texts(visitor: Visitor, path: str = "", *, inside: str = "main, aside") -> list[str]:
    """What became of texts on a page besides text: scripts that ran, elements, odd links."""
    if path:
        answer = visitor.page.goto(path, wait_until="domcontentloaded")
        assert answer.status == 200, path
    found: list[str] = visitor.page.evaluate(_SHOWN, [inside, _NEVER_OURS])
    return [f"{visitor.path}: {one}" for one in found]


@pytest.mark.timeout(600)
def test_nothing_that_is_typed_becomes_a_script(
    served_typed: tuple[Server, Typed], arrive: Arrive
) -> None:
    server, typed = served_typed
    cast = server.place.cast
    visitor = arrive(server, cast.ada)
    visitor.finds("needle", " ".join(f"{PAYLOADS[-1]} needle".split()))
    assert until(_TOLD_WITHIN_SECONDS, lambda: _is_told_who_asked(visitor)), "who asked is named"
    paths = (
        *typed.lessons,
        "/",
        "/lessons",
        "/lessons?page=2",
        "/my/lessons",
        "/my/searches",
        "/my/following",
        "/wanted",
        "/wanted?page=2",
        "/digests",
        f"/digests/{month_of(system_clock().date()).key}",
        f"/digests/{month_of(system_clock().date()).key}/lists/fresh.ours",
        "/inbox",
        "/inbox?page=2",
        "/inbox?page=3",
        "/inbox?page=4",
        "/inbox?page=5",
        "/topics",
        "/teams",
        *typed.pages[::12],
        f"{typed.lessons[0]}/history",
        f"{typed.lessons[11]}/history/1",
        f"{typed.lessons[5]}/edit",
        f"{typed.lessons[11]}/retirement",
        "/people",
        f"/people/{cast.ada.id}",
        "/account",
        "/search?q=needle",
        "/search?q=needle&page=2",
    )
    assert [fault for path in paths for fault in _code_of_texts(visitor, path)] == []
    visitor.go("/my/lessons")
    visitor.page.locator(".unfinished a").nth(1).click()
    visitor.page.locator("#lesson-form").wait_for()
    assert _code_of_texts(visitor) == []


def test_nothing_that_is_offered_while_typing_becomes_a_script(
    served_typed: tuple[Server, Typed], arrive: Arrive
) -> None:
    server, _ = served_typed
    cast = server.place.cast
    visitor = arrive(server, cast.ben)
    visitor.finds("needle", " ".join(f"{PAYLOADS[-1]} needle".split()))
    visitor.go("/")
    for address in ("/suggestions?q=", "/topics/suggestions?q="):
        for payload in PAYLOADS:
            visitor.page.evaluate(_PUT, [f"{address}{quote_plus(payload[:60])}", None])
            assert _code_of_texts(visitor) == [], payload
    for payload in PAYLOADS:
        said = f"{payload} was careless again. Petr Example forgot {payload}, be more careful."
        fields = {"title": f"{payload} needle", "lesson": said, "happened": said}
        visitor.page.evaluate(_PUT, ["/drafts/margin", fields])
        assert _code_of_texts(visitor) == [], payload


def test_nothing_in_a_deed_of_a_digest_becomes_a_script(
    served_typed: tuple[Server, Typed], arrive: Arrive
) -> None:
    server, typed = served_typed
    visitor = arrive(server, server.place.cast.ben)
    visitor.go("/help")
    for url, payload in list(zip(typed.lessons, PAYLOADS, strict=True))[::5]:
        about = {"subject": url.rpartition("/")[2], "back": f"/{payload}"}
        for sent in ({"deed": "ask", "text": payload}, {"deed": "thank"}):
            visitor.page.evaluate(_PUT, ["/digests/deeds", about | sent])
            assert "needle" in visitor.text
            assert _code_of_texts(visitor) == [], payload


def test_a_field_that_offers_takes_words_as_words(
    served_typed: tuple[Server, Typed], arrive: Arrive
) -> None:
    server, _ = served_typed
    visitor = arrive(server, server.place.cast.ben)
    visitor.go("/")
    field = visitor.page.locator("main [data-search]")
    field.press_sequentially("script")
    visitor.page.locator("main [role=option]").first.wait_for()
    visitor.page.keyboard.press("ArrowDown")
    assert _code_of_texts(visitor, inside="[role=listbox]") == []


def test_a_copy_as_markdown_is_no_page(served_typed: tuple[Server, Typed], arrive: Arrive) -> None:
    server, typed = served_typed
    visitor = arrive(server, server.place.cast.ben)
    for url in typed.lessons[::7]:
        answer = visitor.page.context.request.get(f"{server.url}{url}.md")
        assert answer.headers["content-type"].startswith("text/markdown")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_nothing_in_an_address_becomes_a_script(
    served_typed: tuple[Server, Typed], arrive: Arrive
) -> None:
    server, _ = served_typed
    visitor = arrive(server, server.place.cast.ada)
    for payload in PAYLOADS:
        sent = quote_plus(payload)
        path = f"/search?q={sent}&kind={sent}&team={sent}&since={sent}&x={sent}"
        assert _code_of_texts(visitor, path) == [], path
    for sent in map(quote_plus, PAYLOADS[::6]):
        for path in (
            f"/my/searches?removed={sent}&address=q%3D{sent}",
            f"/wanted?words={sent}",
            f"/lessons/new?as={sent}&title={sent}",
        ):
            assert _code_of_texts(visitor, path) == [], path


def test_nothing_in_a_refused_form_becomes_a_script(
    served_typed: tuple[Server, Typed], arrive: Arrive
) -> None:
    server, _ = served_typed
    visitor = arrive(server, server.place.cast.ben)
    for payload in PAYLOADS[::4]:
        visitor.go("/lessons/new?as=postmortem")
        visitor.page.locator("details").evaluate_all("all => all.forEach(e => { e.open = true })")
        visitor.fill(**dict.fromkeys((*TEXTS, "title", "topics", "source_url"), payload))
        visitor.press("Post the lesson")  # no kind was chosen, and the source is none
        visitor.sees("another look")
        assert _code_of_texts(visitor) == [], payload
