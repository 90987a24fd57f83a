"""The encoder: text -> `types.Encoding`, by onnxruntime."""

from __future__ import annotations

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.model.meta import ENCODER, TOKENIZER, check_files
from reportedly.parse.features import Pieces, read_pieces
from reportedly.parse.windows import Window, cut
from reportedly.types import Encoding

CLS, SEP = 101, 102

ATTRIBUTION = ("emissions", "dependent", "head")
"""Outputs that every network has; the others become `Encoding.heads`, by their names."""


class Encoder:
    """One loaded model. Not to be shared between processes: load it anew in each."""

    def __init__(self, threads: int) -> None:
        """Load and check the shipped model. Raises ModelError when a file is missing or damaged."""
        check_files()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(ENCODER), options, providers=["CPUExecutionProvider"]
        )
        self._outputs = self._session.get_outputs()
        self._tokenizer = Tokenizer.from_file(str(TOKENIZER))

    def encode(self, text: str) -> Encoding:
        """Return what the model says about every word piece of ``text``; nothing for a text without any.

        Windows are run one at a time: the int8 layers scale their input by its largest value, so a window's
        answers would otherwise depend on what else stands in the batch.
        """
        pieces = read_pieces(text, self._tokenizer)
        # filled window by window: joining a list of parts would hold everything twice
        answers = {
            output.name: np.zeros((len(pieces.ids), output.shape[-1]), dtype=np.float32)
            for output in self._outputs
        }
        for window in cut(pieces.paragraphs):
            self._run(pieces, window, answers)
        emissions, dependent, head = (answers.pop(name) for name in ATTRIBUTION)
        return Encoding(pieces.offsets, emissions, dependent, head, answers)

    def _run(self, pieces: Pieces, window: Window, answers: dict[str, NDArray[np.float32]]) -> None:
        ids = pieces.ids[window.start : window.end]
        features = np.zeros((1, len(ids) + 2, 3), dtype=np.int64)
        features[0, 1:-1] = pieces.features[window.start : window.end]
        given = {"ids": np.concatenate([[CLS], ids, [SEP]])[None], "features": features}
        kept = slice(1 + window.emit_start - window.start, 1 + window.emit_end - window.start)
        found = self._session.run(list(answers), given)
        for name, rows in zip(answers, found, strict=True):
            answers[name][window.emit_start : window.emit_end] = rows[0, kept]
