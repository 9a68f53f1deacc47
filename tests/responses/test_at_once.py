"""What is sent twice at once is done once, and both are answered alike."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from app.events.models import Event
from app.following.models import Follow
from app.notifications.models import NotificationKind, Unwanted
from app.responses.models import Question, Thanks
from app.searches.models import SavedSearch, Want
from app.uses.models import Confirmation, Recurrence, Use
from tests.house_fixture import House

ACTS: list[tuple[str, dict[str, str], type[SQLModel], int, list[str]]] = [
    ("{lesson}/thanks", {}, Thanks, 1, ["thanks.given"]),
    ("{lesson}/questions", {"text": "Why?"}, Question, 1, ["question.asked"]),
    ("{lesson}/uses", {"use-manner": "applied"}, Use, 1, ["use.reported"]),
    ("{lesson}/recurrences", {"again-cost": "a day"}, Recurrence, 1, ["recurrence.reported"]),
    ("{lesson}/confirmations", {}, Confirmation, 1, ["confirmation.given"]),
    ("/following", {"kind": "person", "subject": "{otto}"}, Follow, 1, []),
    ("/wanted", {"words": "pumps"}, Want, 1, ["want.made"]),
    ("/my/searches", {"name": "Pumps", "address": "q=pumps"}, SavedSearch, 1, ["search.saved"]),
    ("/account/notifications", {}, Unwanted, len(NotificationKind), []),
]


@pytest.mark.parametrize(("url", "fields", "table", "rows", "acts"), ACTS)
def test_a_click_sent_twice_is_one_act(
    house: House,
    url: str,
    fields: dict[str, str],
    table: type[SQLModel],
    rows: int,
    acts: list[str],
) -> None:
    lesson = house.post(house.cast.otto).lesson
    house.clock.turn(minutes=1)
    names = {"lesson": lesson.url, "otto": house.cast.otto.id}
    browsers = [house.browser(house.cast.ada) for _ in range(3)]
    sent = {name: text.format(**names) for name, text in fields.items()}

    def send(number: int) -> int:
        return browsers[number].send(url.format(**names), sent, follow_redirects=False).status_code

    with ThreadPoolExecutor(3) as at_once:
        assert set(at_once.map(send, range(3))) == {303}
    with house.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table)) == rows
        recorded = session.exec(select(Event).where(Event.at == house.clock())).all()
        assert [event.kind for event in recorded] == acts


@pytest.mark.parametrize(
    ("what", "fields"),
    [("uses", {"use-manner": "applied"}), ("recurrences", {"again-cost": "a day"})],
)
def test_what_is_withdrawn_twice_is_withdrawn_once(
    house: House, what: str, fields: dict[str, str]
) -> None:
    lesson = house.post(house.cast.otto).lesson
    browsers = [house.browser(house.cast.ada) for _ in range(3)]
    browsers[0].send(f"{lesson.url}/{what}", fields)
    with house.reading() as session:
        row = session.exec(select(Use if what == "uses" else Recurrence)).one()
    url = f"{lesson.url}/{what}/{row.id}/removal"

    def send(number: int) -> int:
        return browsers[number].send(url, follow_redirects=False).status_code

    with ThreadPoolExecutor(3) as at_once:
        assert sorted(at_once.map(send, range(3))) == [303, 404, 404]
    with house.reading() as session:
        withdrawn = select(Event.kind).where(col(Event.kind).endswith(".withdrawn"))
        assert len(session.exec(withdrawn).all()) == 1
