"""Which statements assert the same thing, and how those that nearly do differ.

See docs/explanation/claims.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.corpus.matching.pairing import Matcher
from reportedly.types.claims import Actors, Corpus, Pair, Reuse


def match(corpus: Corpus, actors: Actors, reuse: Sequence[Reuse]) -> tuple[Pair, ...]:
    """Return the pairs of statements that assert the same thing, or nearly, with what their words show.

    `Relation.SAME`; `HEDGED` (a says "may" of what b says flatly); `DISTORTION` (a took b's wording over
    and changed it); `DENIAL` (a says that b is not so); `CONTRADICTION` (another number, day or word of
    one matter, in another story). In the others than hedges and denials a is the later one. Never all
    pairs are compared: see `blocking` and `neighbours`. What stands in a statement within another one is
    left to the inner one.
    """
    matcher = Matcher(corpus, actors, reuse)
    return tuple(sorted(matcher.pairs(), key=lambda pair: (pair.a, pair.b, pair.relation)))
