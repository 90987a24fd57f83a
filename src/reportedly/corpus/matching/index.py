"""A corpus made ready for comparing: units, rarity of words, what stories are about."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.corpus.matching.features import Comparer, Context
from reportedly.corpus.wording.tokens import NAME, surfaces, word
from reportedly.corpus.wording.views import Unit, Viewer
from reportedly.types.claims import Actors, Corpus, StoryRow

PRIOR_UNITS, PRIOR_SEEN = 2000.0, 10.0
"""How much is known beforehand of how often words come up, in units: it keeps a small corpus from taking all
of its words for rare or all for common."""
TOPIC_WORDS = 25
"""Words that tell what a story is about."""


@dataclass(frozen=True, slots=True)
class Index:
    """units: in order of the statements, their words weighed. of: place of a statement -> places of its
    units. stories: place of a statement -> place of its story. topics: for each story, its telling
    words with unit weights."""

    units: list[Unit]
    of: Mapping[int, Sequence[int]]
    stories: list[int]
    topics: list[dict[str, float]]
    comparer: Comparer


def indexed(corpus: Corpus, actors: Actors) -> Index:
    """Cut a corpus into units and weigh its words."""
    viewer = Viewer(corpus, actors)
    places = {story.id: place for place, story in enumerate(corpus.stories)}
    stories = [places[one.story_id] for one in corpus.statements]
    units = [unit for place, one in enumerate(corpus.statements) for unit in viewer.units(place, one)]
    of: defaultdict[int, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        of[unit.statement].append(number)
    rarity = _rarity(units)
    for unit in units:
        unit.words = {word: weight * rarity[word] for word, weight in unit.words.items()}
    words = _vocabularies(corpus.stories, units, stories)
    topics = [_topic(one) for one in words]
    context = Context(topics, [frozenset(one) for one in words])
    rows = [one.row for one in corpus.statements]
    comparer = Comparer(corpus.vectors, rows, stories, context)
    return Index(units, of, stories, topics, comparer)


def _rarity(units: Sequence[Unit]) -> dict[str, float]:
    """Return for each word a factor in (0, 1], by the share of the units that have it, copies left aside."""
    distinct = {unit.order: unit for unit in units}.values()
    seen = Counter(word for unit in distinct for word in unit.words)
    size = len(distinct) + PRIOR_UNITS
    most = math.log(size / PRIOR_SEEN)
    return {word: max(math.log(size / (count + PRIOR_SEEN)) / most, 0.05) for word, count in seen.items()}


def _vocabularies(
    stories: Sequence[StoryRow], units: Iterable[Unit], of: Sequence[int]
) -> list[dict[str, float]]:
    """Return for each story its words, each with what its uses weigh together."""
    found: list[defaultdict[str, float]] = [defaultdict(float) for _ in stories]
    for unit in units:
        words = found[of[unit.statement]]
        for concept, weight in unit.words.items():
            words[concept] += weight
    for story, words in zip(stories, found, strict=True):
        for concept in surfaces(story.title or ""):
            if concept in words or word(concept).weight:
                words[concept] += NAME
    return [dict(words) for words in found]


def _topic(words: Mapping[str, float]) -> dict[str, float]:
    ranked = sorted((-math.sqrt(weight), word) for word, weight in words.items())
    ranked = ranked[:TOPIC_WORDS]
    norm = math.sqrt(sum(weight * weight for weight, _ in ranked)) or 1.0
    return {word: -weight / norm for weight, word in ranked}
