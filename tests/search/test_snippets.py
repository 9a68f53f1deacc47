"""The passage that is shown under a hit."""

from search import Index


def marked(index: Index, query: str, *parts: str, limit: int = 240) -> list[str]:
    return [text for text, is_marked in index.snippet(query, parts, limit=limit) if is_marked]


def shown(index: Index, query: str, *parts: str, limit: int = 240) -> str:
    return "".join(text for text, _ in index.snippet(query, parts, limit=limit))


def test_words_are_marked_by_stem_as_they_were_written(index: Index) -> None:
    assert marked(index, "screw torquing", "The Screws had no torque.") == ["Screws", "torque"]


def test_accents_do_not_matter(index: Index) -> None:
    assert marked(index, "cafe", "im Café, im Cafe\u0301") == ["Café", "Cafe\u0301"]


def test_stop_words_are_not_marked(index: Index) -> None:
    assert marked(index, "the pump", "the pump of the house") == ["pump"]


def test_the_part_that_matches_is_chosen(index: Index) -> None:
    assert shown(index, "pump", "a quiet day", "the pump broke") == "the pump broke"


def test_the_passage_with_most_words_is_chosen(index: Index) -> None:
    text = "The pump ran. " + "Filler words go here. " * 40 + "Then the pump and the valve broke."
    assert marked(index, "pump valve broke", text, limit=120) == ["pump", "valve", "broke"]


def test_without_a_match_the_first_text_begins(index: Index) -> None:
    assert shown(index, "zzz", "", "  ", "Something happened.", "more") == "Something happened."
    assert shown(index, "", "Something happened.") == "Something happened."


def test_without_any_text_there_is_nothing(index: Index) -> None:
    assert index.snippet("pump", []) == ()
    assert index.snippet("pump", ["", " \n"]) == ()


def test_the_length_is_kept_within_bounds(index: Index) -> None:
    text = "lorem ipsum dolor sit amet " * 200 + "pump " + "consectetur adipiscing elit " * 200
    for query in ("pump", "zzz"):
        passage = shown(index, query, text, limit=200)
        assert len(passage) <= 206
        assert passage.endswith(" …")
    assert "pump" in shown(index, "pump", text, limit=200)


def test_words_without_spaces_are_cut_too(index: Index) -> None:
    assert len(shown(index, "x", "x" * 10_000, limit=100)) <= 110


def test_markdown_is_left_out(index: Index) -> None:
    text = (
        "# Heading\n\n**Bold** and _soft_ `code`, a [link](https://example.org/x_(y)) and "
        "![picture](p.png)\n\n- one\n- two\n\n```sh\nrun snake_case\n```\n> quoted"
    )
    passage = shown(index, "snake_case", text, limit=500)
    for mark in ("#", "**", "`", "](", "- one", "> "):
        assert mark not in passage
    assert "Bold and soft code, a link" in passage
    assert "snake_case" in passage


def test_nothing_of_the_text_is_taken_for_markup(index: Index) -> None:
    text = "<script>alert(1)</script> pump & valve"
    assert shown(index, "pump", text) == text


def test_a_beginning_that_was_asked_for_is_marked_in_every_word_that_has_it(index: Index) -> None:
    text = "Redeploy with care: deployments by hand, deploying twice, deploy-keys. Déployé."
    assert marked(index, "deploy*", text) == ["deployments", "deploying", "deploy-keys", "Déployé"]
    assert marked(index, "title:dep* hand", text)[:2] == ["deployments", "hand"]
    assert marked(index, "-deploy* hand", text) == ["hand"]
    assert marked(index, "team:dep* hand", text) == ["hand"]
