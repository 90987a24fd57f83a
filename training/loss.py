"""Batches -> the losses of all tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from reportedly.model.distance import buckets
from training.config import TaskConfig
from training.crf import crf_loss
from training.data import Example
from training.heads import Weights, losses
from training.network import Network

CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded windows with [CLS] and [SEP]: ids (b, n), features (b, n, 3), mask (b, n) of real pieces."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    examples: Sequence[Example]


def collate(examples: Sequence[Example]) -> Batch:
    """Pad windows to the longest."""
    n = max(len(example.ids) for example in examples) + 2
    ids = np.zeros((len(examples), n), dtype=np.int64)
    features = np.zeros((len(examples), n, 3), dtype=np.int64)
    mask = np.zeros((len(examples), n), dtype=bool)
    for row, example in enumerate(examples):
        end = len(example.ids) + 1
        ids[row, 0], ids[row, end] = CLS, SEP
        ids[row, 1:end] = example.ids
        features[row, 1:end] = example.features
        mask[row, : end + 1] = True
    return Batch(torch.from_numpy(ids), torch.from_numpy(features), torch.from_numpy(mask), examples)


def tagging_loss(network: Network, emissions: Tensor, examples: Sequence[Example]) -> Tensor:
    """Return the CRF's summed loss over the windows' emitted pieces."""
    n = max(example.emit[1] - example.emit[0] for example in examples)
    rows, labels, mask = [], torch.zeros((len(examples), n), dtype=torch.long), torch.zeros(len(examples), n)
    for row, example in enumerate(examples):
        start, end = example.emit
        rows.append(functional.pad(emissions[row, 1 + start : 1 + end], (0, 0, 0, n - (end - start))))
        labels[row, : end - start] = torch.from_numpy(example.labels[start:end])
        mask[row, : end - start] = 1
    return crf_loss(torch.stack(rows), labels, mask.bool(), network.transitions)


def guessing_loss(network: Network, last: Tensor, examples: Sequence[Example]) -> Tensor:
    """Return the mean cross-entropy of the ids that were masked, read off the word embeddings."""
    read = torch.cat([last[row, 1:][torch.from_numpy(one.layers.masked)] for row, one in enumerate(examples)])
    originals = torch.from_numpy(np.concatenate([one.layers.originals for one in examples]))
    return functional.cross_entropy((read @ network.words.weight.T).float(), originals)


def _annotators(network: Network, batch: Batch) -> Tensor | None:
    """Tell the network whose annotation it learns from, every second time; it must do without later."""
    if network.annotators is None:
        return None
    known = torch.tensor([example.annotator for example in batch.examples])
    return known * torch.randint(0, 2, known.shape)


def linking_loss(network: Network, dependent: Tensor, head: Tensor, examples: Sequence[Example]) -> Tensor:
    """Return the mean cross-entropy of each span's choice among its window's cues and "none"."""
    losses = []
    for row, example in enumerate(examples):
        if example.links:
            losses.append(_window_linking(network, dependent[row, 1:], head[row, 1:], example))
    return torch.cat(losses).mean() if losses else dependent.sum() * 0


def _window_linking(network: Network, dependent: Tensor, head: Tensor, example: Example) -> Tensor:
    roles = torch.tensor([link.role // 2 for link in example.links])
    starts = np.array([link.start for link in example.links])
    ends = np.array([link.end for link in example.links])
    gold = [example.cues.index(link.cue) if link.cue else len(example.cues) for link in example.links]
    scores = network.no_cue[roles].unsqueeze(1)
    if example.cues:
        spans = (dependent[starts] + dependent[ends - 1]) / 2
        cues = torch.stack([head[start:end].mean(0) for start, end in example.cues])
        bounds = np.array(example.cues)
        places = torch.from_numpy(buckets(starts, ends, bounds[:, 0], bounds[:, 1]))
        near = network.distances[roles.unsqueeze(1), places]
        scores = torch.cat([spans @ cues.T + near, scores], 1)
    return functional.cross_entropy(scores, torch.tensor(gold), reduction="none")


def joint_loss(network: Network, batch: Batch, tasks: TaskConfig, link_weight: float) -> dict[str, Tensor]:
    """Return each task's loss, weighted, as far as the batch's windows know its answers.

    Tagging counts by the piece, linking by the span; see `training.heads.losses` for the others.
    """
    with torch.autocast("cpu", dtype=torch.bfloat16):
        middle, last = network.hidden(batch.ids, batch.features, batch.mask, _annotators(network, batch))
        found = losses(
            network.heads, middle, last, [one.layers for one in batch.examples], Weights(**tasks.weights)
        )
        if any(len(example.layers.masked) for example in batch.examples):
            found["words"] = guessing_loss(network, last, batch.examples)
        if not all(example.attributed for example in batch.examples):
            return found
        emissions, dependent, head = network.attribution(last)
    pieces = sum(example.emit[1] - example.emit[0] for example in batch.examples)
    weight = tasks.attribution_weight
    found["tagging"] = weight * tagging_loss(network, emissions.float(), batch.examples) / pieces
    linking = linking_loss(network, dependent.float(), head.float(), batch.examples)
    found["linking"] = weight * link_weight * linking
    return found
