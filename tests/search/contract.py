"""What every engine must do (`search/port.py`), as tests that any implementation runs.

Derive a class whose name begins with Test, and open the engine in `open`.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from search import EVERYONE, Engine, InvalidDocument, Query, Results
from tests.search.making import FIRST_DAY, ask, make_document

EVERYBODY = frozenset({EVERYONE})
PUBLIC = [
    make_document("a", "Coolant pump tripped", kind="failure", team="t1", team_name="Depot",
                  topics=("x",), topic_names=("Cooling",), author="p1", author_name="Ines Vale",
                  happened="The strainer was blocked by fibres.", day=1),
    make_document("b", "Pump of the north plant ran dry", kind="near_miss", team="t2",
                  topics=("x", "y"), topic_names=("Cooling", "Alarms"), state="learned",
                  happened="An alarm was acknowledged twice.", day=2),
    make_document("c", "Crane inspected before the lift", kind="success", team="t1",
                  happened="The outrigger stood on firm ground.", day=3),
]  # fmt: skip
SECRET = [
    make_document(f"s{n}", "Xylophone pump strainer", audience="team:t9", day=n, team="t9",
                  topics=("z",), topic_names=("Xylophones",), author="p9", author_name="Xeno X",
                  happened="pump tripped coolant xylofone " * 3)
    for n in range(50)
]  # fmt: skip
QUERIES = ["pump", "coolant pump tripped", "pmup", "xylophone", "strainer", "crane -pump", "",
           '"ran dry"', "topic:cooling", "team:depot pump", "kind:success", "author:vale", "cran*",
           "title:crane"]  # fmt: skip


class Contract:
    """The tests. They know no engine by name."""

    def open(self, folder: Path) -> Engine:
        """The engine in a folder, or whatever stands for it; opened again, it is the same one."""
        raise NotImplementedError

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        engine = self.open(tmp_path / "engine")
        engine.index(PUBLIC)
        return engine

    def found(self, engine: Engine, text: str = "", *audiences: str, **choices: object) -> set[str]:
        return {hit.id for hit in engine.search(ask(text, *audiences, **choices)).hits}

    def test_a_word_of_any_part_finds_a_document(self, engine: Engine) -> None:
        assert self.found(engine, "strainer") == {"a"}
        assert self.found(engine, "pumps") == {"a", "b"}
        assert self.found(engine, "cooling") == {"a", "b"}
        assert self.found(engine, "depot") == {"a"}

    def test_any_of_many_words_is_enough_and_all_of_few_come_first(self, engine: Engine) -> None:
        question = "what came of it when the crane was lifted near some outrigger or a trench"
        assert "c" in self.found(engine, question)
        hits = engine.search(ask("pump alarm")).hits
        assert [hit.id for hit in hits] == ["b", "a"]

    def test_text_without_a_word_finds_nothing_and_no_text_lists(self, engine: Engine) -> None:
        assert self.found(engine, "?!") == set()
        assert [hit.id for hit in engine.search(ask()).hits] == ["c", "b", "a"]
        assert [hit.id for hit in engine.search(ask(sort="oldest")).hits] == ["a", "b", "c"]

    def test_conditions_hold_exactly(self, engine: Engine) -> None:
        assert self.found(engine, '"ran dry"') == {"b"}
        assert self.found(engine, '"dry ran"') == set()
        assert self.found(engine, "pump -coolant") == {"b"}
        assert self.found(engine, "title:crane") == {"c"}
        assert self.found(engine, "title:strainer") == set()
        assert self.found(engine, "topic:alarms") == {"b"}
        assert self.found(engine, "team:depot") == {"a"}
        assert self.found(engine, "author:vale") == {"a"}
        assert self.found(engine, "kind:success") == {"c"}
        assert self.found(engine, "outrig*") == {"c"}

    def test_filters_totals_and_facets_are_exact(self, engine: Engine) -> None:
        results = engine.search(ask("pump", kinds=frozenset({"failure"})))
        assert (results.total, [hit.id for hit in results.hits]) == (1, ["a"])
        assert results.facets["kind"] == {"failure": 1, "near_miss": 1}
        assert results.facets["topic"] == {"x": 1}
        assert self.found(engine, teams=frozenset({"t1"})) == {"a", "c"}
        assert self.found(engine, topics=frozenset({"y"})) == {"b"}
        assert self.found(engine, states=frozenset({"learned"})) == {"b"}
        assert self.found(engine, author="p1") == {"a"}
        since = FIRST_DAY + timedelta(days=2)
        assert self.found(engine, since=since) == {"b", "c"}
        assert self.found(engine, until=since) == {"a", "b"}

    def test_facets_not_asked_for_are_not_counted(self, engine: Engine) -> None:
        assert engine.search(ask("pump", facets=())).facets == {}
        assert list(engine.search(ask("pump", facets=("team",))).facets) == ["team"]

    def test_pages_follow_one_another(self, engine: Engine) -> None:
        engine.index(make_document(f"n{n:02}", "bolt", day=n) for n in range(25))
        pages = [engine.search(ask("bolt", page=n)).hits for n in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert len({hit.id for page in pages for hit in page}) == 25

    def test_a_document_is_replaced_by_its_id(self, engine: Engine) -> None:
        engine.index([make_document("a", "bolt", stamp="2"), make_document("a", "nut", stamp="3")])
        assert self.found(engine, "nut") == {"a"}
        assert self.found(engine, "coolant") == set()
        assert engine.stamps() == {"a": "3", "b": "1", "c": "1"}

    def test_removed_documents_are_gone(self, engine: Engine) -> None:
        engine.remove(["a", "unknown"])
        assert self.found(engine, "pump") == {"b"}
        assert engine.check({"a": "1", "b": "1"}).missing == ("a",)

    def test_a_wrong_document_leaves_all_as_it_was(self, engine: Engine) -> None:
        before = engine.generation()
        with pytest.raises(InvalidDocument):
            engine.index([make_document("d", "bolt"), make_document("")])
        assert engine.stamps() == {"a": "1", "b": "1", "c": "1"}
        assert engine.generation() == before

    def test_what_is_written_is_read_by_whoever_opens_it(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        other = self.open(tmp_path / "engine")
        generation = other.generation()
        engine.index([make_document("d", "bolt")])
        assert self.found(other, "bolt") == {"d"}
        assert other.generation() > generation
        assert other.identity == engine.identity
        other.close()

    def test_a_rebuild_holds_what_it_was_given(self, engine: Engine) -> None:
        told: list[int] = []
        generation, identity = engine.generation(), engine.identity
        assert engine.rebuild([make_document("z", "bolt")], progress=told.append) == 1
        assert engine.stamps() == {"z": "1"}
        assert told[-1] == 1
        assert engine.generation() > generation
        assert engine.identity == identity
        engine.verify()
        engine.verify(again=False)

    def test_merging_changes_no_answer(self, engine: Engine) -> None:
        before = self.everything(engine)
        while engine.merge():
            pass
        assert self.everything(engine) == before

    def test_completion_offers_titles_topics_and_people(self, engine: Engine) -> None:
        lines = engine.suggest("pum", audiences=EVERYBODY)
        assert [line.id for line in lines if line.kind == "lesson"] == ["b", "a"]
        assert engine.suggest("coo", audiences=EVERYBODY)[0].text == "Cooling"
        (person, *_) = engine.suggest("ines v", audiences=EVERYBODY)
        assert (person.kind, person.id, person.text) == ("person", "p1", "Ines Vale")
        assert len(engine.suggest("p", audiences=EVERYBODY, limit=1)) == 1
        assert engine.suggest("zzz", audiences=EVERYBODY) == []

    def test_a_draft_finds_what_is_like_it(self, engine: Engine) -> None:
        text = PUBLIC[0].happened
        hits = engine.similar(title=PUBLIC[0].title, text=text, audiences=EVERYBODY)
        assert (hits[0].id, hits[0].same) == ("a", True)
        left = engine.similar(title="Pump", text="", audiences=EVERYBODY, exclude=frozenset({"a"}))
        assert "a" not in {hit.id for hit in left}

    def test_a_plan_of_work_finds_what_bears_on_it(self, engine: Engine) -> None:
        plan = ("Next Tuesday we lift the new boiler onto the roof, 12 tonnes. The crane needs an "
                "outrigger of steel; then we fill in the permits.")  # fmt: skip
        engine.index([
            make_document("w", "Permits", applies_when="A crane is hired.", not_when="The roof."),
            make_document("n", "Quiet", happened="Something else on a Tuesday in 12 minutes."),
        ])  # fmt: skip
        found = engine.matches(plan, audiences=EVERYBODY)
        by_id = {match.id: match for match in found.matches}
        assert {"c", "w"} <= set(by_id)
        assert {"crane", "outrigger"} <= set(by_id["c"].shared)
        assert "crane" in by_id["w"].applies
        assert "roof" in by_id["w"].against
        assert "boiler" in found.unmet
        assert not {"12", "crane", "the"} & set(found.unmet)
        assert len(engine.matches(plan, audiences=EVERYBODY, limit=1).matches) == 1
        left = engine.matches(plan, audiences=EVERYBODY, exclude=frozenset({"c"})).matches
        assert "c" not in {match.id for match in left}
        for nothing in ("", " ?! ", "the of and"):
            assert engine.matches(nothing, audiences=EVERYBODY).matches == ()

    def test_all_of_a_long_plan_counts(self, engine: Engine) -> None:
        long = "We paint the corridor on the third floor and hang pictures there. " * 200
        found = engine.matches(f"{long} The outrigger comes last.", audiences=EVERYBODY)
        assert "c" in {match.id for match in found.matches}

    def test_results_say_whether_they_answer(self, engine: Engine) -> None:
        assert engine.search(ask("coolant pump")).answered
        assert not engine.search(ask("pump zeppelin quorum azimuth")).answered
        assert not engine.search(ask("zeppelin")).answered

    def test_a_word_with_a_wrong_letter_is_found_and_asked_about(self, engine: Engine) -> None:
        results = engine.search(ask("strainr"))
        assert "a" in {hit.id for hit in results.hits} or results.suggestion == "strainer"

    def test_a_passage_is_the_text_in_pieces(self, engine: Engine) -> None:
        pieces = engine.snippet("strainer", [PUBLIC[0].happened])
        assert "".join(piece for piece, _ in pieces) == PUBLIC[0].happened
        assert [piece for piece, marked in pieces if marked] == ["strainer"]

    def test_only_what_the_audiences_may_read_is_found(self, engine: Engine) -> None:
        engine.index(SECRET)
        assert self.found(engine, "xylophone") == set()
        assert engine.search(ask("xylophone", "team:t9")).total == 50
        assert engine.search(Query(text="pump", audiences=frozenset())).total == 0

    def test_what_may_not_be_read_moves_no_byte_of_an_answer(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        with_secrets = self.open(tmp_path / "with secrets")
        with_secrets.index([*SECRET[:25], *PUBLIC, *SECRET[25:]])
        assert self.everything(with_secrets) == self.everything(engine)

    def everything(self, engine: Engine) -> list[object]:
        """All that somebody who may read what everyone may can learn of an engine."""
        answers: list[Results] = [engine.search(ask(text)) for text in QUERIES]
        completions = [engine.suggest(t, audiences=EVERYBODY) for t in ("p", "x", "xylo", "c", "i")]
        alike = [
            engine.similar(title=d.title, text=d.happened, audiences=EVERYBODY)
            for d in (*PUBLIC, SECRET[0])
        ]
        plans = [engine.matches(f"{d.title} {d.happened}", audiences=EVERYBODY)
                 for d in (*PUBLIC, SECRET[0])]  # fmt: skip
        return [*answers, *completions, *alike, *plans]
