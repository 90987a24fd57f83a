"""What meta.json and parser.npz say about the further heads, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportedly.errors import ModelError
from reportedly.model import meta
from tests.parse import stand_in

NAMES = {
    "upos": stand_in.UPOS,
    "xpos": stand_in.XPOS,
    "lemma": stand_in.LEMMA,
    "label": stand_in.LABEL,
    "entity": stand_in.ENTITY,
}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    meta.load_meta.cache_clear()
    yield
    meta.load_meta.cache_clear()


def written(folder: Path, patch: pytest.MonkeyPatch, heads: dict[str, Any], weights: Any = None) -> None:
    """Put a meta.json with these heads, and a parser.npz, in place of the shipped ones."""
    tree = json.loads(meta.META.read_text(encoding="utf-8")) | {"heads": heads}
    (folder / "meta.json").write_text(json.dumps(tree), encoding="utf-8")
    ours = stand_in.heads()
    np.savez(
        folder / "parser.npz",
        arc_root=ours.arc_root,
        label_root=ours.label_root,
        label_weights=ours.label_weights if weights is None else weights,
    )
    patch.setattr(meta, "META", folder / "meta.json")
    patch.setattr(meta, "PARSER", folder / "parser.npz")


def test_names_and_weights_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, {**NAMES, "entity_transitions": None})
    found = meta.load_meta().heads
    assert found is not None
    assert found.entity == stand_in.ENTITY
    assert np.array_equal(found.entity_moves, stand_in.heads().entity_moves)
    assert np.array_equal(found.label_weights, stand_in.heads().label_weights)


def test_learned_moves_are_added_to_what_bio_forbids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, {**NAMES, "entity_transitions": np.full((5, 5), 0.5).tolist()})
    found = meta.load_meta().heads
    assert found is not None
    assert found.entity_moves[0, 1] == 0.5
    assert found.entity_moves[0, 2] < -1_000


def test_weights_for_other_labels_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, NAMES, np.zeros((2, 8, 8), dtype=np.float32))
    with pytest.raises(ModelError, match="shape"):
        meta.load_meta()


def test_names_without_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, monkeypatch, NAMES)
    (tmp_path / "parser.npz").write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(ModelError, match="cannot be used"):
        meta.load_meta()
    monkeypatch.setattr(meta, "PARSER", tmp_path / "none.npz")
    meta.load_meta.cache_clear()
    with pytest.raises(ModelError, match="cannot be used"):
        meta.load_meta()


def test_the_digest_covers_the_parsers_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meta, "PARSER", tmp_path / "parser.npz")
    without = meta.digest()
    (tmp_path / "parser.npz").write_bytes(b"weights")
    assert meta.digest() != without
