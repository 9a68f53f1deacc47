from hypothesis import given
from hypothesis import strategies as st

from app.transfer.files.guard import guarded, unguarded
from app.transfer.html_text import html_to_markdown, looks_like_html
from app.transfer.texts import clean, cut_at_word, first_sentence, has_controls
from app.transfer.values import format_topics, parse_topics


def test_line_ends_are_one_kind_and_controls_are_gone() -> None:
    assert clean(" a\r\nb\rc\vd\x00\x07e\x1b ") == "a\nb\nc\nde"
    assert has_controls("a\x00")
    assert not has_controls("a\r\n\tb")


def test_windows_letters_read_as_latin_are_mended() -> None:
    assert clean("don\x92t \x93go\x94 \x81") == "don’t “go”"


def test_letters_are_composed_and_lost_quotes_stay() -> None:
    assert clean("Cafe\u0301 ¿quoted¿") == "Café ¿quoted¿"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=300))
def test_a_first_sentence_is_a_short_line(text: str) -> None:
    found = first_sentence(clean(text))
    assert len(found) <= 110
    assert "\n" not in found
    assert bool(found) == bool(clean(text))


def test_a_title_is_the_first_sentence_without_marks() -> None:
    assert first_sentence("## Check *it*. Then go.") == "Check it."
    assert first_sentence("Use v1.2 of it, e.g. on pumps. Always.") == (
        "Use v1.2 of it, e.g. on pumps."
    )
    long = first_sentence("word " * 60)
    assert long.endswith("word…")
    assert len(long) <= 110


def test_cutting_keeps_whole_words() -> None:
    assert cut_at_word("one two three", 9) == "one two…"
    assert cut_at_word("x" * 20, 10) == "x" * 9 + "…"
    assert cut_at_word("short", 10) == "short"


def test_simple_html_becomes_markdown() -> None:
    html = (
        "<p>One &amp; <b>two</b></p><ul>\n\t<li>a</li><li>b<br/>c</li></ul>"
        '<A HREF="https://example.org/x.pdf" target="_parent">the report</A>'
        '<a href="javascript:alert(1)">no</a><script>alert(1)</script> #include <stdio.h>'
    )
    assert looks_like_html(html)
    assert html_to_markdown(html) == (
        "One & **two**\n\n- a\n- b\nc\n\n[the report](https://example.org/x.pdf)no"
        " #include <stdio.h>"
    )


def test_markdown_that_speaks_of_html_is_left_alone() -> None:
    assert not looks_like_html("Use `<br>` and `</p>`")
    assert not looks_like_html("if a < b and c > d")
    assert not looks_like_html("See <https://example.org>")


def test_topics_come_from_lists_json_and_separated_names() -> None:
    assert parse_topics(["Pumps", " pumps ", "Bolts\n"]) == ("Pumps", "Bolts")
    assert parse_topics("Policy & Planning, Parts,, parts") == ("Policy & Planning", "Parts")
    assert parse_topics("Equipment;Human Factors, other;") == ("Equipment", "Human Factors, other")
    assert parse_topics("a | b") == ("a", "b")
    assert parse_topics('["a, b", "c"]') == ("a, b", "c")
    assert parse_topics("[draft] notes, x") == ("[draft] notes", "x")
    assert parse_topics("") == ()


@given(st.lists(st.text(min_size=1, max_size=20)))
def test_topics_written_to_a_cell_are_read_back(names: list[str]) -> None:
    topics = parse_topics(names)
    assert parse_topics(format_topics(topics)) == topics


@given(st.text(alphabet="'=+-@ab\t\r\n", max_size=6))
def test_a_guard_is_taken_back_and_no_formula_stands(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
