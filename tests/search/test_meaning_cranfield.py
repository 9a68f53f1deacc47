"""What ranking by meaning is worth on a judged collection.

With vectors of words that are made of the collection itself (latent semantic analysis: Deerwester
et al., 1990), and with a real model where `MEANING_MODEL` names the folder of one.
"""

import math
import os
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from search import Document, Index, open_index
from search.analyzers import analysed
from search.meaning import Meaning
from tests.search.making import ask, make_document
from tests.search.test_relevance import CRANFIELD, gain, judgements, lines
from tests.search.tiny_model import write_model

DIMENSIONS = 100
#: Reached with vectors of the collection's own words: .023.
FLOOR_OWN, FLOOR_MODEL = 0.015, 0.03
_word = re.compile(r"\w+|[^\w\s]+")  # as the tokenizer cuts


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    if not CRANFIELD.is_dir():
        pytest.skip(f"the Cranfield collection is not at {CRANFIELD}: meaning is NOT measured")
    rows = lines("corpus.jsonl")
    return [make_document(row["_id"], row["title"], happened=row["text"]) for row in rows]


@pytest.fixture(scope="module")
def folder(documents: list[Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("cranfield")
    with open_index(place / "index") as index:
        index.rebuild(documents)
    return place


def quality(index: Index) -> float:
    """Mean nDCG@10 over all questions that have an answer."""
    judged = judgements()
    scores = []
    for query in lines("queries.jsonl"):
        if grades := judged.get(query["_id"]):
            hits = index.search(ask(query["text"])).hits
            best = sorted(grades.values(), reverse=True)[:10]
            scores.append(gain([grades.get(hit.id, 0) for hit in hits]) / gain(best))
    return sum(scores) / len(scores)


def gained(folder: Path, documents: list[Document], model: Path) -> float:
    meaning = Meaning(model, folder / f"vectors of {model.name}")
    meaning.learn(documents)
    with open_index(folder / "index") as plain, open_index(folder / "index", meaning=meaning) as it:
        return quality(it) - quality(plain)


def made_of(documents: list[Document], folder: Path) -> Path:
    """A model whose words have the vectors that their stems have in these documents."""
    texts = [_word.findall(f"{d.title} {d.happened}".lower()) for d in documents]
    stem = {word: analysed(word).terms[0] for text in texts for word in text if word.isalnum()}
    counted = [Counter(stem[word] for word in text if word in stem) for text in texts]
    holding = Counter(term for counts in counted for term in counts)
    terms = {term: n for n, term in enumerate(sorted(t for t in holding if holding[t] > 1))}
    idf = np.array([math.log(len(documents) / holding[term]) for term in terms])
    table = np.zeros((len(documents), len(terms)))
    for row, counts in enumerate(counted):
        for term in counts.keys() & terms.keys():
            table[row, terms[term]] = (1 + math.log(counts[term])) * idf[terms[term]]
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    values, sides = np.linalg.eigh(table @ table.T)
    vectors = table.T @ sides[:, -DIMENSIONS:] / np.sqrt(values[-DIMENSIONS:]) * idf[:, None]
    words = sorted(word for word in stem if stem[word] in terms)
    rows = np.vstack([np.zeros(DIMENSIONS), *(vectors[terms[stem[word]]] for word in words)])
    write_model(folder, ["[UNK]", *words], rows.astype(np.float32))
    return folder


def test_vectors_of_its_own_words_answer_cranfield_better(
    folder: Path, documents: list[Document]
) -> None:
    assert gained(folder, documents, made_of(documents, folder / "model")) >= FLOOR_OWN


def test_a_real_model_answers_cranfield_better_by_three_hundredths(
    folder: Path, documents: list[Document]
) -> None:
    model = os.environ.get("MEANING_MODEL")
    if not model:
        pytest.skip("MEANING_MODEL names no model: what a real one is worth is NOT measured")
    assert gained(folder, documents, Path(model)) >= FLOOR_MODEL
