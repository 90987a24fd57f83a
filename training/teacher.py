"""The sentence vectors of the published model, which the network's own are to keep (Hinton et al. 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from reportedly.types import content_id
from training.config import ModelConfig
from training.layers import Names
from training.network import Network, build

LONGEST = 256
"""Word pieces that the published model reads of a sentence, [CLS] and [SEP] included."""

Vectors = NDArray[np.float16]


class Teacher:
    """all-MiniLM-L6-v2 as published: mean over all pieces, scaled to length 1."""

    def __init__(self, config: ModelConfig, tokenizer: Tokenizer, folder: Path) -> None:
        self._network: Network | None = None
        self._config, self._tokenizer, self._folder = config, tokenizer, folder

    def vectors(self, sentences: Sequence[str]) -> Vectors:
        """Return (sentences, width) vectors; they are kept in the folder, named by what they are of."""
        kept = self._folder / f"teacher-{content_id(*sentences)}.npy"
        if not kept.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(".new.npy")
            np.save(fresh, self._encode(sentences))
            fresh.replace(kept)
        found: Vectors = np.load(kept)
        return found

    def _encode(self, sentences: Sequence[str]) -> Vectors:
        self._network = (
            self._network
            or build(
                replace(self._config, start=self._config.published), Names(("X",), ("X",), ("X",), ("X",))
            ).eval()
        )
        coded = [
            self._tokenizer.encode(text, add_special_tokens=False).ids[: LONGEST - 2] for text in sentences
        ]
        out = np.zeros((len(sentences), self._config.width), dtype=np.float16)
        order = sorted(range(len(coded)), key=lambda number: len(coded[number]))
        at = 0
        while at < len(order):
            size = max(1, 4096 // (len(coded[order[min(at + 63, len(order) - 1)]]) + 2))
            rows = order[at : at + min(size, 64)]
            out[rows] = self._batch([coded[row] for row in rows])
            at += len(rows)
        return out

    @torch.no_grad()
    def _batch(self, coded: Sequence[Sequence[int]]) -> Vectors:
        n = max(len(ids) for ids in coded) + 2
        ids = torch.zeros((len(coded), n), dtype=torch.long)
        mask = torch.zeros((len(coded), n), dtype=torch.bool)
        for row, found in enumerate(coded):
            ids[row, : len(found) + 2] = torch.tensor([101, *found, 102])
            mask[row, : len(found) + 2] = True
        assert self._network is not None
        # the features' embeddings are zero in a network that was only built
        with torch.autocast("cpu", dtype=torch.bfloat16):
            _, last = self._network.hidden(ids, torch.zeros((len(coded), n, 3), dtype=torch.long), mask)
        mean = (last.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        unit: Vectors = functional.normalize(mean, dim=1).numpy().astype(np.float16)
        return unit
