"""A fixed sample of news articles of ../shared/data/wild, and pairs of their sentences."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence

from bench.figures import DATA

ARTICLES = DATA / "wild" / "articles.jsonl.gz"
REPRINTS = DATA / "wild" / "reprint_pairs.tsv"
SEED = 3
CHARACTERS = 4_000
"""Of each article only so much is read: time is short, articles are many."""

Place = tuple[int, int]
"""A sentence: number of the article, number in it."""


def articles() -> dict[str, str]:
    """Return the text of every article by its id."""
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        return {tree["id"]: tree["text"] for tree in map(json.loads, lines)}


def sample(number: int, least: int = 300, most: int = 2_000) -> list[str]:
    """Return so many whole articles of ``least`` to ``most`` words, always the same."""
    texts = [text for text in articles().values() if least <= len(text.split()) <= most]
    return random.Random(SEED).sample(texts, number)


def near_articles(number: int) -> list[tuple[str, str]]:
    """Return pairs of articles that share a sentence, always the same, cut to `CHARACTERS`."""
    texts = articles()
    with REPRINTS.open(encoding="utf-8", newline="") as file:
        pairs = [(row["id_a"], row["id_b"]) for row in csv.DictReader(file, delimiter="\t")]
    known = [(texts[a][:CHARACTERS], texts[b][:CHARACTERS]) for a, b in pairs if a in texts and b in texts]
    return random.Random(SEED).sample(known, number)


def sentence_pairs(sentences: Sequence[Sequence[str]], number: int) -> list[tuple[Place, Place]]:
    """Return pairs: a third at random, a third of one article, a third with the most words in common.

    sentences: those of each article; articles 2n and 2n + 1 are near each other.
    """
    draw = random.Random(SEED)
    every = [(a, s) for a, found in enumerate(sentences) for s in range(len(found)) if _plain(found[s])]
    by_article: dict[int, list[Place]] = {}
    for place in every:
        by_article.setdefault(place[0], []).append(place)
    several = [found for found in by_article.values() if len(found) > 1]
    third = number // 3
    pairs = [(draw.choice(every), draw.choice(every)) for _ in range(number - 2 * third)]
    for _ in range(third):
        one, other = draw.sample(draw.choice(several), 2)
        pairs.append((one, other))
    near = [*_nearest(sentences, by_article)]
    return pairs + draw.sample(near, min(third, len(near)))


def _plain(sentence: str) -> bool:
    """Tell prose of a usual length from crumbs of page furniture."""
    return 5 <= len(sentence.split()) <= 60


def _nearest(
    sentences: Sequence[Sequence[str]], by_article: dict[int, list[Place]]
) -> Iterator[tuple[Place, Place]]:
    for article, places in by_article.items():
        others = by_article.get(article ^ 1, ())
        words = {other: {*sentences[other[0]][other[1]].lower().split()} for other in others}
        for place in places:
            mine = {*sentences[article][place[1]].lower().split()}
            overlap = {other: len(mine & theirs) / len(mine | theirs) for other, theirs in words.items()}
            best = max(overlap, key=lambda other: (overlap[other], -other[1]), default=None)
            if best is not None and overlap[best] < 1:  # the same sentence says nothing
                yield place, best
