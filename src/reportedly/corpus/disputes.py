"""Statements that answer others."""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.types.claims import Actors, Corpus, Pair


def disputes(corpus: Corpus, actors: Actors, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Return the pairs of a denial, contradiction, correction or retraction and what it answers: none yet."""
    return tuple(one for one in () if corpus and actors and pairs)
