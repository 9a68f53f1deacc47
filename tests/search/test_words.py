"""Words are found as people type them, in whatever form, code or script."""

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from snowballstemmer import stemmer

from search import Index
from search.analyzers import stem
from tests.search.making import found, make_document

ENDINGS = ("ational", "ization", "fulness", "ments", "ing", "edly", "ies", "s")


@pytest.mark.parametrize(("written", "typed"), [
    ("Screws came loose", "screw"),
    ("the deployment failed", "deployments failing"),
    ("a wing’s flutter", "wing"),
    ("set max_retry_count to 3", "max_retry_count"),
    ("set max_retry_count to 3", "retry"),
    ("set max_retry_count to 3", "maxRetryCount"),
    ("call getUserName first", "getusername"),
    ("call getUserName first", "user name"),
    ("the HTTPServer class", "http server"),
    ("a follow-up meeting", "followup"),
    ("a follow-up meeting", "follow up"),
    ("the followup meeting", "follow-up"),
    ("send an e-mail", "email"),
    ("error ORA-00054 was raised", "ORA-00054"),
    ("error ORA-00054 was raised", "ora-00054"),
    ("error ORA-00054 was raised", "00054"),
    ("fixed in 3.11.2 only", "3.11.2"),
    ("fixed in 3.11.2 only", "3.11"),
    ("fixed in v3.11.2 only", "3.11.2"),
    ("fixed in 3.11.2 only", "v3.11"),
    ("see docker-compose.yml", "docker-compose.yml"),
    ("see docker-compose.yml", "docker compose"),
    ("the C++ and C# builds", "c++"),
    ("the C++ and C# builds", "C#"),
    ("the café in Kraków", "cafe krakow"),
    ("the cafe in Krakow", "café"),
    ("Straße gesperrt", "strasse"),
    ("Утечка топлива в насосе", "насосе"),
    ("Ёлка упала", "елка"),
    ("서버 배포가 실패했다", "배포"),
    ("服务器部署失败", "部署失败"),
    ("サーバーの配備に失敗", "失敗"),
    ("ปั๊มน้ำรั่ว", "น้ำรั่ว"),
    ("पंप में रिसाव", "रिसाव"),
])  # fmt: skip
def test_a_word_is_found(index: Index, written: str, typed: str) -> None:
    index.index([make_document("a", happened=written), make_document("b", happened="nothing here")])
    assert found(index, typed)[:1] == ["a"]


@pytest.mark.parametrize("text", ["Ärger im Getriebe", "déjà vu résumé", "서버 배포", "ปั๊มน้ำ"])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_composed_and_decomposed_text_match_both_ways(index: Index, text: str, form: str) -> None:
    index.index([make_document("a", text), make_document("b", unicodedata.normalize("NFD", text))])
    assert set(found(index, unicodedata.normalize(form, text))) == {"a", "b"}


def test_an_identifier_is_found_before_what_holds_only_its_parts(index: Index) -> None:
    index.index([
        make_document("exact", external_id="LLIS-1", happened="a lesson"),
        *(make_document(f"n{n}", external_id=f"LLIS-{n}", happened="1 lesson", day=n)
          for n in range(2, 30)),
    ])  # fmt: skip
    assert found(index, "LLIS-1")[0] == "exact"
    assert found(index, "llis-17")[0] == "n17"


def test_names_that_look_like_stop_words_without_their_apostrophe_are_words(index: Index) -> None:
    index.index([make_document("a", "shell and mine"), make_document("b", "pump")])
    assert found(index, "the shell") == ["a"]
    assert found(index, "our mine") == ["a"]


def test_threads_that_stem_at_once_do_not_spoil_each_others_words() -> None:
    words_of = [
        [f"{start}{middle}{end}" for middle in ("abl", "ent", "or", "iz", "at") for end in ENDINGS]
        for start in ("relat", "oper", "condit", "gener", "adjust", "hope", "commun", "depend")
    ]
    alone = [[stemmer("english").stemWord(word) for word in words] for words in words_of]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(len(words_of)) as threads:
            # Past the cache, which would hide what happens beneath it.
            together = list(
                threads.map(lambda words: [stem.__wrapped__(word) for word in words * 20], words_of)
            )
    finally:
        sys.setswitchinterval(interval)
    assert together == [stems * 20 for stems in alone]
