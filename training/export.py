"""A trained network -> the files the package ships: int8 ONNX and its metadata."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from reportedly.model.distance import APART, BETWEEN
from reportedly.model.labels import LABELS
from reportedly.model.meta import ENCODER, META, digest, load_meta
from training import heads
from training.config import Config
from training.crf import forbidden
from training.layers import Names
from training.measure import start_scores
from training.network import Network
from training.train import ANNOTATORS

PARSER = ENCODER.with_name("parser.npz")

LARGEST = 40_000_000
"""Bytes that the exported file must stay under."""

INPUTS, OUTPUTS = ["ids", "features"], ["emissions", "dependent", "head", *heads.OUTPUTS]


def load_network(config: Config, weights: Path) -> tuple[Network, dict[str, Any]]:
    """Return the network saved in ``weights`` and what was saved with it.

    weights: best.pt, or checkpoint.pt, of which the running mean of the weights is taken.
    """
    state = torch.load(weights, weights_only=True)
    network = Network(config.model, names_of(state), ANNOTATORS if config.trial.annotators else 0)
    network.load_state_dict(state.get("mean", state["network"]))
    return network.eval(), state


def names_of(state: dict[str, Any]) -> Names:
    """Return the names that were saved with a network."""
    return Names(**{name: tuple(values) for name, values in state["names"].items()})


def write_onnx(network: Network, path: Path) -> None:
    """Write the network as float32 ONNX for one window of any length."""
    ids = torch.randint(1_000, 20_000, (1, 100))
    features = torch.ones((1, 100, 3), dtype=torch.long)
    axes = {name: {1: "pieces"} for name in INPUTS + OUTPUTS}
    torch.onnx.export(
        network,
        (ids, features),
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Quantise to int8, each channel on its own scale; the heads, tiny and last, stay float32.

    Weights use 7 of their 8 bits: processors without VNNI add pairs of products in 16 bits, which overflow
    otherwise and would give other spans there than here.
    """
    nodes = onnx.load(source).graph.node
    plain = [
        node.name for node in nodes if node.output[0].startswith(_HEADS) and "/vector" not in node.output[0]
    ]
    quantize_dynamic(
        source,
        target,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=plain,
    )


_HEADS = ("/emit/", "/dependent/", "/head/", "/heads/")


def export(config: Config, weights: Path, version: str) -> None:
    """Write encoder.onnx and meta.json into the package. Raises ValueError when the model is too large."""
    network, state = load_network(config, weights)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        write_onnx(network, plain)
        small = Path(folder) / "small.onnx"
        quantise(plain, small)
        data = small.read_bytes()
    if len(data) >= LARGEST:
        raise ValueError(f"the exported model is {len(data)} bytes, {LARGEST} or more")
    ENCODER.write_bytes(data)
    parser = network.heads
    np.savez(
        PARSER,
        arc_root=parser.arc_root.detach().numpy(),
        label_root=parser.label_root.detach().numpy(),
        label_weights=parser.label_weights.detach().numpy(),
    )
    transitions = network.transitions.detach() + forbidden()
    training = asdict(config) | {"hash": config.hash, "step": state["step"], "dev": state.get("dev")}
    tree = {
        "version": version,
        "digest": digest(),
        "labels": list(LABELS),
        "transitions": np.round(transitions.numpy(), 5).tolist(),
        "start": start_scores().tolist(),
        "link": plain_link(network),
        "confidence": [1.0, 0.0],
        "heads": {name: list(values) for name, values in asdict(names_of(state)).items()}
        | {"entity_transitions": None},
        "training": training,
    }
    write_meta(tree)


def plain_link(network: Network) -> dict[str, Any]:
    """Return the link weights as the network itself learned them, before `training.linking.fit`."""
    return {
        "scale": [1.0, 1.0],
        "no_cue": np.round(network.no_cue.detach().numpy(), 5).tolist(),
        "distances": np.round(network.distances.detach().numpy(), 5).tolist(),
        "between": np.zeros((2, BETWEEN)).tolist(),
        "apart": np.zeros((2, APART)).tolist(),
    }


def write_meta(tree: dict[str, Any]) -> None:
    """Write meta.json."""
    META.write_text(json.dumps(tree, indent=1) + "\n", encoding="utf-8")
    load_meta.cache_clear()
