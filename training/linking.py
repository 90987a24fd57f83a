"""Weighs the encoder's linking scores against plain distances, on the held-out articles.

By the end of training the network links its own training articles almost without fault, so it cannot learn
there how much distance should still count, nor when the right cue or source was not found at all. These few
weights are fitted where it has not read the answers, on the spans that the package finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from reportedly.attribution.linking import CONTENT, CUE, REACH, SOURCE
from reportedly.attribution.tagging import Tags, tag
from reportedly.model.distance import APART, BETWEEN, BUCKETS, buckets, cues_between, paragraphs_apart
from reportedly.model.meta import load_meta
from reportedly.parse.encoder import Encoder
from reportedly.types import Encoding
from training.data import Document, Labelled, label
from training.mixture import TOKENIZER

_STEPS = 300
_DECAY = 0.02  # pulls weights to zero: some buckets hold a handful of spans

Ranges = NDArray[np.int64]
Found = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Case:
    """The choices of one document's contents (role 2, rows) or cues (role 0, columns).

    dots, reach, places: (spans, cues). gold: what each chooser should take, the number of options for
    nothing, -100 where gold does not tell.
    """

    role: int
    dots: Tensor
    places: tuple[Tensor, Tensor, Tensor]
    reach: Tensor
    gold: Tensor


def fit(documents: Sequence[Document], encoder: Encoder) -> dict[str, Any]:
    """Return the link weights for meta.json, by maximum likelihood.

    Every paragraph counts once more as a text of its own: the dot products of a short text are smaller, and
    weights fitted on whole articles took the plainest lone sentence for one without a cue.
    """
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    cases: list[Case] = []
    parts = [part for document in documents for part in _paragraphs(document)]
    for document in [*documents, *parts]:
        encoding = encoder.encode(document.text)
        tags = tag(document.text, encoding, load_meta())
        cases += _cases(label(document, tokenizer), tags, encoding)
    return _fitted(cases)


def _paragraphs(document: Document) -> Iterator[Document]:
    """Yield each paragraph with the attributions that stand in it whole."""
    for found in re.finditer(r"[^\n]+", document.text):
        start, end = found.span()
        held = tuple(
            tuple(tuple((a - start, b - start) for a, b in spans) for spans in one)
            for one in document.attributions
            if all(start <= a and b <= end for spans in one for a, b in spans)
        )
        if held:
            yield Document(document.id, found.group(), held)


def _fitted(cases: Sequence[Case]) -> dict[str, Any]:
    sizes = (("distances", BUCKETS), ("between", BETWEEN), ("apart", APART))
    weights = {name: torch.zeros(2, size, requires_grad=True) for name, size in sizes}
    weights["scale"] = torch.ones(2, requires_grad=True)
    weights["no_cue"] = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.Adam(weights.values(), lr=0.05)
    known = sum(int((case.gold >= 0).sum()) for case in cases)
    for _ in range(_STEPS):
        optimizer.zero_grad()
        loss = sum((_loss(case, weights) for case in cases), torch.zeros(())) / known
        penalty = sum(((weights[name] ** 2).mean() for name, _ in sizes), torch.zeros(()))
        torch.autograd.backward([loss + _DECAY * penalty])
        optimizer.step()
    return {
        name: np.round(value.detach().numpy().astype(float), 4).tolist() for name, value in weights.items()
    }


def _cases(labelled: Labelled, tags: Tags, encoding: Encoding) -> list[Case]:
    found = {
        role: [(s.start, s.end) for s in tags.spans if s.role == role] for role in (SOURCE, CUE, CONTENT)
    }
    if not found[CUE]:
        return []
    gold = {
        CONTENT: _content_answers(labelled, found),
        SOURCE: _source_answers(labelled, found),
    }
    return [
        _case(role, found[role], found[CUE], (tags, encoding), torch.tensor(gold[role]))
        for role in (SOURCE, CONTENT)
        if found[role]
    ]


def _content_answers(labelled: Labelled, found: dict[int, Found]) -> list[int]:
    links = [link for link in labelled.links if link.role == CONTENT]
    answers = []
    for span in found[CONTENT]:
        own = [link for link in links if _overlap(span, (link.start, link.end)) >= 0.5]
        answers.append(_place(found[CUE], own[0].cue) if own else -100)
    return answers


def _source_answers(labelled: Labelled, found: dict[int, Found]) -> list[int]:
    links = [link for link in labelled.links if link.role == SOURCE and link.cue]
    answers = []
    for span in found[CUE]:
        own = [link for link in links if link.cue and _overlap(span, link.cue) >= 0.5]
        answers.append(_place(found[SOURCE], (own[0].start, own[0].end)) if own else -100)
    return answers


def _place(options: Found, gold: tuple[int, int] | None) -> int:
    """Return which option is the gold span, the number of options if none is."""
    for number, option in enumerate(options):
        if gold and _overlap(option, gold) >= 0.5:
            return number
    return len(options)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def _case(role: int, spans: Found, cues: Found, text: tuple[Tags, Encoding], gold: Tensor) -> Case:
    tags, encoding = text
    starts, ends = np.array(spans, dtype=np.int64).T
    cue_starts, cue_ends = np.array(cues, dtype=np.int64).T
    meant = (encoding.dependent[starts] + encoding.dependent[ends - 1]) / 2
    heads = np.stack([encoding.head[start:end].mean(0) for start, end in cues])
    places = (
        buckets(starts, ends, cue_starts, cue_ends),
        cues_between(np.searchsorted(cue_starts, starts), np.arange(len(cues))),
        paragraphs_apart(tags.paragraphs[starts], tags.paragraphs[cue_starts]),
    )
    first, second, third = (torch.from_numpy(place) for place in places)
    gaps = np.maximum(cue_starts[None, :] - ends[:, None], starts[:, None] - cue_ends[None, :])
    dots = torch.from_numpy(meant @ heads.T)
    return Case(role // 2, dots, (first, second, third), torch.from_numpy(gaps <= REACH), gold)


def _loss(case: Case, weights: dict[str, Tensor]) -> Tensor:
    scores = case.dots * weights["scale"][case.role]
    for place, name in zip(case.places, ("distances", "between", "apart"), strict=True):
        scores = scores + weights[name][case.role][place]
    scores = torch.where(case.reach, scores, torch.tensor(-1e4))
    scores = scores if case.role else scores.T  # cues choose their source, contents their cue
    nothing = weights["no_cue"][case.role].expand(len(scores), 1)
    return functional.cross_entropy(torch.cat([scores, nothing], 1), case.gold, reduction="sum")
