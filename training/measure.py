"""Quick figures of a network while it trains: exact spans and links, in word pieces, without an export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from reportedly.attribution.chain import best_labels
from reportedly.attribution.spans import Tagged, tagged_spans
from reportedly.model.labels import LABELS, ROLES
from training.crf import NEVER, forbidden
from training.data import Example, Labelled, examples
from training.loss import collate, linking_loss
from training.network import Network

Figures = dict[str, float]


def start_scores() -> NDArray[np.float32]:
    """Return the scores of a chain's first label: no I- there."""
    odd = [0.0 if number == 0 or number % 2 else NEVER for number in range(len(LABELS))]
    return np.asarray(odd, dtype=np.float32)


def chain_bounds(paragraphs: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return each paragraph's pieces, (paragraphs, 2), half-open."""
    edges = np.concatenate([[0], np.flatnonzero(np.diff(paragraphs)) + 1, [len(paragraphs)]])
    bounds: NDArray[np.int64] = np.stack([edges[:-1], edges[1:]], 1).astype(np.int64)
    return bounds


def measure(network: Network, documents: Sequence[Labelled]) -> Figures:
    """Return exact F1 of each role in percent, and the share of gold spans that choose their cue."""
    network.eval()
    transitions = (network.transitions.detach() + forbidden()).float().numpy()
    counts: Counter[str] = Counter()
    losses: list[float] = []
    for document in documents:
        if not len(document.labels):
            continue
        emissions, loss = _emissions(network, list(examples(document)))
        bounds = chain_bounds(document.pieces.paragraphs)
        fresh = np.zeros(len(document.labels), dtype=bool)
        fresh[bounds[:, 0]] = True
        found = tagged_spans(best_labels(emissions, transitions, start_scores(), bounds), fresh)
        gold = tagged_spans(document.labels.astype(np.int8), fresh)
        _count(counts, gold, found)
        losses += loss
    figures = {role: _f1(counts, number) for number, role in enumerate(ROLES)}
    return figures | {"linking": round(float(np.mean(losses)), 4) if losses else 0.0}


@torch.no_grad()
def _emissions(network: Network, windows: Sequence[Example]) -> tuple[NDArray[np.float32], list[float]]:
    rows, losses = [], []
    for at in range(0, len(windows), 8):
        batch = collate(windows[at : at + 8])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            emissions, dependent, head = network(batch.ids, batch.features, batch.mask)
        losses.append(float(linking_loss(network, dependent.float(), head.float(), batch.examples)))
        for row, example in enumerate(batch.examples):
            start, end = example.emit
            rows.append(emissions[row, 1 + start : 1 + end].float().numpy())
    return np.concatenate(rows), losses


def _count(counts: Counter[str], gold: list[Tagged], found: list[Tagged]) -> None:
    right = set(gold) & set(found)
    for name, spans in (("gold", gold), ("found", found), ("right", right)):
        counts.update(f"{name}{span.role}" for span in spans)


def _f1(counts: Counter[str], role: int) -> float:
    total = counts[f"gold{role}"] + counts[f"found{role}"]
    return round(200 * counts[f"right{role}"] / total, 2) if total else 0.0
