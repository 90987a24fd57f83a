"""`python -m bench.events`: which mentions of events are one event, by the features that matching compares.

ECB+ (Cybulska and Vossen 2014) and MEANTIME (Minard and others 2016) say of events in news which mentions,
also of different stories, are one. Mentions are given, and so is the topic: mentions of two topics are never
compared, as is usual. The baseline takes two mentions for one event if their head words have one lemma.

The system compares each mention's sentence with the other's as `reportedly.corpus.matching` does (words by
rarity, names, numbers, days, the stories' matter), asks whether the head words are one word or synonyms and
whether the words next to them are, and joins mentions by average linkage. Its weights are fitted here, on
ECB+ topics outside of the development split, each time; they are no part of the package, for ECB+ is for
measuring only. No vectors, names or parse of the encoder's are used. MEANTIME is scored with the same
weights, none of it is fitted on.

B-cubed (Bagga and Baldwin 1998), MUC (Vilain and others 1995), CEAF-e (Luo 2005) and their mean, CoNLL F1,
are in percent, over the mentions of all topics of a split together.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.figures import DATA, Figure, run
from reportedly.corpus.matching.index import Index, indexed
from reportedly.corpus.wording.lexicon import lexicon
from reportedly.corpus.wording.tokens import word
from reportedly.types import Kind, Span, Voice
from reportedly.types.claims import Actors, Corpus, StatementRow, StoryRow

EVENTS = DATA / "events"
FLOORS = Path(__file__).with_name("floors-events.toml")
NEXT = 3
"""Words on either side of a head that count as next to it."""
ROUNDS, RIDGE = 12, 1.0
"""Of the fit: steps, and how much large weights are held down."""
JOINED = 0.5
"""Average probability from which two groups of mentions are joined."""

Groups = list[frozenset[int]]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an event. chain: the event's name in gold. statement: of its sentence; at: its place
    there."""

    topic: str
    chain: str
    head: str
    near: frozenset[str]
    statement: int
    at: int
    story: str


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def laid_out(documents: Sequence[Mapping[str, Any]]) -> tuple[Corpus, list[Mention]]:
    """Return the sentences as statements of a corpus, and the mentions."""
    stories, statements, mentions = [], [], []
    for document in documents:
        starts, text = [], ""
        for sentence in document["sentences"]:
            starts.append(len(text))
            text += " ".join(sentence) + "\n"
        stories.append(StoryRow(document["id"], document["id"], document["id"], 0, text, document["title"]))
        events = [one for one in document["mentions"] if one["kind"] == "event"]
        for number, tokens in enumerate(document["sentences"]):
            statements.append(_statement(document["id"], number, starts[number], " ".join(tokens)))
            mentions += [
                _mention(document, one, tokens, len(statements) - 1, starts[number])
                for one in events
                if one["sent"] == number
            ]
    return Corpus(tuple(stories), tuple(statements), np.empty((0, 384), dtype=np.float32)), mentions


def _statement(story: str, number: int, start: int, text: str) -> StatementRow:
    return StatementRow(
        id=f"{story}-{number}",
        story_id=story,
        kind=Kind.AUTHOR,
        content=text,
        spans=(Span(start, start + len(text)),),
        cue=None,
        source=None,
        voice=Voice(),
        via=(),
        chain=(None,),
        commitment=None,
        commitments=(None,),
        confidence=1.0,
    )


def _mention(
    document: Mapping[str, Any], one: Mapping[str, Any], tokens: Sequence[str], statement: int, start: int
) -> Mention:
    place = one["head"] if one["head"] is not None else min(one["tokens"], default=0)
    place = min(place, len(tokens) - 1)
    near = (word(token) for token in tokens[max(0, place - NEXT) : place + NEXT + 1] if token[:1].isalnum())
    head = word(tokens[place]).concept if tokens[place] else ""
    return Mention(
        topic=str(document["topic"]),
        chain=one.get("instance") or one["chain"],
        head=lexicon().irregular.get(tokens[place].lower(), tokens[place].lower()),
        near=frozenset(known.concept for known in near if known.weight) - {head},
        statement=statement,
        at=start + sum(len(token) + 1 for token in tokens[:place]),
        story=document["id"],
    )


class Features:
    """Compares mentions of one corpus. names: of the features, in the order of `of`'s values."""

    names = (
        "bias", "stem", "concept", "poorer", "richer", "mass", "plain", "topic", "near", "numbers",
        "unlike numbers", "unlike names", "unlike days", "story", "stem and topic", "concept and topic",
        "stem and poorer", "stem and near", "near and topic",
    )  # fmt: skip

    def __init__(self, corpus: Corpus, mentions: Sequence[Mention]) -> None:
        self._index: Index = indexed(corpus, Actors({}, {}, {}, {}))
        self._mentions = mentions
        self._units = [self._unit(one) for one in mentions]
        self._usual = self._usual_topics()

    def _unit(self, one: Mention) -> int | None:
        numbers = self._index.of.get(one.statement, ())
        units = [number for number in numbers if self._index.units[number].span.end >= one.at]
        return next(iter(units or numbers), None)

    def _usual_topics(self) -> dict[str, tuple[float, float]]:
        """Return for each topic how alike its stories are: mean and standard deviation."""
        stories: defaultdict[str, set[int]] = defaultdict(set)
        for one in self._mentions:
            stories[one.topic].add(self._index.stories[one.statement])
        alike = self._index.comparer.topic
        found = {
            name: [alike(a, b) for a, b in combinations(sorted(those), 2)] for name, those in stories.items()
        }
        return {
            name: (float(np.mean(those or [0])), float(np.std(those or [1])) or 1.0)
            for name, those in found.items()
        }

    def of(self, first: int, second: int) -> list[float]:
        """Return the features of two mentions."""
        a, b = self._mentions[first], self._mentions[second]
        one, two = word(a.head), word(b.head)
        stem, concept = float(one.stem == two.stem), float(one.concept == two.concept)
        near = len(a.near & b.near) / max(1, min(len(a.near), len(b.near)))
        stories = (self._index.stories[a.statement], self._index.stories[b.statement])
        usual, spread = self._usual[a.topic]
        topic = (self._index.comparer.topic(*stories) - usual) / spread if stories[0] != stories[1] else 0.0
        found = None
        units = self._units[first], self._units[second]
        if units[0] is not None and units[1] is not None:
            all_units = self._index.units
            found = self._index.comparer.compare(all_units[units[0]], all_units[units[1]])
        if found is None:
            alone = [1, stem, concept, 0, 0, 0, 0, topic, near, 0, 0, 0, 0, a.story == b.story]
            return [*alone, stem * topic, concept * topic, 0, stem * near, near * topic]
        poorer, richer = max(found.cover_a, found.cover_b), min(found.cover_a, found.cover_b)
        counts = (found.same_numbers, found.numbers, found.names, found.days)
        return [
            *(1, stem, concept, poorer, richer, min(found.mass, 12) / 12, found.plain, topic, near),
            *(min(len(one), 2) for one in counts),
            *(a.story == b.story, stem * topic, concept * topic, stem * poorer, stem * near, near * topic),
        ]


def pairs(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of mentions of one topic."""
    topics: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(mentions):
        topics[one.topic].append(place)
    for places in topics.values():
        yield from combinations(places, 2)


def table(corpus: Corpus, mentions: Sequence[Mention]) -> tuple[list[tuple[int, int]], Floats]:
    """Return the pairs of a split and their features, (pairs, features)."""
    features = Features(corpus, mentions)
    found = list(pairs(mentions))
    return found, np.asarray([features.of(a, b) for a, b in found], dtype=np.float64).reshape(len(found), -1)


def fitted(values: Floats, right: Floats) -> Floats:
    """Return the weights of a logistic regression with a ridge, by Newton's method."""
    weights = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        chances = _sigmoid(values @ weights)
        slope = values.T @ (chances - right) + RIDGE * weights
        bend = (values * (chances * (1 - chances))[:, None]).T @ values + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)))


def joined(count: int, found: Sequence[tuple[int, int]], scores: Floats) -> Groups:
    """Return groups of mentions by average linkage, from the most alike down."""
    links: dict[int, dict[int, float]] = {place: {} for place in range(count)}
    for (a, b), score in zip(found, scores.tolist(), strict=True):
        links[a][b] = links[b][a] = score
    members = {place: [place] for place in range(count)}
    while True:
        best = max(
            (
                (total / (len(members[a]) * len(members[b])), -a, -b)
                for a, others in links.items()
                for b, total in others.items()
                if a < b
            ),
            default=(0.0, 0, 0),
        )
        if best[0] < JOINED:
            return [frozenset(one) for one in members.values()]
        a, b = -best[1], -best[2]
        members[a] += members.pop(b)
        for other, total in links.pop(b).items():
            del links[other][b]
            if other != a:
                links[a][other] = links[other][a] = links[a].get(other, 0.0) + total


def grouped(mentions: Sequence[Mention], found: Sequence[tuple[int, int]], scores: Floats) -> Groups:
    """Return the system's groups, topic by topic."""
    groups: Groups = []
    for topic in sorted({one.topic for one in mentions}):
        places = [place for place, one in enumerate(mentions) if one.topic == topic]
        number = {place: at for at, place in enumerate(places)}
        here = [at for at, (a, _) in enumerate(found) if mentions[a].topic == topic]
        local = [(number[found[at][0]], number[found[at][1]]) for at in here]
        groups += [frozenset(places[at] for at in one) for one in joined(len(places), local, scores[here])]
    return groups


def by_key(keys: Iterable[object]) -> Groups:
    """Return the groups of places that have one key."""
    groups: defaultdict[object, set[int]] = defaultdict(set)
    for place, key in enumerate(keys):
        groups[key].add(place)
    return [frozenset(one) for one in groups.values()]


def b_cubed(gold: Groups, found: Groups) -> float:
    """Return B-cubed F1 in percent."""
    in_gold = {place: one for one in gold for place in one}
    in_found = {place: one for one in found for place in one}
    shared = {place: len(in_gold[place] & in_found[place]) for place in in_gold}
    precision = sum(shared[place] / len(in_found[place]) for place in shared) / len(shared)
    recall = sum(shared[place] / len(in_gold[place]) for place in shared) / len(shared)
    return 100 * _f(precision, recall)


def muc(gold: Groups, found: Groups) -> float:
    """Return MUC F1 in percent: the links that a group takes."""
    return 100 * _f(_linked(found, gold), _linked(gold, found))


def _linked(groups: Groups, by: Groups) -> float:
    group_of = {place: number for number, one in enumerate(by) for place in one}
    links = sum(len(one) - 1 for one in groups)
    kept = sum(len(one) - len({group_of[place] for place in one}) for one in groups)
    return kept / links if links else 0.0


def ceaf(gold: Groups, found: Groups) -> float:
    """Return entity CEAF F1 in percent, groups paired off greedily from the most alike down.

    Greedy pairing gives no more than the best one; the baseline is scored with the same.
    """
    group_of = {place: number for number, one in enumerate(found) for place in one}
    alike = []
    for number, one in enumerate(gold):
        for other, shared in Counter(group_of[place] for place in one).items():
            alike.append((-2 * shared / (len(one) + len(found[other])), number, other))
    total, gone, taken = 0.0, set(), set()
    for score, number, other in sorted(alike):
        if number not in gone and other not in taken:
            total -= score
            gone.add(number)
            taken.add(other)
    return 100 * _f(total / len(found), total / len(gold))


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(name: str, mentions: Sequence[Mention], found: Groups, data: str) -> Iterator[Figure]:
    """Yield the figures of one answer."""
    gold = by_key((one.topic, one.chain) for one in mentions)
    values = {"B-cubed": b_cubed(gold, found), "MUC": muc(gold, found), "CEAF-e": ceaf(gold, found)}
    values["CoNLL"] = sum(values.values()) / 3
    for measure, value in values.items():
        yield Figure(f"{name}, {measure}", round(value, 2), len(mentions), "mentions", data)


def measure(limit: int | None) -> Iterator[Figure]:
    """Fit on ECB+ outside of its development topics; yield the figures on these and on MEANTIME.

    limit: documents of each part, None for all.
    """
    ecb = list(read(EVENTS / "ecbplus-topics1-35.jsonl.gz"))
    corpus, mentions = laid_out([one for one in ecb if one["split"] == "train"][:limit])
    found, values = table(corpus, mentions)
    right = np.asarray([mentions[a].chain == mentions[b].chain for a, b in found], dtype=np.float64)
    weights = fitted(values, right)
    parts = {
        "ECB+ topics 2 5 12 18 21 23 34 35": [one for one in ecb if one["split"] == "dev"],
        "MEANTIME": list(read(EVENTS / "meantime-en.jsonl.gz")),
    }
    for data, documents in parts.items():
        corpus, mentions = laid_out(documents[:limit])
        found, values = table(corpus, mentions)
        groups = grouped(mentions, found, _sigmoid(values @ weights))
        lemmas = by_key((one.topic, word(one.head).stem) for one in mentions)
        ours = list(figures("system", mentions, groups, data))
        theirs = list(figures("same lemma", mentions, lemmas, data))
        gain = (_gain(one, other) for one, other in zip(ours, theirs, strict=True))
        yield from _named(data, (*theirs, *ours, *gain))


def _gain(ours: Figure, theirs: Figure) -> Figure:
    name = ours.name.replace("system", "gain")
    return Figure(name, round(ours.value - theirs.value, 2), ours.n, "mentions", ours.data)


def _named(data: str, found: Iterable[Figure]) -> Iterator[Figure]:
    short = "ecb" if data.startswith("ECB") else "meantime"
    for one in found:
        yield Figure(f"{short}, {one.name}", one.value, one.n, one.of, data)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if a figure lies below its floor."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
