"""The last steps of a run: the decoder's few weights, the exported model's figures, the log of runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.attribution import figures, predictions, read_gold, tally
from reportedly.model.labels import ROLES
from reportedly.model.meta import META
from reportedly.parse.encoder import Encoder
from training import confidence, linking
from training.config import ROOT, Config
from training.data import Document
from training.export import write_meta

LOG = ROOT / "training" / "experiments.tsv"
COLUMNS = (
    "config",
    "train",
    "version",
    "steps",
    "minutes",
    "source",
    "cue",
    "content",
    "relation",
    "link",
    "note",
)


def fit_weights(held_out: Sequence[Document]) -> None:
    """Fit the link weights, then the confidence, on the held-out articles, and write both into meta.json."""
    tree = _meta() | {"confidence": [1.0, 0.0]}
    write_meta(tree)
    tree["link"] = linking.fit(held_out, Encoder(1))
    write_meta(tree)
    write_meta(tree | {"confidence": confidence.fit(held_out)})


def record(config: Config, run: Path, note: str = "") -> str:
    """Score the exported model on dev through the package; add a line to the log and return it."""
    found = figures(tally(predictions(read_gold(ROOT / config.data.dev))))
    tree = _meta()
    write_meta(tree | {"training": tree["training"] | {"exported_dev": _short(found)}})
    values = [
        config.hash,
        Path(config.data.train).name,
        tree["version"],
        tree["training"]["step"],
        _minutes(run),
    ]
    values += [*_short(found).values(), note]
    line = "\t".join(str(value) for value in values)
    if not LOG.exists():
        LOG.write_text("\t".join(COLUMNS) + "\n", encoding="utf-8")
    with LOG.open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    return line


def _meta() -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(META.read_text(encoding="utf-8"))
    return tree


def _short(found: dict[str, Any]) -> dict[str, float]:
    exact = {role: found["exact"][role]["f1"] for role in ROLES}
    return exact | {"relation": found["relation"]["f1"], "link": found["link"]}


def _minutes(run: Path) -> int:
    """Return the minutes of computing that the run's log states."""
    log = run / "log.jsonl"
    rows = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return round(json.loads(rows[-1])["seconds"] / 60) if rows else 0
