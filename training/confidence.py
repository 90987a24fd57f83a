"""Fits how sure the package says it is, on the held-out articles."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from bench.attribution import Gold, from_offsets, matched, predictions
from reportedly.model.labels import ROLES
from training.data import Document

_STEPS = 400


def fit(documents: Sequence[Document]) -> list[float]:
    """Return [slope, offset] of the logistic curve from log-probability to "this attribution is right".

    Right means that source, cue and content each overlap a gold attribution's at 0.5 or more. meta.json must
    say [1, 0] while this runs, so that the log-probability can be read back off the confidence.
    """
    logs: list[float] = []
    right: list[float] = []
    for gold, found, confidences in predictions([_gold(document) for document in documents]):
        good = matched(gold, found)
        for number, confidence in enumerate(confidences):
            clipped = min(max(confidence, 1e-4), 0.5)
            logs.append(math.log(clipped / (1 - clipped)))
            right.append(float(number in good))
    return _fitted(torch.tensor(logs), torch.tensor(right))


def _gold(document: Document) -> Gold:
    return from_offsets(document.text, [dict(zip(ROLES, one, strict=True)) for one in document.attributions])


def _fitted(logs: torch.Tensor, right: torch.Tensor) -> list[float]:
    weights = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.Adam([weights], lr=0.05)
    for _ in range(_STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(weights[0] * logs + weights[1], right)
        torch.autograd.backward([loss])
        optimizer.step()
    return [round(value, 4) for value in weights.tolist()]
