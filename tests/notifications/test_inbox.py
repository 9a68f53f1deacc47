"""The inbox in the browser: quiet, newest first, and only what one may read now."""

import re

import pytest
from sqlmodel import select

from app.lessons.access import reader
from app.lessons.models import RelationKind
from app.lessons.relations import relate
from app.notifications.inbox import day_heading
from app.notifications.reading import forget_old_notifications
from app.people.models import Person
from app.people.teams import leave_team, the_team
from app.responses.models import Question
from app.searches.answering import answer_with
from app.searches.models import Want
from tests.house_fixture import Browser, House
from tests.notifications.acting import follows, happened, listen, tell, told, topic_id
from tests.statements import statements


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    house.post(house.cast.kit, "Glycol is no oil", topics=["Seals"])
    listen(house)
    follows(house, house.cast.otto, "Seals")
    follows(house, house.cast.ben, "Seals")


def _unread(browser: Browser) -> int:
    found = re.search(r'masthead__unread">(\d+)', browser.get("/help").text)
    return int(found[1]) if found else 0


def test_the_masthead_counts_what_waits_and_the_inbox_says_why(house: House) -> None:
    browser = house.browser(house.cast.otto)
    assert "Nothing waits for you" in browser.get("/inbox").text
    assert _unread(browser) == 0
    house.post(house.cast.ada, "Seals swell in glycol", topics=["Seals"])
    house.post(house.cast.ada, "Seals shrink in cold", topics=["Seals"], author_mode="protected")
    tell(house)
    assert _unread(browser) == 2
    page = browser.get("/inbox").text
    assert "New, by Ada Example, because you follow Seals" in page
    assert "New, by a protected author, because you follow Seals" in page
    assert page.count("Unread") == 2
    assert page.index("Seals swell") < page.index("Seals shrink")  # dated by its day alone


def test_opening_a_line_marks_it_as_read_and_leads_to_the_lesson(house: House) -> None:
    browser = house.browser(house.cast.otto)
    lesson = house.post(house.cast.ada, topics=["Seals"]).lesson
    house.post(house.cast.ada, "Another", topics=["Seals"])
    tell(house)
    mine = next(n for n in told(house, house.cast.otto) if n.lesson_id == lesson.id)
    answer = browser.send(f"/inbox/{mine.id}/reading", follow_redirects=False)
    assert answer.headers["location"] == lesson.url
    assert _unread(browser) == 1
    page = browser.get("/inbox").text
    assert f'<a class="inbox__open" href="{lesson.url}">' in page
    assert "Mark all as read" in page
    browser.send("/inbox/reading")
    assert _unread(browser) == 0
    assert "Mark all as read" not in browser.get("/inbox").text


def test_nobody_opens_what_was_told_to_somebody_else(house: House) -> None:
    house.post(house.cast.ada, topics=["Seals"])
    tell(house)
    (mine,) = told(house, house.cast.otto)
    assert house.browser(house.cast.ben).send(f"/inbox/{mine.id}/reading").status_code == 404
    house.browser(house.cast.ben).send("/inbox/reading")
    assert _unread(house.browser(house.cast.otto)) == 1


def test_what_one_may_not_read_any_more_is_left_out_and_not_counted(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.ben)
    house.post(cast.ada, "Kept to ourselves", topics=["Seals"], team="Pumps", visibility="team")
    tell(house)
    (mine,) = told(house, cast.ben)
    assert _unread(browser) == 1
    assert "Kept to ourselves" in browser.get("/inbox").text
    with house.database.writing() as session:
        ben = session.get_one(Person, cast.ben.id)
        pumps = the_team(session, cast.pumps.id)
        leave_team(session, pumps, ben, by=cast.root, now=house.clock())
    assert _unread(browser) == 0
    assert "Nothing waits for you" in browser.get("/inbox").text
    assert browser.send(f"/inbox/{mine.id}/reading").status_code == 404


def test_the_count_follows_the_teams_below_one_that_a_person_manages(house: House) -> None:
    cast = house.cast
    for person in (cast.mara, cast.otto):
        follows(house, person, cast.pumps)
    house.post(cast.ada, topics=["Seals"], team="Pumps", visibility="team")
    tell(house)
    assert _unread(house.browser(cast.mara)) == 1
    assert _unread(house.browser(cast.otto)) == 0


def test_each_kind_is_said_in_its_own_words(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.ada)
    lesson = house.post(cast.ada, "Seals swell").lesson
    newer = house.post(cast.otto, "Seals swell again").lesson
    with house.database.writing() as session:
        question = Question(
            lesson_id=lesson.id, by_id=cast.ada.id, text="?", asked_at=house.clock()
        )
        session.add(question)
    about = {"lesson_id": lesson.id, "question_id": question.id}
    happened(house, "question.asked", question.id, by=cast.ben, **about)
    happened(house, "answer.given", "a", by=None, **about)
    happened(house, "thanks.given", lesson.id, by=cast.nora, lesson_id=lesson.id)
    for relation in ("recurrence", "corrects"):
        happened(
            house, "relation.made", newer.id, by=cast.otto, other_id=lesson.id, relation=relation
        )
    tell(house)
    page = browser.get("/inbox").text
    for words in (
        "Ben Example asks you about it",
        "The author answered what you asked about it",
        "Nora Example thanks you for it",
        "Otto Example: it happened again, as in “Seals swell”",
        "Otto Example: this corrects “Seals swell”",
    ):
        assert words in page
    asked = next(n for n in told(house, cast.ada) if n.kind.value == "question")
    answer = browser.send(f"/inbox/{asked.id}/reading", follow_redirects=False)
    assert answer.headers["location"] == f"{lesson.url}#question-{question.id}"


def test_what_was_brought_in_leads_to_what_one_follows(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.otto)
    lesson = house.post(cast.ada, topics=["Seals"]).lesson
    tell(house)
    browser.send("/inbox/reading")
    happened(house, "lesson.posted", lesson.id, by=cast.root, brought_in=True)
    tell(house)
    assert "1 lesson about what you follow was brought in" in browser.get("/inbox").text
    line = next(n for n in told(house, cast.otto) if n.lesson_id is None)
    answer = browser.send(f"/inbox/{line.id}/reading", follow_redirects=False)
    assert answer.headers["location"] == "/my/following"


def test_days_are_said_as_people_say_them(house: House) -> None:
    today = house.clock().date()
    said = [day_heading(today.replace(day=day), today) for day in (2, 1)]
    assert said == ["Today", "Yesterday"]
    assert day_heading(today.replace(month=2, day=25), today) == "Wednesday"
    assert day_heading(today.replace(month=1, day=14), today) == "14 January 2026"


def test_preferences_are_kept_and_shown(house: House) -> None:
    browser = house.browser(house.cast.otto)
    assert browser.get("/account/notifications").text.count("checked") == 15
    browser.send("/account/notifications", {"kind": ["thanks", "nonsense"]})
    page = browser.get("/account/notifications").text
    assert page.count("checked") == 1
    assert 'value="thanks" checked' in page
    house.post(house.cast.ada, topics=["Seals"])
    tell(house)
    assert _unread(browser) == 0
    browser.send("/account/notifications", {"kind": ["followed"]})
    house.post(house.cast.ada, "One more", topics=["Seals"])
    tell(house)
    assert _unread(browser) == 1


def test_the_inbox_asks_as_often_for_a_full_page_and_goes_on(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.otto)
    follows(house, cast.otto, cast.pumps)
    follows(house, cast.otto, cast.ada)
    older = house.post(cast.otto, "Older").lesson

    def more(count: int) -> None:
        for number in range(count):
            lesson = house.post(
                cast.ada, f"{count} {number}", topics=["Seals"], team="Pumps"
            ).lesson
            happened(
                house,
                "relation.made",
                lesson.id,
                by=cast.ada,
                other_id=older.id,
                relation="corrects",
            )
        tell(house)

    more(1)
    browser.get("/inbox")
    with statements(house.database) as few:
        browser.get("/inbox")
    more(16)
    with statements(house.database) as many:
        page = browser.get("/inbox")
    assert len(few) == len(many) <= 8
    assert 'rel="next"' in page.text
    assert "Unread" in browser.get("/inbox?page=2").text
    assert "There is no such page" in browser.get("/inbox?page=9").text
    assert topic_id(house, "Seals")


def test_what_people_do_on_their_pages_reaches_whom_it_concerns(house: House) -> None:
    cast = house.cast
    ada, otto = house.browser(cast.ada), house.browser(cast.otto)
    lesson = house.post(cast.ada, "Seals swell").lesson
    otto.send(f"{lesson.url}/thanks")
    otto.send(f"{lesson.url}/questions", {"text": "In cold water, too?"})
    otto.send("/wanted", {"words": "pumps in winter"})
    found = house.post(cast.kit, "Pumps in winter").lesson
    newer = house.post(cast.otto, "Seals swell again").lesson
    with house.database.writing() as session:
        want_id = session.exec(select(Want.id)).one()
        kit = session.get_one(Person, cast.kit.id)
        row, now = session.merge(found), house.clock()
        answer_with(session, house.index, want_id, row, by=kit, now=now)
        again = {lesson.id: RelationKind.RECURRENCE}
        relate(
            session, session.merge(newer), again, who=reader(session, cast.otto), now=house.clock()
        )
    tell(house)
    assert sorted(n.kind.value for n in told(house, cast.ada)) == [
        "question",
        "recurrence",
        "thanks",
    ]
    question = next(n for n in told(house, cast.ada) if n.kind.value == "question")
    page = ada.send(f"/inbox/{question.id}/reading")
    assert f'id="question-{question.facts["question_id"]}"' in page.text
    ada.send(
        f"{lesson.url}/questions/{question.facts['question_id']}/answers", {"text": "In cold, too."}
    )
    tell(house)
    assert sorted(n.kind.value for n in told(house, cast.otto)) == ["answer", "wanted"]


def test_what_was_told_a_year_ago_is_erased(house: House) -> None:
    house.post(house.cast.ada, "Seals swell in glycol", topics=["Seals"])
    tell(house)
    for days, left in ((364, 1), (2, 0)):
        house.clock.turn(days=days)
        with house.database.writing() as session:
            forget_old_notifications(session, now=house.clock())
        assert len(told(house, house.cast.otto)) == left
