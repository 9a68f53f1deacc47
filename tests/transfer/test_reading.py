import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.lessons.models import AuthorMode, CauseType, Kind
from app.transfer.columns import suggest_mapping
from app.transfer.date_columns import learn_dates
from app.transfer.facts import Facts, Rejection, content_key
from app.transfer.files.rows import Row
from app.transfer.reading import NOTHING_TO_LEARN, to_facts
from tests.transfer.made_files import facts_of, one_fact, one_rejection, saved


def _row(**values: object) -> bytes:
    return json.dumps(values).encode()


def _fact(tmp_path: Path, **values: object) -> Facts:
    return one_fact(saved(tmp_path, _row(**values), "lesson.jsonl"))


def test_every_field_is_read(tmp_path: Path) -> None:
    fact = _fact(
        tmp_path,
        kind="Near-Miss",
        title="Loose bolt",
        context="c",
        expected="e",
        happened="h",
        why="w",
        cause_type="A lesson that was not shared",
        lesson="l",
        recommendation="r",
        applies_when="a",
        not_when="n",
        topics=["Pumps"],
        team="Plant",
        visibility="Team",
        author_mode="Protected",
        author="ada@example.org",
        occurred_on="2020-02-29",
        posted_at="2020-03-01T10:00:00+01:00",
        external_id="7",
        source_url="https://example.org/7",
    )
    assert fact == Facts(
        kind=Kind.NEAR_MISS,
        title="Loose bolt",
        context="c",
        expected="e",
        happened="h",
        why="w",
        cause_type=CauseType.NOT_SHARED,
        lesson="l",
        recommendation="r",
        applies_when="a",
        not_when="n",
        topics=("Pumps",),
        team="Plant",
        visibility="team",
        author_mode=AuthorMode.PROTECTED,
        author="ada@example.org",
        occurred_on=date(2020, 2, 29),
        posted_at=datetime(2020, 3, 1, 9, tzinfo=UTC),
        external_id="7",
        source_url="https://example.org/7",
    )


def test_what_the_file_does_not_say_stays_unsaid(tmp_path: Path) -> None:
    fact = _fact(tmp_path, title="T", lesson="l")
    assert (fact.visibility, fact.author_mode, fact.posted_at) == ("", None, None)
    assert fact.notes == ()


def test_a_kind_that_is_not_said_follows_from_what_happened(tmp_path: Path) -> None:
    assert _fact(tmp_path, title="T", lesson="l").kind is Kind.SUCCESS
    assert _fact(tmp_path, title="T", lesson="l", happened="h").kind is Kind.FAILURE


def test_a_recommendation_stands_in_for_a_lesson_before_the_account(tmp_path: Path) -> None:
    fact = _fact(tmp_path, title="T", recommendation="Check", happened="It broke")
    assert (fact.lesson, fact.recommendation, fact.happened) == ("Check", "", "It broke")
    assert fact.notes == ("no lesson is given: the recommendation stands as the lesson",)
    account = _fact(tmp_path, title="T", happened="It broke")
    assert (account.lesson, account.happened, account.kind) == ("It broke", "", Kind.FAILURE)


def test_a_row_without_anything_to_learn_from_is_rejected(tmp_path: Path) -> None:
    found = one_rejection(saved(tmp_path, b"Title,Lesson,Context\nA,,We were here\n"))
    assert (found.number, found.line, found.reason) == (1, 2, NOTHING_TO_LEARN)
    assert found.raw == {"Title": "A", "Lesson": "", "Context": "We were here"}


def test_a_missing_title_is_the_first_sentence(tmp_path: Path) -> None:
    assert _fact(tmp_path, lesson="Check it. Twice.").title == "Check it."
    fact = _fact(tmp_path, happened="A bolt fell. Nobody saw.", recommendation="Check.")
    assert (fact.title, fact.lesson) == ("A bolt fell.", "Check.")


def test_a_long_title_is_cut_and_kept_whole_in_the_context(tmp_path: Path) -> None:
    title = "word " * 80 + "end"
    fact = _fact(tmp_path, title=title, lesson="l", context="Before.")
    assert len(fact.title) <= 300
    assert fact.context == f"{title}\n\nBefore."
    assert "context holds it all" in fact.notes[0]


def test_an_abstract_that_is_repeated_is_kept_once(tmp_path: Path) -> None:
    fact = _fact(tmp_path, title="T", lesson="l", abstract="Short.", happened="Short.\n\nLong.")
    assert (fact.context, fact.happened) == ("Short.", "Long.")
    same = _fact(tmp_path, title="T", lesson="l", abstract="Short.", happened="Short.")
    assert (same.context, same.happened) == ("", "Short.")


@pytest.mark.parametrize(
    ("values", "column", "says"),
    [
        ({"kind": "hope"}, "kind", "“hope” is not a kind: write success, failure, near miss"),
        ({"visibility": "secret"}, "visibility", "“secret” is not a visibility"),
        ({"author_mode": "?!"}, "author_mode", "“?!” is not an authorship"),
        ({"cause_type": "fate"}, "cause_type", "write skill, process, tool, communication, not"),
        ({"date": "sometime in 2004"}, "date", "“sometime in 2004” is not a date; write it as"),
        ({"context": "x" * 100_001}, "context", "100,001 letters; at most 100,000 are kept"),
        ({"id": "x" * 201}, "id", "the id is longer than 200 letters"),
    ],
)
def test_a_value_that_cannot_be_taken_names_its_column(
    tmp_path: Path, values: dict[str, str], column: str, says: str
) -> None:
    content = _row(title="T", lesson="l", **values)
    found = one_rejection(saved(tmp_path, content, "lesson.jsonl"))
    assert found.column == column
    assert says in found.reason


def test_topics_are_limited_in_number_and_length(tmp_path: Path) -> None:
    fact = _fact(tmp_path, title="T", lesson="l", topics=[f"t{n}" for n in range(60)] + ["x" * 200])
    assert len(fact.topics) == 50
    assert fact.notes[-1] == "only the first 50 topics were kept"
    long = _fact(tmp_path, title="T", lesson="l", topics=["x" * 200])
    assert len(long.topics[0]) == 80


def test_an_address_that_is_none_is_left_out_and_said(tmp_path: Path) -> None:
    fact = _fact(tmp_path, title="T", lesson="l", url="javascript:alert(1)")
    assert fact.source_url == ""
    assert "is not a web address" in fact.notes[0]


def test_the_export_of_a_known_collection_is_understood(tmp_path: Path) -> None:
    fact = one_fact(
        saved(
            tmp_path,
            b"Lesson ID,Title,Abstract,Lesson(s) Learned,Recommendation(s),Driving Event,Evidence\n"
            b"12,N/A,,Check it.,Twice.,It broke.,It is done now.\n",
        )
    )
    assert fact.external_id == "LLIS-12"
    assert fact.source_url == "https://llis.nasa.gov/lesson/12"
    assert fact.title == "Check it."
    assert fact.recommendation == "Twice.\n\nEvidence: It is done now."


def test_an_id_that_has_its_prefix_does_not_get_another(tmp_path: Path) -> None:
    path = saved(tmp_path, b"Lesson ID,Lesson(s) Learned\nLLIS-12,Check it.\n")
    assert one_fact(path).external_id == "LLIS-12"


def test_html_in_a_cell_becomes_markdown(tmp_path: Path) -> None:
    path = saved(tmp_path, b'Title,Lesson\nA,"<p>One</p><p>Two &lt;3</p>"\n')
    assert one_fact(path).lesson == "One\n\nTwo <3"


def test_the_order_of_dates_is_learned_from_their_column(tmp_path: Path) -> None:
    path = saved(tmp_path, b"Lesson,When\na,03/04/2020\nb,31/12/2020\n")
    first, _ = facts_of(path)
    assert isinstance(first, Facts)
    assert first.occurred_on == date(2020, 4, 3)


def test_an_order_that_nothing_proves_is_noted() -> None:
    rows = [Row(1, 2, {"Lesson": "a", "When": "03/04/2020"})]
    mapping, notes = learn_dates(suggest_mapping(["Lesson", "When"]), rows)
    assert notes == (
        "“When”: nothing shows whether the day or the month comes first; the month was taken to",
    )
    fact = to_facts(rows[0], mapping)
    assert isinstance(fact, Facts)
    assert fact.occurred_on == date(2020, 3, 4)


def test_a_content_key_is_blind_to_case_and_spaces() -> None:
    one = Facts(Kind.SUCCESS, "A  title", "Some\nlesson")
    same = Facts(Kind.SUCCESS, "a title", "some lesson ", context="more")
    assert content_key(one) == content_key(same)
    assert content_key(one) != content_key(Facts(Kind.FAILURE, "a title", "some lesson"))
    assert content_key(Facts(Kind.SUCCESS, "a b", "c")) != content_key(
        Facts(Kind.SUCCESS, "a", "b c")
    )


def test_rejection_and_facts_add_up_over_a_mixed_file(tmp_path: Path) -> None:
    found = facts_of(saved(tmp_path, b"Title,Lesson,When\nA,one,2020\nB,two,soon\nC\nD,,2020\n"))
    assert [type(fact) for fact in found] == [Facts, Rejection, Rejection, Rejection]
