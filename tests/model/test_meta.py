from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.errors import ModelError
from reportedly.model import meta
from reportedly.model.distance import APART, BETWEEN, BUCKETS
from reportedly.model.labels import LABELS, allowed

NEVER = -1e3


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    meta.load_meta.cache_clear()
    yield
    meta.load_meta.cache_clear()


def test_the_shipped_files_are_the_ones_that_meta_was_written_for() -> None:
    meta.check_files()


def test_the_shipped_files_are_small_enough() -> None:
    assert meta.ENCODER.stat().st_size < 40_000_000


def test_shapes_and_forbidden_moves_of_the_shipped_meta() -> None:
    found = meta.load_meta()
    assert found.transitions.shape == (len(LABELS), len(LABELS))
    assert found.link.distances.shape == (2, BUCKETS)
    assert found.link.between.shape == (2, BETWEEN)
    assert found.link.apart.shape == (2, APART)
    for before in range(len(LABELS)):
        for after in range(len(LABELS)):
            assert (found.transitions[before, after] > NEVER) == allowed(before, after)


def test_the_shipped_weights_say_how_they_were_trained() -> None:
    training = meta.load_meta().training
    assert training["data"]["train"].endswith("polnear-train.jsonl.gz")
    assert training["hash"]


@pytest.mark.parametrize("content", ["", "{}", "[1]", "null"])
def test_damaged_metadata_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    path = tmp_path / "meta.json"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(meta, "META", path)
    with pytest.raises(ModelError, match="cannot be used"):
        meta.load_meta()


def test_metadata_for_other_labels_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "meta.json"
    path.write_text(json.dumps({"labels": ["O"]}), encoding="utf-8")
    monkeypatch.setattr(meta, "META", path)
    with pytest.raises(ModelError, match="labels"):
        meta.load_meta()
