"""Lemma rules: how a lemma is made of a token.

``strip|add`` takes ``strip`` letters off the end of the lower-cased token and puts ``add`` there; ``=word``
replaces it; ``^`` leaves the token as it stands, capitals and all.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

KEEP = "^"


def apply_rule(rule: str, word: str) -> str:
    """Return the lemma of a word; a rule that takes off more than the word has leaves it as it is."""
    if rule == KEEP:
        return word
    if rule.startswith("="):
        return rule[1:]
    strip, _, add = rule.partition("|")
    lower = word.lower()
    left = len(lower) - int(strip)
    return lower[:left] + add if left >= 0 and (left or add) else lower


def stripped(rules: Sequence[str]) -> NDArray[np.int64]:
    """Return how many letters a word must have for each rule.

    Raises:
        ValueError: something is not a rule.
    """
    return np.asarray([0 if rule == KEEP or rule.startswith("=") else _needed(rule) for rule in rules])


def _needed(rule: str) -> int:
    strip, bar, add = rule.partition("|")
    if not bar or not strip.isdigit():
        raise ValueError(f"{rule!r} is no lemma rule")
    return int(strip) + (not add)


def lemmas(scores: NDArray[np.float32], words: Sequence[str], rules: Sequence[str]) -> list[str]:
    """Return each word's lemma by the best rule that it is long enough for. scores: (words, rules)."""
    lengths = np.asarray([len(word) for word in words], dtype=np.int64)
    fitting = np.where(stripped(rules) <= lengths[:, None], scores, -np.inf)
    best = fitting.argmax(1).tolist()
    return [apply_rule(rules[number], word) for number, word in zip(best, words, strict=True)]
