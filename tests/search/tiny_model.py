"""A sentence model small enough to make in a test: words of one concept have one vector."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search import Document
from search.meaning import Meaning

_MISSING = "{} is not installed: ranking by meaning is NOT checked"
onnx, tokenizers, _ = (
    pytest.importorskip(name, reason=_MISSING.format(name))
    for name in ("onnx", "tokenizers", "onnxruntime")
)

#: What a word means, by the number of its concept. A word that is in none means nothing.
CONCEPTS = (
    "pump compressor",
    "screw bolt fastener",
    "backup restore archive",
    "crane hoist lifting",
    "loose slack rattling",
    "night dark",
)


def make_model(
    folder: Path,
    *,
    inputs: tuple[str, ...] = ("input_ids", "attention_mask"),
    pooled: bool = False,
    nested: bool = False,
    concepts: tuple[str, ...] = CONCEPTS,
    **facts: Mapping[str, Any],
) -> Path:
    """Write a model into a folder: an embedding to look words up in, and their tokenizer.

    `pooled`: it gives the mean itself. `nested`: as exported, in `onnx/`. `facts`: JSON files.
    """
    words = {word: place for place, group in enumerate(concepts) for word in group.split()}
    table = np.full((len(words) + 1, len(concepts) + 1), 0.01, np.float32)
    for row, place in enumerate(words.values(), 1):
        table[row, place] = 1.0
    write_model(folder, ["[UNK]", *words], table, inputs=inputs, pooled=pooled, nested=nested)
    for name, content in facts.items():
        path = folder / ("1_Pooling/config.json" if name == "pooling" else f"{name}.json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")
    return folder


def write_model(
    folder: Path,
    words: list[str],
    table: Any,
    *,
    inputs: tuple[str, ...] = ("input_ids",),
    pooled: bool = False,
    nested: bool = False,
) -> None:
    """Write a model that gives each word its row of a table (words, d); the first is for others."""
    network = folder / "onnx" / "model.onnx" if nested else folder / "model.onnx"
    network.parent.mkdir(parents=True, exist_ok=True)
    _write_network(network, table, inputs, pooled)
    _write_tokenizer(folder / "tokenizer.json", words)


def meaning_in(folder: Path, **choices: Any) -> Meaning:
    """A tiny model and no vectors yet, in two folders within one."""
    return Meaning(make_model(folder / "model", **choices), folder / "meaning")


def knowing(folder: Path, documents: list[Document], **choices: Any) -> Meaning:
    """A tiny model that has learnt these documents."""
    meaning = meaning_in(folder, **choices)
    meaning.learn(documents)
    return meaning


def _write_network(path: Path, table: Any, inputs: tuple[str, ...], pooled: bool) -> None:
    helper, integers, floats = onnx.helper, onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    outputs = [("last_hidden_state", ["n", "t", table.shape[1]])]
    constants = [onnx.numpy_helper.from_array(table, "table")]
    if pooled:
        constants.append(onnx.numpy_helper.from_array(np.array([1], np.int64), "tokens"))
        nodes.append(
            helper.make_node(
                "ReduceMean", ["last_hidden_state", "tokens"], ["sentence_embedding"], keepdims=0
            )
        )
        outputs.append(("sentence_embedding", ["n", table.shape[1]]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, integers, ["n", "t"]) for name in inputs],
        [helper.make_tensor_value_info(n, floats, shape) for n, shape in outputs],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.save(model, path)


def _write_tokenizer(path: Path, words: list[str]) -> None:
    vocabulary = {word: number for number, word in enumerate(words)}
    words_alone = tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(words_alone)
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(path))
