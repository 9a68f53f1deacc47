"""The lesson form: what goes out comes back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.forms import Submitted, checked
from app.lessons.access import reader
from app.lessons.form import blank_form, content_in, form_again, form_for, values_of
from app.lessons.models import AuthorMode, CauseType, Kind
from app.lessons.schemas import LessonInput
from app.lessons.ways import STORY, WAYS, Way
from tests.house_fixture import House

words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
# Topics stand in one field with commas between them; one with a comma of its own is quoted.
topics = st.text(alphabet="abc é-,;", min_size=1, max_size=12).filter(lambda t: t.strip(" ,;"))
lessons = st.builds(
    lambda **given: LessonInput.model_validate(given),
    kind=st.sampled_from(Kind),
    title=words.filter(lambda t: bool(_visible(t))),
    lesson=words.filter(lambda t: bool(_visible(t))),
    context=words,
    expected=words,
    happened=words,
    why=words,
    recommendation=words,
    applies_when=words,
    not_when=words,
    cause_type=st.none() | st.sampled_from(CauseType),
    topics=st.lists(topics, max_size=4),
    team=st.sampled_from(["", "Pumps", "Sales & Service"]),
    visibility=st.sampled_from(["organisation", "team", "draft"]),
    author_mode=st.sampled_from(AuthorMode),
    occurred_on=st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    external_id=st.sampled_from(["", "LL-1"]),
    source_url=st.sampled_from(["", "https://example.org/report?id=1&x=ü"]),
)


def _visible(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def _sent(values: dict[str, str]) -> Submitted:
    return Submitted({name: [value.replace("\n", "\r\n")] for name, value in values.items()})


@given(lessons)
def test_a_lesson_comes_back_from_its_form_as_it_was(content: LessonInput) -> None:
    back, errors = checked(LessonInput, content_in(_sent(values_of(content))))
    assert errors == {}
    assert back == content


def test_topics_are_parted_at_commas_semicolons_and_lines() -> None:
    form = _sent({"topics": "screws, vibration; power inverter\nscrews,,"})
    assert content_in(form)["topics"] == ["screws", "vibration", "power inverter", "screws"]


def test_the_button_for_drafts_wins_over_the_choice_of_readers() -> None:
    assert content_in(Submitted({"visibility": ["team", "draft"]}))["visibility"] == "draft"


def test_a_blank_form_has_ones_own_team_chosen(house: House) -> None:
    with house.reading() as session:
        form = blank_form(session, reader(session, house.cast.ada))
        none = blank_form(session, reader(session, house.cast.nora))
    assert (form.values["team"], form.teams) == ("Pumps", [("", "No team"), ("Pumps", "Pumps")])
    assert (none.values["team"], none.teams) == ("", [("", "No team")])
    assert form.values["key"] != none.values["key"]


def test_the_form_of_a_lesson_offers_its_team_although_it_is_not_the_editors(house: House) -> None:
    lesson = house.post(house.cast.ada, team="Pumps").lesson
    with house.reading() as session:
        form = form_for(session, reader(session, house.cast.kit), lesson)
    assert ("Pumps", "Pumps") in form.teams
    assert (form.values["team"], form.values["revision"]) == ("Pumps", "1")


def test_what_was_typed_is_kept_even_where_it_makes_no_sense(house: House) -> None:
    typed = {"title": "", "lesson": "Long work", "occurred_on": "yesterday", "team": "Nowhere"}
    with house.reading() as session:
        form = form_again(session, reader(session, house.cast.ada), _sent(typed))
    assert form.values | typed == form.values


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_way_to_begin_asks_for_the_whole_story_once(way: Way) -> None:
    opened, folded = way.parts()
    names = [part.name for part in (*opened, *folded)]
    assert sorted(names) == sorted(STORY)
    assert "lesson" in [part.name for part in opened]
    assert all(part.label and part.prompt and len(part.example) > 40 for part in opened + folded)


def test_a_topic_with_a_comma_survives_an_edit_by_form() -> None:
    content = LessonInput.model_validate(
        {
            "kind": "failure",
            "title": "Two tests",
            "lesson": "Both are needed.",
            "topics": ["Integration, test and launch", "pumps"],
        }
    )
    form = Submitted({name: [text] for name, text in values_of(content).items()})
    assert content_in(form)["topics"] == ["Integration, test and launch", "pumps"]


def test_a_wanted_lesson_is_begun_with_the_words_in_which_it_was_asked_for(house: House) -> None:
    browser = house.browser(house.cast.ada)
    page = browser.get("/lessons/new", params={"title": 'Glue in "frost"', "wanted": "x"})
    assert "Glue in &#34;frost&#34;" in page.text
