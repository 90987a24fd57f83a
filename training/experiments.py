"""The log of runs, `training/experiments.tsv`: one line a run or trial, every figure that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from training.config import ROOT

LOG = ROOT / "training" / "experiments.tsv"

FIGURES = (
    *("held_source", "held_cue", "held_content"),
    *("source", "cue", "content", "relation", "link", "content_met"),
    *(
        "upos",
        "uas",
        "las",
        "sentences",
        "entities",
        "factuality_r",
        "factuality_mae",
        "vectors",
        "words_a_second",
    ),
)
"""Columns of figures: on the held-out slice of PolNeAR train where so named, else on the dev files."""
COLUMNS = ("name", "config", "data", "steps", "minutes", *FIGURES, "note")


@dataclass(frozen=True, slots=True)
class Line:
    """One run. data: what it read, in words. minutes: of computing, on however busy a machine."""

    name: str
    config: str
    data: str
    steps: int
    minutes: float
    figures: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def logged() -> frozenset[str]:
    """Return the hashes of the configurations that have a line in the log."""
    if not LOG.exists():
        return frozenset()
    column = COLUMNS.index("config")
    lines = LOG.read_text(encoding="utf-8").splitlines()[1:]
    return frozenset(filter(None, (line.split("\t")[column] for line in lines)))


def write(line: Line) -> str:
    """Add a line to the log and return it. Raises KeyError for a figure without a column."""
    unknown = set(line.figures) - set(FIGURES)
    if unknown:
        raise KeyError(f"no column for {sorted(unknown)}")
    values = [line.name, line.config, line.data, str(line.steps), str(round(line.minutes, 1))]
    values += [str(line.figures.get(name, "")) for name in FIGURES] + [line.note]
    text = "\t".join(values)
    if not LOG.exists():
        LOG.write_text("\t".join(COLUMNS) + "\n", encoding="utf-8")
    with LOG.open("a", encoding="utf-8") as log:
        log.write(text + "\n")
    return text
