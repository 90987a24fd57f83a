"""Weighs the encoder's linking scores against plain distances, on the held-out articles.

By the end of training the network links its own training articles almost without fault, so it cannot learn
there how much distance should still count. These few weights are fitted where it has not read the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from reportedly.model.distance import APART, BETWEEN, BUCKETS, buckets, cues_between, paragraphs_apart
from reportedly.parse.encoder import Encoder
from reportedly.types import Encoding
from training.data import Document, Labelled, Link, label
from training.train import TOKENIZER

_REACH = 320
_STEPS = 300
_DECAY = 0.02  # pulls weights to zero: some buckets hold a handful of spans


@dataclass(frozen=True, slots=True)
class Case:
    """Spans of one role in one document: dots and three bucket numbers (spans, cues), and the gold choices.

    gold: for contents the column of each row's cue; for sources the row of each column's source.
    """

    role: int
    dots: Tensor
    places: tuple[Tensor, Tensor, Tensor]
    reach: Tensor
    gold: Tensor


def fit(documents: Sequence[Document], encoder: Encoder) -> dict[str, Any]:
    """Return the link weights for meta.json, fitted by maximum likelihood on gold spans."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    cases = [
        case
        for document in documents
        for case in _cases(label(document, tokenizer), encoder.encode(document.text))
    ]
    sizes = (("distances", BUCKETS), ("between", BETWEEN), ("apart", APART))
    weights = {name: torch.zeros(2, size, requires_grad=True) for name, size in sizes}
    weights["scale"] = torch.ones(2, requires_grad=True)
    weights["no_cue"] = torch.zeros(2, requires_grad=True)
    optimizer = torch.optim.Adam(weights.values(), lr=0.05)
    for _ in range(_STEPS):
        optimizer.zero_grad()
        loss = sum((_loss(case, weights) for case in cases), torch.zeros(())) / sum(
            len(c.gold) for c in cases
        )
        penalty = sum(((weights[name] ** 2).mean() for name, _ in sizes), torch.zeros(()))
        torch.autograd.backward([loss + _DECAY * penalty])
        optimizer.step()
    return {name: np.round(value.detach().numpy(), 4).tolist() for name, value in weights.items()}


def _cases(labelled: Labelled, encoding: Encoding) -> list[Case]:
    cues = sorted({link.cue for link in labelled.links if link.cue})
    return [
        _case(labelled, encoding, np.array(cues, dtype=np.int64), role)
        for role in (0, 2)
        if cues and any(link.role == role and link.cue for link in labelled.links)
    ]


def _case(labelled: Labelled, encoding: Encoding, cues: NDArray[np.int64], role: int) -> Case:
    # a source that serves several cues is one span; so each cue has one row that is right
    found = sorted(
        {link for link in labelled.links if link.role == role and link.cue}, key=lambda one: one.start
    )
    links = found if role else list({(link.start, link.end): link for link in found}.values())
    starts, ends = (np.array([getattr(link, name) for link in links]) for name in ("start", "end"))
    meant = (encoding.dependent[starts] + encoding.dependent[ends - 1]) / 2
    heads = np.stack([encoding.head[start:end].mean(0) for start, end in cues])
    paragraphs = labelled.pieces.paragraphs.astype(np.int64)
    places = (
        buckets(starts, ends, cues[:, 0], cues[:, 1]),
        cues_between(np.searchsorted(cues[:, 0], starts), np.arange(len(cues))),
        paragraphs_apart(paragraphs[starts], paragraphs[cues[:, 0]]),
    )
    gold = _gold(found, links, cues)
    gaps = np.maximum(cues[None, :, 0] - ends[:, None], starts[:, None] - cues[None, :, 1])
    first, second, third = (torch.from_numpy(place) for place in places)
    dots = torch.from_numpy(meant @ heads.T)
    return Case(role // 2, dots, (first, second, third), torch.from_numpy(gaps <= _REACH), gold)


def _gold(found: list[Link], links: list[Link], cues: NDArray[np.int64]) -> Tensor:
    order = {tuple(cue): number for number, cue in enumerate(cues.tolist())}
    if links and links[0].role:
        return torch.tensor([order[link.cue] for link in links if link.cue])
    row = {(link.start, link.end): number for number, link in enumerate(links)}
    gold = torch.full((len(cues),), len(links))
    for link in found:
        if link.cue:
            gold[order[link.cue]] = row[link.start, link.end]
    return gold


def _loss(case: Case, weights: dict[str, Tensor]) -> Tensor:
    scores = case.dots * weights["scale"][case.role]
    for place, name in zip(case.places, ("distances", "between", "apart"), strict=True):
        scores = scores + weights[name][case.role][place]
    scores = torch.where(case.reach, scores, torch.tensor(-1e4))
    scores = scores if case.role else scores.T  # cues choose their source, contents their cue
    nothing = weights["no_cue"][case.role].expand(len(scores), 1)
    return functional.cross_entropy(torch.cat([scores, nothing], 1), case.gold, reduction="sum")
