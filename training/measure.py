"""Quick figures of a network while it trains: exact spans and links, in word pieces, without an export."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from reportedly.attribution.spans import Tagged, tagged_spans
from reportedly.model.chains import best_labels
from reportedly.model.labels import LABELS, ROLES
from training.crf import NEVER, forbidden
from training.data import Example, Labelled, examples
from training.heads import absolute, arc_scores, label_scores, sentence_bounds, sides
from training.layers import Layers
from training.loss import collate, linking_loss
from training.mixture import Data, tree_examples
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
            emissions, dependent, head = network.attribution(
                network.hidden(batch.ids, batch.features, batch.mask)[1]
            )
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


@torch.no_grad()
def measure_trees(network: Network, data: Data) -> Figures:
    """Return UPOS accuracy, UAS and LAS in percent on the treebanks' dev files, taking each best head."""
    network.eval()
    sums: Counter[str] = Counter()
    draw = random.Random(0)
    found = [one for tree in data.trees_dev for one in tree_examples(tree, data, draw, plain=True)]
    for at in range(0, len(found), 8):
        batch = collate(found[at : at + 8])
        layers = [one.layers for one in batch.examples]
        if any(len(one.words) for one in layers):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                _, last = network.hidden(batch.ids, batch.features, batch.mask)
                _count_words(network, last[:, 1:], layers, sums)
    return {name: round(100 * sums[name] / max(1, sums["words"]), 2) for name in ("upos", "uas", "las")}


def _count_words(network: Network, last: torch.Tensor, layers: Sequence[Layers], sums: Counter[str]) -> None:
    heads = network.heads
    read = torch.cat([last[row, one.words] for row, one in enumerate(layers)])
    upos = torch.from_numpy(np.concatenate([one.upos for one in layers]))
    relations = torch.from_numpy(np.concatenate([one.label for one in layers]))
    bounds, gold = sentence_bounds(layers)
    four = sides(heads, read)
    best = arc_scores(heads, four, bounds).argmax(2).numpy() - 1
    taken = np.concatenate([best[row, : b - a] for row, (a, b) in enumerate(bounds)])
    labels = label_scores(heads, four, absolute(bounds, taken)).argmax(1)
    right = torch.from_numpy(taken == gold)
    sums["words"] += len(gold)
    sums["upos"] += int((heads.plain["upos"](read).argmax(1) == upos).sum())
    sums["uas"] += int(right.sum())
    sums["las"] += int((right & (labels == relations)).sum())
