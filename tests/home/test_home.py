"""The first page: what is new and useful for whoever looks, and what waits for them."""

import re
from datetime import timedelta

from sqlmodel import Session, select

from app.briefs.models import Brief, BriefLesson
from app.drafts.models import Draft
from app.following.models import Follow, SubjectKind
from app.kit.db import Table
from app.lessons.models import Lesson
from app.people.models import Person
from app.responses.models import Answer, Question, Thanks
from app.searches.models import SavedSearch, Want
from app.topics.directory import topics_named
from tests.calls import questions
from tests.house_fixture import House


def _home(house: House, person: Person) -> str:
    answer = house.browser(person).get("/")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def _section(page: str, title: str) -> str:
    """The part of the page under this title; empty when there is none."""
    found = re.search(rf'aria-labelledby="{title}".*?</section>', page)
    return found[0] if found else ""


def _add(house: House, *rows: Table) -> None:
    with house.database.writing() as session:
        session.add_all(rows)


def _follows(house: House, person: Person, kind: SubjectKind, subject_id: str) -> None:
    now = house.clock()
    _add(house, Follow(person_id=person.id, subject_kind=kind, subject_id=subject_id, since=now))


def _topic(session: Session, name: str) -> str:
    (topic,) = topics_named(session, [name]).values()
    return topic.id


def test_what_is_followed_is_new_for_me_and_says_why(house: House) -> None:
    nora, cast = house.cast.nora, house.cast
    house.post(cast.ada, "Compressor seized in frost", topics=["Compressor"])
    house.post(cast.otto, "A quote went out twice")
    house.post(cast.ben, "A third thing")
    with house.reading() as session:
        compressor = _topic(session, "Compressor")
    _follows(house, nora, SubjectKind.TOPIC, compressor)
    _follows(house, nora, SubjectKind.PERSON, cast.otto.id)
    new = _section(_home(house, nora), "new")
    assert "Compressor seized in frost" in new
    assert "you follow Compressor" in new
    assert "A quote went out twice" in new
    assert "you follow Otto" in new
    assert "A third thing" not in new


def test_my_team_and_my_subjects_are_for_me_but_not_what_i_wrote_myself(house: House) -> None:
    ada, cast = house.cast.ada, house.cast
    house.post(ada, "Mine about seals", topics=["Seals"])
    house.post(cast.ben, "From the next desk", team="Pumps")
    house.post(cast.otto, "Seals in the sun", topics=["Seals"])
    new = _section(_home(house, ada), "new")
    assert "from Pumps, your team" in new
    assert "you wrote about Seals" in new
    assert "Mine about seals" not in new
    house.clock.turn(days=90)
    assert _section(_home(house, ada), "new") == ""


def test_what_others_thanked_for_stands_there_most_thanked_first(house: House) -> None:
    cast, now = house.cast, house.clock()
    once = house.post(cast.ada, "Good once").lesson
    twice = house.post(cast.ada, "Good twice").lesson
    _add(
        house,
        Thanks(lesson_id=once.id, person_id=cast.nora.id, at=now),
        Thanks(lesson_id=twice.id, person_id=cast.nora.id, at=now),
        Thanks(lesson_id=twice.id, person_id=cast.mara.id, at=now),
    )
    useful = _section(_home(house, cast.otto), "useful")
    assert useful.index("Good twice") < useful.index("Good once")
    assert "thanked by 2 people" in useful
    assert "Good twice" not in _section(_home(house, cast.otto), "newest")
    assert _section(_home(house, cast.ada), "useful") == ""


def test_nothing_that_one_may_not_read_shows_whoever_is_followed(house: House) -> None:
    cast = house.cast
    hidden = house.post(cast.ada, "Ours alone", visibility="team", team="Pumps").lesson
    secret = house.post(cast.ada, "Under no name", author_mode="protected").lesson
    thanks = Thanks(lesson_id=hidden.id, person_id=cast.ben.id, at=house.clock())
    _add(house, thanks)
    _follows(house, cast.otto, SubjectKind.PERSON, cast.ada.id)
    _follows(house, cast.otto, SubjectKind.TEAM, cast.pumps.id)
    page = _home(house, cast.otto)
    assert "Ours alone" not in page
    assert secret.title in _section(page, "newest")
    assert "you follow" not in page
    assert "Ours alone" in _section(_home(house, cast.ben), "new")


def _ask(house: House, lesson: Lesson, by: Person) -> Question:
    question = Question(lesson_id=lesson.id, by_id=by.id, text="Why?", asked_at=house.clock())
    _add(house, question)
    return question


def test_questions_and_drafts_wait_for_their_author_alone(house: House) -> None:
    ada, otto = house.cast.ada, house.cast.otto
    lesson = house.post(ada).lesson
    question = _ask(house, lesson, otto)
    _add(house, Draft(person_id=ada.id, typed={"title": "Half"}, changed_at=house.clock()))
    waiting = _section(_home(house, ada), "waiting")
    assert f'href="{lesson.url}#question-{question.id}"' in waiting
    assert "A draft" in waiting
    assert _section(_home(house, otto), "waiting") == ""
    _add(
        house,
        Answer(question_id=question.id, by_id=otto.id, text="So.", answered_at=house.clock()),
    )
    assert "question" not in _section(_home(house, ada), "waiting")


def test_wanted_lessons_and_saved_searches_stand_in_the_margin(house: House) -> None:
    ada, otto, now = house.cast.ada, house.cast.otto, house.clock()
    _add(
        house,
        Want(person_id=otto.id, words="Glue in frost", key="glue in frost", wanted_at=now),
        SavedSearch(person_id=ada.id, name="My seals", address="q=seals", saved_at=now),
    )
    page = _home(house, ada)
    assert "Glue in frost" in _section(page, "wanted")
    assert 'href="/search?q=seals"' in _section(page, "saved")
    page = _home(house, otto)
    assert _section(page, "wanted") == _section(page, "saved") == ""


def test_work_that_ended_asks_what_came_of_it_and_leaves_in_peace(house: House) -> None:
    cast, now = house.cast, house.clock()
    lesson = house.post(cast.ada).lesson
    facts = {"made_at": now, "changed_at": now, "ends_on": now.date(), "asked_at": now}
    ours = Brief(work="Replace the pumps. Then rest.", team_id=cast.pumps.id, by_id=cast.otto.id)
    none = Brief(work="Nothing was found for it", by_id=cast.ben.id)
    for brief in (ours, none):
        brief.sqlmodel_update(facts)
    _add(house, ours, none)
    _add(house, BriefLesson(brief_id=ours.id, lesson_id=lesson.id, position=0, added_at=now))
    for person in (cast.ben, cast.otto):
        asked = f'<a href="{ours.url}/follow-up">Replace the pumps</a> has ended: what came of it?'
        assert asked in _section(_home(house, person), "waiting")
    assert ours.url not in _home(house, cast.mara)  # who may read it, and was not there
    assert none.url not in _home(house, cast.ben)
    shut = house.post(cast.kit, team="Valves", visibility="team").lesson.id
    with house.database.writing() as session:
        session.exec(select(BriefLesson)).one().lesson_id = shut
    assert ours.url not in _home(house, cast.ben)  # nor what is not shared with him any more
    with house.database.writing() as session:
        session.exec(select(BriefLesson)).one().lesson_id = lesson.id
    assert ours.url in _home(house, cast.ben)
    house.clock.turn(days=29)
    assert ours.url not in _section(_home(house, cast.ben), "waiting")


def test_whoever_is_new_is_asked_for_a_first_lesson_and_the_empty_book_says_so(
    house: House,
) -> None:
    page = _home(house, house.cast.ada)
    assert "The book is empty" in page
    assert "Your first lesson" in page
    house.post(house.cast.ada)
    page = _home(house, house.cast.ada)
    assert "The book is empty" not in page
    assert "Your first lesson" not in page


def test_the_first_page_asks_eight_questions_at_most_however_much_there_is(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.nora)
    _follows(house, cast.nora, SubjectKind.PERSON, cast.ada.id)
    house.post(cast.ada)
    browser.get("/")
    with questions(house) as for_one:
        browser.get("/")
    for number in range(8):
        house.clock.now += timedelta(minutes=1)
        house.post(cast.ada, f"Case {number}", topics=[f"Topic {number}"])
    with questions(house) as for_many:
        browser.get("/")
    assert len(for_many) == len(for_one) <= 8, for_many
