"""The last steps of a run: the decoder's few weights, the exported model's figures, the log of runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.model import measure
from reportedly.model.meta import META
from reportedly.parse.encoder import Encoder
from training import confidence, linking
from training.config import Config
from training.data import Document
from training.experiments import Line, write
from training.export import write_meta

COLUMNS = {
    "source": "source_exact",
    "cue": "cue_exact",
    "content": "content_exact",
    "relation": "relation",
    "content_met": "content_met",
    "upos": "upos",
    "uas": "uas",
    "las": "las",
    "sentences": "sentence_starts",
    "entities": "entities",
    "factuality_r": "uds_r",
    "factuality_mae": "uds_mae",
    "vectors": "vectors",
    "words_a_second": "encoder_words",
}
"""Columns of the log of runs and the figures of `bench.model` that they hold."""


def fit_weights(held_out: Sequence[Document]) -> None:
    """Fit the link weights, then the confidence, on the held-out articles, and write both into meta.json."""
    tree = _meta() | {"confidence": [1.0, 0.0]}
    write_meta(tree)
    tree["link"] = linking.fit(held_out, Encoder(1))
    write_meta(tree)
    write_meta(tree | {"confidence": confidence.fit(held_out)})


def record(config: Config, run: Path, note: str = "") -> str:
    """Score the exported model on the dev files through the package; add a line to the log and return it."""
    found = {one.name: one.value for one in measure(None)}
    tree = _meta()
    write_meta(tree | {"training": tree["training"] | {"exported_dev": found}})
    data = f"{Path(config.data.train).name}, {len(config.tasks.treebanks)} treebanks"
    name = f"release {tree['version']}"
    known = {column: found[bench] for column, bench in COLUMNS.items() if bench in found}
    return write(Line(name, config.hash, data, tree["training"]["step"], _minutes(run), known, note))


def _meta() -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(META.read_text(encoding="utf-8"))
    return tree


def _minutes(run: Path) -> int:
    """Return the minutes of computing that the run's log states."""
    log = run / "log.jsonl"
    rows = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return round(json.loads(rows[-1])["seconds"] / 60) if rows else 0
