"""Plans of work find what bears on them: all of the text, whatever its subjects, by any name."""

import random
from collections.abc import Sequence

import numpy as np

from search import EVERYONE, Document, Index, Match, Matches
from search.budget import Budget
from search.plan_matching import matches
from search.plans import MAX_CHARACTERS, MOST_SECTIONS, read_plan
from search.subjects import combined
from tests.search.making import make_document
from tests.search.test_relevance import STORIES
from tests.search.ticking import Ticking

EVERYBODY = frozenset({EVERYONE})
PLANS = {
    "screws": "A lorry takes the frequency converter to the site. Are all of its bolts fastened?",
    "reuse": "We carry over the flight code of the predecessor and change nothing in it.",
    "restore": "A new job dumps the database every night. Can we get the data back out of it?",
    "certificate": "TLS for the portal is set up by a colleague who leaves; it lapses in May.",
    "crane": "On Monday we hoist the boiler onto the roof. The ground is wet from the storm.",
    "supplier": "We buy the control board from one vendor alone, as it is cheaper.",
    "handover": "When the late turn goes home, the early one shall hear what was overridden.",
    "migration": "The schema of the readings changes: a new field, and old rows are filled.",
}  # fmt: skip


def stories() -> list[Document]:
    return [make_document(id, title, happened=told) for id, (title, told) in STORIES.items()]


def ids(matches: Sequence[Match]) -> list[str]:
    return [match.id for match in matches]


def found(index: Index, plan: str, **choices: object) -> Matches:
    return index.matches(plan, audiences=EVERYBODY, **choices)


def test_a_plan_in_other_words_brings_its_lesson_first(index: Index) -> None:
    index.index(stories())
    first = {story: ids(found(index, plan).matches)[:1] for story, plan in PLANS.items()}
    assert sum(first[story] == [story] for story in PLANS) >= 7, first


def test_no_subject_of_a_long_plan_drowns_another(index: Index) -> None:
    chance = random.Random(1)
    filler = [" ".join(chance.choices(["meeting", "list", "version", "office"], k=40))] * 3
    index.index([*stories(), *(make_document(f"n{n}", "Office list", happened=f"A version {n}.")
                               for n in range(30))])  # fmt: skip
    chapters = ["# Crane", PLANS["crane"] * 9, *filler, PLANS["certificate"], *filler,
                PLANS["migration"], *filler]  # fmt: skip
    brought = ids(found(index, "\n\n".join(chapters)).matches)
    assert {"crane", "certificate", "migration"} <= set(brought[:4])


def test_a_plan_is_read_in_sections_and_none_is_lost() -> None:
    paragraph = "We clean the pump of the north plant before the winter comes. " * 4
    assert len(read_plan(paragraph).sections) == 1
    for count in (5, 400):
        plan = read_plan("\n\n".join([paragraph] * count))
        assert 1 < len(plan.sections) <= MOST_SECTIONS + 1
        pump = next(n for n, idea in enumerate(plan.ideas) if idea.token == "pump")
        assert sum(section[pump] for section in plan.sections) == 4 * count
    assert read_plan("x" * 10 * MAX_CHARACTERS).ideas[0].word.terms


def test_a_word_counts_by_any_name_and_says_so_as_it_was_typed(index: Index) -> None:
    index.index([make_document("a", applies_when="A supplier changes."), make_document("b", "x")])
    (match,) = found(index, "We take on a new Vendor in May.").matches
    assert (match.shared, match.applies, match.against) == (("Vendor",), ("Vendor",), ())


def test_what_has_to_do_with_a_word_counts_but_is_not_said_to_be_shared(index: Index) -> None:
    index.index([make_document("dust", "Too much dust"), make_document("b", "quiet day")])
    (match,) = found(index, "Some sanding of the bridge deck").matches
    assert (match.id, match.shared) == ("dust", ())


def test_what_a_lesson_says_is_not_for_it_counts_against_it(index: Index) -> None:
    index.index([
        make_document("for", "Valves", applies_when="Work in a tunnel.", day=1),
        make_document("not", "Valves", not_when="Work in a tunnel.", day=2),
    ])  # fmt: skip
    first, second = found(index, "We change valves in the tunnel.").matches
    assert (first.id, first.applies) == ("for", ("tunnel",))
    assert (second.id, second.against) == ("not", ("tunnel",))


def test_ideas_near_one_another_count_more(index: Index) -> None:
    apart = "The pump ran. " + "Nothing else was to be seen there for long. " * 3 + "A seal."
    together = "A pump seal. " + "Nothing else was to be seen there for long. " * 3 + "It ran."
    index.index([make_document("apart", happened=apart, day=9),
                 make_document("together", happened=together)])  # fmt: skip
    assert ids(found(index, "replace a pump seal").matches) == ["together", "apart"]


def test_a_longer_lesson_does_not_win_by_its_length(index: Index) -> None:
    chance = random.Random(2)
    words = [f"{a}{b}ul" for a in "bdfgklm" for b in "aeiou"]
    index.index([
        make_document("short", "The crane tipped over"),
        make_document("long", happened=" ".join([*chance.choices(words, k=900), "crane", "site"])),
        *(make_document(f"n{n}", " ".join(chance.choices(words, k=9))) for n in range(20)),
    ])  # fmt: skip
    assert ids(found(index, "A crane comes to the site").matches)[0] == "short"


def test_what_nobody_wrote_about_is_said_as_it_was_typed(index: Index) -> None:
    index.index(stories())
    plan = ("We hoist the boiler with the crane on 12 May for 4,000 euros. Maria Klein friendly "
            "asks for a wing walker permit; we paint it. ORA-99999 comes again.")  # fmt: skip
    unmet = found(index, plan).unmet
    assert "wing walker" in unmet
    assert "ORA-99999" in unmet
    told = " ".join(unmet)
    assert not any(word in told for word in ("12", "May", "euros", "Maria", "friendly", "paint",
                                             "crane", "hoist", "Tuesday", "again"))  # fmt: skip
    assert len(unmet) <= 5
    assert found(index, "Zeppelins over the harbour").unmet == ("Zeppelins", "harbour")


def test_a_plan_that_outlasts_its_time_is_answered_in_part(index: Index) -> None:
    index.index(stories())
    plan = " ".join(PLANS.values())
    with index._reading() as snapshot:
        said = [matches(snapshot, plan, EVERYBODY, None, 9, frozenset(), Budget(seconds, Ticking()))
                for seconds in (2, 6, 9_999)]  # fmt: skip
    assert [one.partial for one in said] == [True, True, False]
    assert said[0].matches == ()
    assert 0 < len(said[1].matches) < len(said[2].matches)


def test_only_words_that_tell_something_bring_a_lesson(index: Index) -> None:
    index.index([make_document("a", "On Tuesday we will be there", happened="10 minutes")])
    assert found(index, "We will see on Tuesday, in ten minutes or so.").matches == ()


def test_documents_that_score_the_same_for_every_section_are_told_apart_by_none() -> None:
    same = np.ones((4, 3), np.float32)
    assert len(set(combined(same).tolist())) == 1
    stands_out = np.array([[9, 1], [2, 5], [2, 5], [2, 5], [2, 5], [2, 5], [2, 5]], np.float32)
    assert int(combined(stands_out).argmax()) == 0
