"""What anybody could do: ranges from headlines, whole stories, agency names and outlets.

Each is told by gold which stories support a claim, so that only its counting is judged: a start that the
system does not get. It answers n..n, the number of groups of stories that it takes to be independent. Within
a group it has each story rest on the earliest one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bench.origins.scoring import Found, joined
from bench.origins.worlds import GoldClaim, Story, World

HEADLINE = 0.55
TFIDF = (0.65, 0.85)

Pairs = Callable[[World, Sequence[Story]], Iterable[tuple[str, str]]]

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Return the lower-case words of a text."""
    return _WORD.findall(text.lower())


def alike_headlines(_: World, stories: Sequence[Story]) -> Iterable[tuple[str, str]]:
    """Pair stories whose headlines share 0.55 of their words (Jaccard)."""
    for a, b in combinations(stories, 2):
        one, other = set(words(a.title)), set(words(b.title))
        if len(one & other) >= HEADLINE * len(one | other):
            yield a.name, b.name


def alike_texts(threshold: float) -> Pairs:
    """Return the baseline that pairs stories with a TF-IDF cosine at or above a threshold."""

    def pairs(one: World, stories: Sequence[Story]) -> Iterable[tuple[str, str]]:
        cosines = cosine([story.words for story in one.stories])
        place = {story.name: at for at, story in enumerate(one.stories)}
        for a, b in combinations(stories, 2):
            if cosines[place[a.name], place[b.name]] >= threshold:
                yield a.name, b.name

    return pairs


def cosine(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return (texts, texts) cosines of TF-IDF rows, with smoothed idf: ln((1 + n) / (1 + df)) + 1."""
    counts = [Counter(words(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    column = {word: at for at, word in enumerate(sorted(spread))}
    rows = np.zeros((len(texts), len(column)))
    for at, count in enumerate(counts):
        for word, times in count.items():
            rows[at, column[word]] = times * (math.log((1 + len(texts)) / (1 + spread[word])) + 1)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(lengths == 0, 1, lengths)
    return np.asarray(rows @ rows.T)


def same_wire(one: World, stories: Sequence[Story]) -> Iterable[tuple[str, str]]:
    """Pair stories that carry the name of the same agency, of those that gold says exist."""
    for a, b in combinations(stories, 2):
        if any(wire in _tags(a) and wire in _tags(b) for wire in one.wires):
            yield a.name, b.name


def _tags(story: Story) -> str:
    return f"{story.agency} {story.outlet} {story.byline} {story.words}"


def same_outlet(_: World, stories: Sequence[Story]) -> Iterable[tuple[str, str]]:
    """Pair stories of one outlet: as many origins as outlets."""
    return ((a.name, b.name) for a, b in combinations(stories, 2) if a.outlet == b.outlet)


def counted(pairs: Pairs) -> Callable[[World, GoldClaim], Found]:
    """Return the baseline that counts groups of stories joined by pairs."""

    def answer(one: World, gold: GoldClaim) -> Found:
        stories = supporting(one, gold)
        groups = joined(pairs(one, stories))
        count = len(stories) - sum(len(group) - 1 for group in groups)
        order = [
            story.name for story in sorted(stories, key=lambda story: (story.published or "9", story.name))
        ]
        rests = frozenset(
            (ranked[0], name)
            for ranked in ([name for name in order if name in group] for group in groups)
            for name in ranked[1:]
        )
        return _found(gold, rests, count)

    return answer


def supporting(one: World, gold: GoldClaim) -> list[Story]:
    """Return the stories that support a claim, each once, in the order of the world."""
    names = {passage.story for passage in gold.support}
    return [story for story in one.stories if story.name in names]


def always_one(_: World, gold: GoldClaim) -> Found:
    """Answer 1..1."""
    return _found(gold, frozenset(), 1)


def _found(gold: GoldClaim, rests: frozenset[tuple[str, str]], count: int) -> Found:
    support = tuple((passage.story, (passage.words,)) for passage in gold.support)
    return Found(gold.text, support, (), rests, (), count, count)


BASELINES: dict[str, Callable[[World, GoldClaim], Found]] = {
    "headline Jaccard 0.55": counted(alike_headlines),
    "TF-IDF 0.65": counted(alike_texts(TFIDF[0])),
    "TF-IDF 0.85": counted(alike_texts(TFIDF[1])),
    "agency names": counted(same_wire),
    "outlets": counted(same_outlet),
    "always 1..1": always_one,
}
