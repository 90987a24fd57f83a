"""Which stories are about one matter, as far as this step needs it: rare names, near dates, like words.

"Police" in two stories are one police if the stories share a rare name, or it says the same in them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.actors import lexicon, names
from reportedly.types.claims import StoryRow

RARE = 8
"""A name in so few stories ties any two of them within the days below."""
KNOWN = 60
"""Of names in so many stories it takes two."""
DAYS = 45
ALIKE = 0.62
"""Cosine from which two contents say nearly the same."""
ROWS = 12
"""Contents of one actor in one story that are looked at."""
BATCH = 1500
STEM = 4
"""First letters by which a place and its people are known to be one."""


class Related:
    """The names that stories share, and how far apart their dates are."""

    def __init__(
        self, stories: Sequence[StoryRow], seen: Sequence[Iterable[str]], vectors: NDArray[np.float32]
    ) -> None:
        self._vectors = vectors
        self._days = [_day(story.published) for story in stories]
        self._keys = [{names.key(name) for name in some} for some in seen]
        anchors = [{key for name in some if (key := _anchor(name))} for some in seen]
        spread = Counter(key for keys in anchors for key in keys)
        self._anchors = [{key for key in keys if spread[key] <= KNOWN} for keys in anchors]
        self._spread = spread

    def near(self, one: int, other: int) -> bool:
        """Return whether two stories share a rare name, or two known ones, and are near in time."""
        if not self.same_time(one, other):
            return False
        shared = self._anchors[one] & self._anchors[other]
        return len(shared) >= 2 or any(self._spread[key] <= RARE for key in shared)

    def names(self, story: int, place: str) -> bool:
        """Return whether a story has a name that a place's begins like ("lovian": Lovia)."""
        start = place[:STEM]
        return any(word.startswith(start) for key in self._keys[story] for word in (key, *key.split()))

    def same_time(self, one: int, other: int) -> bool:
        """Return whether two stories may be of one time: within the days, or one of them undated."""
        a, b = self._days[one], self._days[other]
        return a is None or b is None or abs(a - b) <= DAYS

    def alike(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Return whether any two contents, by their rows, say nearly the same."""
        if not some or not others:
            return False
        likeness = self._vectors[list(some[:ROWS])] @ self._vectors[list(others[:ROWS])].T
        return bool(likeness.max() >= ALIKE)

    def pairs(self, nodes: Mapping[str, tuple[int, Sequence[int]]]) -> Iterator[tuple[str, str]]:
        """Yield pairs of nodes of near stories, or that say alike. nodes: -> story, rows of the matrix."""
        order = sorted(nodes, key=lambda node: (nodes[node][0], node))
        yielded: set[tuple[str, str]] = set()
        for pair in (*self._by_names(order, nodes), *self._by_words(order, nodes)):
            if pair not in yielded:
                yielded.add(pair)
                yield pair

    def _by_names(
        self, order: Sequence[str], nodes: Mapping[str, tuple[int, Sequence[int]]]
    ) -> Iterator[tuple[str, str]]:
        holders: dict[str, list[str]] = defaultdict(list)
        for node in order:
            for key in self._anchors[nodes[node][0]]:
                holders[key].append(node)
        shared: Counter[tuple[str, str]] = Counter()
        for key, held in holders.items():
            weight = 2 if self._spread[key] <= RARE else 1
            for at, one in enumerate(held):
                for other in held[at + 1 :]:
                    shared[one, other] += weight
        for (one, other), weight in shared.items():
            if weight >= 2 and self.same_time(nodes[one][0], nodes[other][0]):
                yield one, other

    def _by_words(
        self, order: Sequence[str], nodes: Mapping[str, tuple[int, Sequence[int]]]
    ) -> Iterator[tuple[str, str]]:
        rows = [(node, row) for node in order for row in list(nodes[node][1])[:ROWS] if row >= 0]
        for at in range(0, len(rows), BATCH):
            low, high = rows[at : at + BATCH], rows[at : at + 2 * BATCH]
            likeness = self._vectors[[row for _, row in low]] @ self._vectors[[row for _, row in high]].T
            for i, j in np.argwhere(likeness >= ALIKE):
                one, other = low[i][0], high[j][0]
                if j > i and one != other and self.same_time(nodes[one][0], nodes[other][0]):
                    yield one, other


def _day(published: str | None) -> int | None:
    if not published:
        return None
    parts = [int(part) for part in published[:10].split("-") if part.isdigit()]
    if not parts:
        return None
    year, month, day = (*parts, 7, 15)[:3] if len(parts) < 3 else parts[:3]
    try:
        return date(year, month, min(day, 28) if len(parts) < 3 else day).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=1 << 18)
def _anchor(name: str) -> str:
    """Return what a name ties stories by; "" for days, months, states and single short words."""
    key = names.key(name)
    if len(key) < 4 or names.state(name):
        return ""
    dull = lexicon.speech("groups_week") | lexicon.speech("groups_months") | lexicon.speech("not_names")
    return "" if key in dull or (key.split()[0] in dull and len(key.split()) == 1) else key
