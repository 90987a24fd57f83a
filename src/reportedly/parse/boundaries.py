"""Where sentences begin by the encoder and the rules together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reportedly.parse.sentences import line_starts, stop_starts
from reportedly.types import Encoding

RULE, SILENCE = 1.5, -1.5
"""What a rule's word adds to the log-odds that a sentence starts, and what its silence does."""


def learned_starts(text: str, encoding: Encoding, edges: Iterable[int] = ()) -> tuple[int, ...]:
    """Return the character offsets at which sentences begin, in order.

    edges: offsets that are starts whatever stands around them. So are the text's own start and line starts.
    A sentence never starts within a word or a number.
    """
    if not text:
        return ()
    places = encoding.offsets[:, 0].astype(np.int64)
    odds = encoding.heads["sentence"][:, 0] + np.float32(SILENCE)
    by_rule = np.asarray(stop_starts(text), dtype=np.int64)
    near = np.searchsorted(places, by_rule)
    odds[near[near < len(odds)]] += np.float32(RULE - SILENCE)
    chosen = places[odds > 0].tolist()
    found = {start for start in chosen if start and not (text[start].isalnum() and text[start - 1].isalnum())}
    found |= {edge for edge in edges if 0 < edge < len(text)}
    return (0, *sorted(found.union(line_starts(text)) - {0}))
