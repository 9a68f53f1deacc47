"""The folder of a sentence-embedding model: which files it holds, and how it wants to be used.

It is laid out as sentence-transformers exports a model:

    model.onnx, or onnx/model.onnx         the network (and model.onnx_data, where it is large)
    tokenizer.json                         how text is cut into its tokens
    1_Pooling/config.json                  optional: mean of the tokens (default), or the first
    sentence_bert_config.json              optional: the most tokens it was trained on
    config_sentence_transformers.json      optional: what is put before a question, or a text
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from ..errors import SearchError

#: A text is cut at this many tokens, or fewer where the model says so.
MAX_TOKENS = 256
#: Names that models give to the prompt of a text, where they tell it from a question.
_TEXT_PROMPTS = ("document", "passage", "corpus")
_CHUNK_BYTES = 1 << 20


class MeaningUnavailable(SearchError):
    """There is no model, it cannot be run, or what it gives is no use: search goes on without."""


class ModelFolder:
    """The files of a model. Opening raises `MeaningUnavailable` where one is missing or spoilt."""

    def __init__(self, root: Path) -> None:
        self.root = root
        networks = [root / "model.onnx", root / "onnx" / "model.onnx"]
        self.network = next((path for path in networks if path.is_file()), networks[0])
        self.tokenizer = root / "tokenizer.json"
        for path in (self.network, self.tokenizer):
            if not path.is_file():
                raise MeaningUnavailable(f"{root} holds no {path.name}")
        self._pooling = self._facts("1_Pooling/config.json")
        self._limits = self._facts("sentence_bert_config.json")
        self._prompts = self._facts("config_sentence_transformers.json").get("prompts") or {}

    @property
    def takes_first_token(self) -> bool:
        """Whether a text's vector is that of its first token, and not the mean of all."""
        return bool(self._pooling.get("pooling_mode_cls_token"))

    @property
    def max_tokens(self) -> int:
        """Where a text is cut."""
        limit = self._limits.get("max_seq_length")
        return min(MAX_TOKENS, limit) if isinstance(limit, int) and limit > 0 else MAX_TOKENS

    @property
    def question_prompt(self) -> str:
        """What the model wants before a question."""
        return str(self._prompts.get("query") or "")

    @property
    def text_prompt(self) -> str:
        """What the model wants before a text."""
        return next((str(self._prompts[n]) for n in _TEXT_PROMPTS if self._prompts.get(n)), "")

    def fingerprint(self) -> str:
        """SHA-256 of all that decides what a text's vector is; 32 hexadecimal digits of it."""
        found = hashlib.sha256(
            repr([self.takes_first_token, self.max_tokens, self.text_prompt]).encode()
        )
        weights = self.network.with_name(f"{self.network.name}_data")
        for path in (self.network, self.tokenizer, weights):
            if path.is_file():
                with path.open("rb") as file:
                    while chunk := file.read(_CHUNK_BYTES):
                        found.update(chunk)
        return found.hexdigest()[:32]

    def _facts(self, name: str) -> dict[str, Any]:
        path = self.root / name
        if not path.is_file():
            return {}
        try:
            facts = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise MeaningUnavailable(f"{path} cannot be read") from error
        return facts if isinstance(facts, dict) else {}
