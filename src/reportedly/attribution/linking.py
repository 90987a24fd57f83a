"""Which source and which contents belong to which cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.attribution.tagging import Tags
from reportedly.model.distance import buckets, cues_between, paragraphs_apart
from reportedly.model.meta import Meta
from reportedly.types import Encoding

SOURCE, CUE, CONTENT = 0, 1, 2

REACH = 320
"""Word pieces between a span and a cue: as far as one window reads."""

_BLOCK = 256  # choosers at a time: bounds the memory for a very long text
_FAR = np.float32(-1e4)

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a chooser took: the number of a tagged span or None, and the choice's log-probability."""

    taken: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Links:
    """sources: for each cue its source. contents: for each content its cue. By numbers of tagged spans.

    Cues choose, not sources: one source often serves several cues ("She complained about the bill, even
    suggesting a veto"), while a cue with two sources is rare (11 of 20,847 attributions of PolNeAR train).
    """

    sources: dict[int, Choice]
    contents: dict[int, Choice]


def link(tags: Tags, encoding: Encoding, meta: Meta) -> Links:
    """Choose each cue's source and each content's cue, the most probable one in reach."""
    table = _Table(tags, encoding, meta)
    by_role = {role: table.of_role(role) for role in (SOURCE, CUE, CONTENT)}
    return Links(
        _chosen(table, by_role[CUE], by_role[SOURCE], SOURCE),
        _chosen(table, by_role[CONTENT], by_role[CUE], CONTENT),
    )


def _chosen(table: _Table, choosers: Numbers, options: Numbers, role: int) -> dict[int, Choice]:
    found: dict[int, Choice] = {}
    for at in range(0, len(choosers), _BLOCK):
        block = choosers[at : at + _BLOCK]
        near = table.near(options, block)
        # rows are spans and columns are cues, so the choosers are rows for contents, columns for sources
        scores = table.scores(block, near) if role == CONTENT else table.scores(near, block).T
        nothing = np.full((len(block), 1), table.meta.link.no_cue[role // 2], dtype=np.float32)
        logs = _normalised(np.concatenate([scores, nothing], 1))
        for chooser, best, row in zip(block, logs.argmax(1), logs, strict=True):
            taken = int(near[best]) if best < len(near) else None
            found[int(chooser)] = Choice(taken, float(row[best]))
    return found


def _normalised(scores: Floats) -> Floats:
    scores = scores - scores.max(1, keepdims=True)
    result: Floats = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    return result


class _Table:
    """The tagged spans as arrays, and the score of any of them with any cue."""

    def __init__(self, tags: Tags, encoding: Encoding, meta: Meta) -> None:
        self.meta = meta
        self._encoding = encoding
        self._roles = np.array([span.role for span in tags.spans], dtype=np.int64)
        self._starts = np.array([span.start for span in tags.spans], dtype=np.int64)
        self._ends = np.array([span.end for span in tags.spans], dtype=np.int64)
        self._paragraphs = tags.paragraphs[self._starts] if len(tags.spans) else self._starts
        # for a cue this is its place among the cues; for another span the number of cues before it
        self._ranks = np.searchsorted(self._starts[self._roles == CUE], self._starts)

    def of_role(self, role: int) -> Numbers:
        """Return the numbers of the spans of a role, in order."""
        found: Numbers = np.flatnonzero(self._roles == role)
        return found

    def near(self, options: Numbers, block: Numbers) -> Numbers:
        """Return the options that any span of the block can reach."""
        low, high = self._starts[block].min() - REACH, self._ends[block].max() + REACH
        found: Numbers = options[(self._ends[options] >= low) & (self._starts[options] <= high)]
        return found

    def scores(self, spans: Numbers, cues: Numbers) -> Floats:
        """Return the (spans, cues) scores of spans of one role, far below any other where out of reach."""
        if not len(spans) or not len(cues):
            return np.zeros((len(spans), len(cues)), dtype=np.float32)
        starts, ends = self._starts[spans], self._ends[spans]
        cue_starts, cue_ends = self._starts[cues], self._ends[cues]
        row, weights = int(self._roles[spans[0]]) // 2, self.meta.link
        dependent, head = self._encoding.dependent, self._encoding.head
        meant = (dependent[starts] + dependent[ends - 1]) / 2
        heads = np.stack([head[start:end].mean(0) for start, end in zip(cue_starts, cue_ends, strict=True)])
        total = weights.scale[row] * (meant @ heads.T)
        total = total + weights.distances[row][buckets(starts, ends, cue_starts, cue_ends)]
        total = total + weights.between[row][cues_between(self._ranks[spans], self._ranks[cues])]
        total = total + weights.apart[row][paragraphs_apart(self._paragraphs[spans], self._paragraphs[cues])]
        gaps = np.maximum(cue_starts[None, :] - ends[:, None], starts[:, None] - cue_ends[None, :])
        result: Floats = np.where(gaps <= REACH, total, _FAR).astype(np.float32)
        return result
