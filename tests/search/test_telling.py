"""Of a long text the words that tell most are looked for, and no more of them than is cheap."""

from search import Index
from search.query import MAX_CHARACTERS, Asked, asked
from search.telling import MAX_TERMS, telling
from tests.search.making import found, make_document


class Known:
    """A generation that knows how rare some words are; any other is middling."""

    def __init__(self, **idf: float) -> None:
        self._idf = idf
        self.looked_up = 0

    def held(self, term: str) -> int:
        self.looked_up += 1
        return int(self._idf.get(term, 2.0) > 0)

    def idf(self, term: str) -> float:
        return self._idf.get(term, 2.0)


def chosen(text: str, limit: int = MAX_TERMS, **idf: float) -> list[Asked]:
    return telling(Known(**idf), asked(text), limit)  # type: ignore[arg-type]


def tokens(text: str, limit: int, **idf: float) -> list[str]:
    return [word.token for word in chosen(text, limit, **idf) if word.word.terms]


def terms(words: list[Asked]) -> int:
    return sum(
        len(word.word.terms) + sum(len(other.terms) for other in word.related) for word in words
    )


def test_rare_words_are_chosen_and_keep_their_order() -> None:
    assert tokens("a1 b2 c3 d4", 2, a1=1.0, b2=7.0, c3=1.5, d4=8.0) == ["b2", "d4"]


def test_a_word_said_again_and_again_is_chosen_before_a_rarer_one() -> None:
    assert tokens("b2 c3 b2 d4 b2", 1, b2=3.0, d4=8.0) == ["b2"]


def test_a_word_that_no_lesson_holds_is_chosen_last() -> None:
    assert tokens("a1 zz b2", 2, a1=0.1, zz=0.0, b2=0.2) == ["a1", "b2"]


def test_a_short_query_is_taken_whole_and_nothing_is_looked_up() -> None:
    known = Known()
    words = telling(known, asked("screws torque loose"))  # type: ignore[arg-type]
    assert [word.token for word in words if word.word.terms] == ["screws", "torque", "loose"]
    assert known.looked_up == 0


def test_no_text_has_more_terms_than_are_scored() -> None:
    for text in (
        " ".join(f"w{n}" for n in range(500)),
        "vendor bolt crack leak outage deadline budget audit fire crew training near miss " * 9,
        "가" + "나다" * 900,
        "a-b_c.d " * 200,
        " ".join(f"getUser{n}NameOf" for n in range(100)),
    ):
        assert terms(chosen(text)) <= MAX_TERMS


def test_what_words_are_also_called_fills_only_what_is_left() -> None:
    assert all(word.related for word in chosen("vendor screws"))
    crowded = chosen("vendor screws " + " ".join(f"w{n}" for n in range(MAX_TERMS - 3)))
    assert terms(crowded) <= MAX_TERMS
    assert sum(len(word.word.terms) for word in crowded) == MAX_TERMS - 1


def test_the_end_of_a_long_plan_is_read(index: Index) -> None:
    index.index([make_document("a", "torque wrench"), make_document("b", "something else")])
    plan = "we shall begin on monday and go on until friday " * 30 + "with the torque wrench"
    assert len(plan) < MAX_CHARACTERS
    assert found(index, plan)[0] == "a"


def test_what_stands_beyond_a_page_is_cut(index: Index) -> None:
    index.index([make_document("a", "pump"), make_document("b", "valve")])
    assert found(index, "pump " + "x" * MAX_CHARACTERS + " valve") == ["a"]
