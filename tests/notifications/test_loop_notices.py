"""What came of lessons, told to whom it concerns: uses, recurrences, help, work that ended."""

from datetime import date
from typing import Any

import pytest

from app.actions.models import Action, ActionKind
from app.briefs.models import Brief
from app.lessons.models import Lesson
from app.notifications.models import NotificationKind
from app.notifications.reading import want_only
from app.people.directory import disable_person
from app.people.models import Person
from app.people.teams import leave_team, the_team
from app.searches.models import Miss, MissedBy, Want
from app.uses.models import Broke, Manner, Recurrence, Result, Use
from tests.house_fixture import House
from tests.notifications.acting import happened, kinds_told, listen, tell, told
from tests.statements import statements


@pytest.fixture(autouse=True)
def listening(house: House) -> None:
    listen(house)


def _add(house: House, row: Any) -> Any:
    with house.database.writing() as session:
        session.add(row)
    return row


def _use(house: House, lesson: Lesson, by: Person, **facts: Any) -> Use:
    now = house.clock()
    more = {"manner": Manner.APPLIED, "team_id": house.cast.sales.id} | facts
    use = _add(
        house,
        Use(
            lesson_id=lesson.id,
            by_id=by.id,
            used_on=now.date(),
            reported_at=now,
            changed_at=now,
            **more,
        ),
    )
    happened(house, "use.reported", use.id, by=by, lesson_id=lesson.id)
    return use


def _brief(house: House, by: Person, work: str = "Change seals. In winter.", **facts: Any) -> Brief:
    now = house.clock()
    return _add(house, Brief(work=work, by_id=by.id, made_at=now, changed_at=now, **facts))


def _inbox(house: House, person: Person) -> str:
    return " ".join(house.browser(person).get("/inbox").text.split())


def test_the_author_hears_who_used_it_and_what_came_of_it(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.ada, "Seals swell").lesson
    _use(
        house,
        lesson,
        cast.otto,
        manner=Manner.ADAPTED,
        result=Result.BETTER,
        note="We dried\nthem first.",
        measure="Leaks",
        before=12,
        after=3.5,
        unit="a month",
    )
    rejected = _use(house, lesson, cast.nora, manner=Manner.REJECTED, team_id=None)
    _use(house, lesson, cast.ada)
    tell(house)
    assert kinds_told(house, cast.ada) == ["used", "used"]
    page = _inbox(house, cast.ada)
    assert page.count('class="inbox__open"') == 1  # of one lesson, while they are unread
    assert "2 times somebody says what came of it" in page
    happened(house, "use.changed", rejected.id, by=cast.nora, lesson_id=lesson.id)
    tell(house)
    assert kinds_told(house, cast.ada) == ["used", "used"]  # what it says now, in its place
    happened(house, "use.withdrawn", rejected.id, by=cast.nora, lesson_id=lesson.id)
    tell(house)
    said = "Sales adapted it: better. “We dried them first.” Leaks: 12 → 3.5 a month"
    assert said in _inbox(house, cast.ada)
    assert not told(house, cast.otto)


def test_thirty_questions_on_a_lesson_are_one_line_and_one_act_to_read(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.ada)
    lesson, other = (house.post(cast.ada, title).lesson for title in ("Seals swell", "Other"))

    def ask(about: Lesson, count: int) -> None:
        for number in range(count):
            house.clock.turn(seconds=1)
            who = (cast.otto, cast.nora)[number % 2]
            happened(house, "question.asked", f"q{number}", by=who, lesson_id=about.id)
        tell(house)

    ask(lesson, 2)
    with statements(house.database) as few:
        browser.get("/inbox")
    ask(lesson, 28)
    ask(other, 1)
    with statements(house.database) as many:
        page = browser.get("/inbox").text
    assert len(few) == len(many) <= 8
    assert page.count('class="inbox__open"') == 2
    assert "30 questions about it, the last by Nora Example" in page
    assert 'masthead__unread">2<' in page
    newest = next(n for n in reversed(told(house, cast.ada)) if n.lesson_id == lesson.id)
    answer = browser.send(f"/inbox/{newest.id}/reading", follow_redirects=False)
    assert answer.headers["location"] == f"{lesson.url}#questions"
    assert len([n for n in told(house, cast.ada) if n.read_at]) == 30
    assert browser.get("/inbox").text.count("Unread") == 1


def test_it_happened_again_is_told_once_and_a_flag_to_who_can_mend_it(house: House) -> None:
    cast, now = house.cast, house.clock()
    lesson = house.post(cast.ada, "Seals swell", team="Pumps", visibility="team").lesson
    newer = house.post(cast.ben, "Again").lesson
    again = _add(
        house,
        Recurrence(lesson_id=lesson.id, by_id=cast.ben.id, broke=Broke.NOT_USED, reported_at=now),
    )
    about = {"lesson_id": lesson.id}
    happened(house, "recurrence.reported", again.id, by=cast.ben, **about)
    happened(house, "recurrence.reported", "x", by=cast.ben, newer_id=newer.id, **about)
    happened(
        house, "relation.made", newer.id, by=cast.ben, other_id=lesson.id, relation="recurrence"
    )
    happened(house, "lesson.flagged", lesson.id, by=None)
    tell(house)
    assert sorted(kinds_told(house, cast.ada)) == ["recurrence", "recurrence", "rewrite"]
    page = _inbox(house, cast.ada)
    assert "Ben Example: it happened again; it was found and not used" in page
    assert "Would you look at how it is worded?" in page
    # Curators that may not read it hear nothing.
    assert not told(house, cast.kit)
    shared = house.post(cast.ada, "For all").lesson
    happened(house, "lesson.flagged", shared.id, by=None)
    tell(house)
    assert kinds_told(house, cast.kit) == kinds_told(house, cast.root) == ["rewrite"]


def test_help_is_asked_of_the_author_and_of_curators_where_there_is_none(house: House) -> None:
    cast = house.cast
    named = house.post(cast.ada, "Named").lesson
    protected = house.post(cast.ada, "Protected", author_mode="protected").lesson
    of_ben = house.post(cast.ben, "Of somebody who left").lesson
    with house.database.writing() as session:
        disable_person(session, session.get_one(Person, cast.ben.id), by=None, now=house.clock())
    for lesson in (named, protected, of_ben):
        happened(house, "help.asked", f"h{lesson.title}"[:16], by=cast.otto, lesson_id=lesson.id)
    tell(house)
    assert [n.lesson_id for n in told(house, cast.ada)] == [named.id]
    assert {n.lesson_id for n in told(house, cast.kit)} == {protected.id, of_ben.id}
    assert all(n.brief_id is None for n in told(house, cast.kit))
    assert "Otto Example needs help with it, and its author cannot be asked" in _inbox(
        house, cast.kit
    )
    with house.database.writing() as session:
        want_only(session, [NotificationKind.THANKS], by=cast.ada)
    happened(house, "question.asked", "again", by=cast.otto, lesson_id=named.id)
    happened(house, "help.asked", "again", by=cast.otto, lesson_id=named.id)
    tell(house)
    assert kinds_told(house, cast.ada) == ["help"]
    assert named.id in {n.lesson_id for n in told(house, cast.kit)}


def test_work_that_ended_is_told_to_its_team_alone_while_they_are_in_it(house: House) -> None:
    cast = house.cast
    brief = _brief(house, cast.otto, team_id=cast.pumps.id, ends_on=date(2026, 3, 1))
    happened(house, "followup.asked", brief.id, by=None, team_id=cast.pumps.id)
    house.clock.turn(days=7)
    happened(house, "followup.reminded", brief.id, by=None, team_id=cast.pumps.id)
    tell(house)
    for person in (cast.ada, cast.ben, cast.otto):
        page = _inbox(house, person)
        assert page.count('class="inbox__open"') == 1
        assert "Change seals" in page
        assert "Still to say: what came of it?" in page
    assert not told(house, cast.mara)  # who may read it, and is not in the team
    mine = told(house, cast.ben)[0]
    with house.database.writing() as session:
        ben = session.get_one(Person, cast.ben.id)
        leave_team(session, the_team(session, cast.pumps.id), ben, by=cast.root, now=house.clock())
    browser = house.browser(cast.ben)
    assert "Nothing waits for you" in browser.get("/inbox").text
    assert "masthead__unread" not in browser.get("/help").text
    assert browser.send(f"/inbox/{mine.id}/reading").status_code == 404
    happened(house, "brief.ended", brief.id, by=cast.ada)
    tell(house)
    assert not told(house, cast.otto)


def test_a_match_is_told_to_those_of_the_team_who_may_read_it(house: House) -> None:
    cast = house.cast
    brief = _brief(house, cast.otto, team_id=cast.pumps.id)
    public = house.post(cast.ada, "Glycol", team="Pumps").lesson
    private = house.post(cast.kit, "Valves only", team="Valves", visibility="team").lesson
    hidden = house.post(cast.ada, "Kept at Pumps", team="Pumps", visibility="team").lesson
    for lesson in (public, private, hidden):
        happened(house, "brief.matched", brief.id, by=None, lesson_id=lesson.id)
    tell(house)
    assert {n.lesson_id for n in told(house, cast.ben)} == {public.id, hidden.id}
    assert {n.lesson_id for n in told(house, cast.otto)} == {public.id}
    assert not told(house, cast.ada)  # who wrote both
    assert not told(house, cast.kit)
    assert "2 new lessons are like it" in _inbox(house, cast.ben)
    assert "New, and like “Change seals”: it is in the brief now" in _inbox(house, cast.otto)


def test_what_is_asked_of_somebody_says_what_and_leads_there(house: House) -> None:
    cast, browser = house.cast, house.browser(house.cast.otto)
    lesson = house.post(cast.ada, "Seals swell").lesson
    action = _add(
        house,
        Action(
            lesson_id=lesson.id,
            kind=ActionKind.TRAIN,
            what="Show the new ones how",
            owner_id=cast.otto.id,
            by_id=cast.kit.id,
            made_at=house.clock(),
        ),
    )
    want = _add(
        house, Want(person_id=cast.nora.id, words="brine", key="brine", wanted_at=house.clock())
    )
    happened(house, "action.assigned", action.id, by=cast.kit, lesson_id=lesson.id)
    happened(house, "action.done", action.id, by=cast.otto, lesson_id=lesson.id)
    happened(house, "want.routed", want.id, by=None, person_id=cast.otto.id)
    tell(house)
    assert "Kit Example asks you for a change: Show the new ones how" in _inbox(house, cast.otto)
    assert "Otto Example made the change that you asked for" in _inbox(house, cast.kit)
    assert "Somebody looked for this and found nothing" in _inbox(house, cast.otto)
    routed = next(n for n in told(house, cast.otto) if n.kind is NotificationKind.MAY_KNOW)
    answer = browser.send(f"/inbox/{routed.id}/reading", follow_redirects=False)
    assert answer.headers["location"] == f"/wanted/{want.id}"
    with house.database.writing() as session:
        session.delete(session.get_one(Want, want.id))
    assert "Show the new ones how" in _inbox(house, cast.otto)
    assert "Somebody looked for this" not in _inbox(house, cast.otto)
    happened(house, "want.withdrawn", want.id, by=cast.nora)
    tell(house)
    assert kinds_told(house, cast.otto) == ["action"]


def test_who_looked_is_told_as_well_as_who_asked(house: House) -> None:
    cast, now = house.cast, house.clock()
    lesson = house.post(cast.ada).lesson
    facts = {"words": "brine", "key": "brine", "at": now, "source": MissedBy.SEARCH, "shown": True}
    missed = _add(house, Miss(person_id=cast.otto.id, **facts))
    _add(house, Miss(person_id=None, **facts))
    _add(house, Want(person_id=cast.nora.id, words="Brine", key="brine", wanted_at=now))
    happened(house, "want.routed", missed.id, by=None, person_id=cast.ben.id)
    tell(house)
    assert ">brine</button>" in _inbox(house, cast.ben)
    happened(house, "want.answered", missed.id, by=None, lesson_id=lesson.id)
    tell(house)
    assert kinds_told(house, cast.otto) == kinds_told(house, cast.nora) == ["wanted"]
    assert not told(house, cast.ben)  # nobody needs to know it any more


def test_nothing_of_the_loop_reaches_or_names_a_protected_author(house: House) -> None:
    cast = house.cast
    lesson = house.post(cast.nora, "Seals swell", author_mode="protected").lesson
    _use(house, lesson, cast.otto)
    about = {"lesson_id": lesson.id}
    happened(house, "recurrence.reported", "r", by=cast.otto, **about)
    happened(house, "help.asked", "h", by=cast.otto, **about)
    happened(house, "lesson.flagged", lesson.id, by=None)
    brief = _brief(house, cast.otto, team_id=cast.sales.id)
    happened(house, "brief.matched", brief.id, by=None, **about)
    tell(house)
    assert not told(house, cast.nora)
    assert {n.person_id for who in (cast.kit, cast.root) for n in told(house, who)} == {
        cast.kit.id,
        cast.root.id,
    }
    assert kinds_told(house, cast.otto) == ["match"]
    assert "Nora" not in _inbox(house, cast.kit) + _inbox(house, cast.otto)


def test_work_that_gets_another_end_waits_in_no_inbox_until_it_has_ended(house: House) -> None:
    cast = house.cast
    brief = _brief(house, cast.otto, ends_on=date(2026, 3, 1))
    happened(house, "followup.asked", brief.id, by=None)
    happened(house, "brief.changed", brief.id, by=cast.otto, another_end=False)
    tell(house)
    assert kinds_told(house, cast.otto) == ["follow_up"]
    answer = house.api(cast.otto).patch(
        f"/api/v1/briefs/{brief.id}", json={"ends_on": "2026-04-01"}
    )
    assert answer.status_code == 200
    tell(house)
    assert not told(house, cast.otto)
