"""A sentence model is read from its folder, and gives texts their vectors."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.meaning import MeaningUnavailable
from search.meaning.model import Model
from search.meaning.model_folder import ModelFolder
from tests.search.processes import ROOT
from tests.search.tiny_model import make_model


def model(folder: Path, **choices: Any) -> Model:
    return Model(ModelFolder(make_model(folder, **choices)))


def test_words_of_one_meaning_have_one_vector(tmp_path: Path) -> None:
    pump, compressor, crane = model(tmp_path).encode(["pump", "Compressor", "crane"])
    assert pump @ compressor == pytest.approx(1)
    assert pump @ crane < 0.1
    assert pump.dtype == np.float32


def test_a_text_is_the_mean_of_its_tokens_brought_to_length_one(tmp_path: Path) -> None:
    tiny = model(tmp_path)
    pump, crane, both = tiny.encode(["pump", "crane", "pump crane"])
    middle = (pump + crane) / np.linalg.norm(pump + crane)
    assert both == pytest.approx(middle, abs=1e-6)
    assert np.linalg.norm(both) == pytest.approx(1)


def test_a_vector_is_the_same_to_the_last_bit_whatever_stands_beside_its_text(
    tmp_path: Path,
) -> None:
    tiny = model(tmp_path)
    alone = tiny.encode(["loose screw"])[0]
    beside = tiny.encode(["pump " * 100, "loose screw", ""])[1]
    assert alone.tobytes() == beside.tobytes()


@pytest.mark.parametrize(
    "choices",
    [
        {"inputs": ("input_ids",)},
        {"inputs": ("input_ids", "attention_mask", "token_type_ids")},
        {"pooled": True},
        {"nested": True},
    ],
)
def test_models_are_taken_as_they_are_exported(tmp_path: Path, choices: dict[str, Any]) -> None:
    plain = model(tmp_path / "plain").encode(["loose screw"])
    other = model(tmp_path / "other", **choices).encode(["loose screw"])
    assert other == pytest.approx(plain, abs=1e-6)


def test_a_model_may_want_the_first_token_alone(tmp_path: Path) -> None:
    first = model(tmp_path, pooling={"pooling_mode_cls_token": True})
    assert first.encode(["pump crane"]) == pytest.approx(first.encode(["pump"]))


def test_a_model_may_want_words_before_questions_and_before_texts(tmp_path: Path) -> None:
    prompts = {"prompts": {"query": "pump ", "document": "crane "}}
    asked = model(tmp_path, config_sentence_transformers=prompts)
    question, text = asked.question("screw"), asked.encode(["screw"])[0]
    plain = model(tmp_path / "plain").encode(["pump screw", "crane screw"])
    assert np.stack([question, text]) == pytest.approx(plain)


def test_a_long_text_is_cut_at_the_models_limit(tmp_path: Path) -> None:
    short = model(tmp_path, sentence_bert_config={"max_seq_length": 2})
    assert short.encode(["pump pump crane"]) == pytest.approx(short.encode(["pump"]))
    long = model(tmp_path / "long").encode(["pump " * 256 + "crane", "pump"])
    assert long[0] == pytest.approx(long[1])


@pytest.mark.parametrize("text", ["", "   ", "\ud800", "\x00", "ﬁ́" * 50])
def test_any_text_has_a_vector_of_numbers(tmp_path: Path, text: str) -> None:
    tiny = model(tmp_path)
    assert tiny.question(text).shape == (tiny.dimensions,)
    assert np.isfinite(tiny.encode([text])).all()


def test_the_fingerprint_tells_models_apart_and_nothing_else(tmp_path: Path) -> None:
    one = ModelFolder(make_model(tmp_path / "one")).fingerprint()
    assert ModelFolder(make_model(tmp_path / "two", nested=True)).fingerprint() == one
    other_words = make_model(tmp_path / "three", concepts=("pump", "crane"))
    first_token = make_model(tmp_path / "four", pooling={"pooling_mode_cls_token": True})
    limit = make_model(tmp_path / "five", sentence_bert_config={"max_seq_length": 9})
    prints = {ModelFolder(folder).fingerprint() for folder in (other_words, first_token, limit)}
    assert len({one, *prints}) == 4


def test_a_folder_without_a_model_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(MeaningUnavailable, match=r"holds no model\.onnx"):
        ModelFolder(tmp_path)
    make_model(tmp_path)
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(MeaningUnavailable, match=r"holds no tokenizer\.json"):
        ModelFolder(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "1_Pooling/config.json"])
def test_spoilt_files_are_told_and_nothing_else_is_raised(tmp_path: Path, name: str) -> None:
    make_model(tmp_path, pooling={})
    (tmp_path / name).write_bytes(b"\x00 not this {")
    with pytest.raises(MeaningUnavailable):
        Model(ModelFolder(tmp_path))


def test_a_model_that_asks_for_more_than_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MeaningUnavailable, match="asks for pixels"):
        model(tmp_path, inputs=("input_ids", "pixels"))


def test_a_library_that_is_not_installed_is_named(tmp_path: Path) -> None:
    make_model(tmp_path)
    program = (
        "import sys; from pathlib import Path\n"
        "sys.modules['onnxruntime'] = None  # as if it were not there\n"
        "from search.meaning import Meaning\n"
        "meaning = Meaning(Path(sys.argv[1]), Path(sys.argv[1]) / 'vectors')\n"
        "meaning.load(); print(meaning.trouble)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "onnxruntime is not installed: it is of the extra `semantic`" in done.stdout
