"""A sentence-embedding model at work: texts in, unit vectors out, on one thread of the processor.

Mean pooling over the tokens, and the cosine as likeness: Reimers and Gurevych, *Sentence-BERT*
(EMNLP 2019).
"""

import importlib
from collections.abc import Iterable
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from .model_folder import MeaningUnavailable, ModelFolder

Vectors32 = npt.NDArray[np.float32]

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_ERRORS_ONLY = 3


class _Foreign:
    """Whatever a foreign library raises within is told as `MeaningUnavailable`.

    The libraries that run a model raise bare `Exception`s; none may end a search.
    """

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if isinstance(error, Exception) and not isinstance(error, MeaningUnavailable):
            raise MeaningUnavailable(f"{self._what}: {error}") from error


class Model:
    """A model loaded. Threads may share one; `MeaningUnavailable` if it cannot be loaded or run."""

    def __init__(self, folder: ModelFolder, *, threads: int = 1) -> None:
        self._takes_first_token = folder.takes_first_token
        self._prompts = folder.question_prompt, folder.text_prompt
        with _Foreign(f"the model in {folder.root} cannot be loaded"):
            runtime, tokenizers = map(_library, ("onnxruntime", "tokenizers"))
            self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder.tokenizer))
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(folder.max_tokens)
            options = runtime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = _ERRORS_ONLY
            self._session: Any = runtime.InferenceSession(
                str(folder.network), options, providers=["CPUExecutionProvider"]
            )
            self._inputs = {put.name: _integers(put.type) for put in self._session.get_inputs()}
            outputs = [put.name for put in self._session.get_outputs()]
        if strange := sorted(self._inputs.keys() - set(_INPUTS)):
            raise MeaningUnavailable(f"the model asks for {', '.join(strange)}, which it has not")
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]
        self.dimensions = 0
        self.dimensions = len(self._encoded("a"))

    def question(self, text: str) -> Vectors32:
        """The unit vector of a question, float32 (d,)."""
        return self._encoded(self._prompts[0] + text)

    def encode(self, texts: Iterable[str]) -> Vectors32:
        """The unit vectors of texts, float32 (n, d); zeros for a text without any token.

        Each runs alone: a vector then depends on its text and on nothing that happened to be
        beside it, not even in its last bit, and no time goes into padding.
        """
        return np.stack([self._encoded(self._prompts[1] + text) for text in texts])

    def _encoded(self, text: str) -> Vectors32:
        with _Foreign("the model cannot be run"):
            # A lone half of a surrogate pair is a text to Python alone.
            cut = self._tokenizer.encode(text.encode("utf-8", "replace").decode())
            if not cut.ids:
                return np.zeros(self.dimensions, np.float32)
            told = dict(zip(_INPUTS, (cut.ids, cut.attention_mask, cut.type_ids), strict=True))
            asked = {name: np.array([told[name]], kind) for name, kind in self._inputs.items()}
            output = self._session.run([self._output], asked)[0]
            vector = self._pooled(np.asarray(output, np.float32)[0], np.array(cut.attention_mask))
            length = float(np.linalg.norm(vector))
        if not np.isfinite(length):
            raise MeaningUnavailable("the model gives numbers that are none")
        return vector / length if length else vector

    def _pooled(self, output: Vectors32, mask: npt.NDArray[np.int64]) -> Vectors32:
        """One vector of a text from those of its tokens (t, d); a model may have pooled itself."""
        if output.ndim == 1:
            return output
        if self._takes_first_token:
            first: Vectors32 = output[0]
            return first
        mean: Vectors32 = (output * mask[:, None]).sum(axis=0) / mask.sum()
        return mean.astype(np.float32)


def _library(name: str) -> Any:
    """A library of the extra `semantic`: here, not above, so that nobody pays who has no model."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise MeaningUnavailable(
            f"{name} is not installed: it is of the extra `semantic`"
        ) from error


def _integers(kind: str) -> type[np.integer[Any]]:
    return np.int32 if kind == "tensor(int32)" else np.int64
