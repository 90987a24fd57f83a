"""What two units have in common and in what they differ, feature by feature."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.matching import differences
from reportedly.corpus.matching.differences import QUANTITY, TELLING
from reportedly.corpus.matching.sides import Sides, same_ties, sides
from reportedly.corpus.wording.clauses import HEDGED, NEGATED, WISHED
from reportedly.corpus.wording.clocks import apart
from reportedly.corpus.wording.lexicon import lexicon
from reportedly.corpus.wording.views import Unit

LEAST_MASS = 2.4
"""Units that share less weight than this are about nothing in common: a name, or a common word or two."""
CLOCK, SAME_HOUR = 3.0, 20
"""Weight of one time of day, and the minutes by which two tellings of it may differ."""
UNMATCHED_NUMBER = 1.5
"""Weight of a number that only one unit has."""
KNOWN_THERE = 0.4
"""What of a name's weight counts as missing in a unit whose story has the name elsewhere."""
ONE_STORY = 0.7
"""That two statements stand in one story says little more than that two stories are about one matter: a story
seldom says a thing twice."""
FEW, UNTOLD = 4, 0.6
"""With fewer shared words than this their order says nothing; what stands for it then."""


@dataclass(slots=True)
class Comparison:
    """Unit a beside unit b.

    cover_a, cover_b: share of each one's weight that the other has too, in [0, 1]. mass: weight of what
    they share; plain_mass: that of words other than names; plain: the share of the poorer unit's such
    words. vector: cosine of the statements' vectors, None without one. topic: how much their stories
    share, in [0, 1]. order: how far the shared words stand in one order, in [0, 1]. counted: numbers of
    one thing, and times of day, that agree. ties: who did what to whom, where both say so. negation,
    hedge, wish: share of the shared weight on which clauses differ in that. The others are told in words:
    what is shared, and the differences.
    """

    cover_a: float
    cover_b: float
    mass: float
    plain: float
    plain_mass: float
    vector: float | None
    topic: float
    order: float
    counted: int
    ties: int
    negation: float
    hedge: float
    wish: float
    shared: tuple[str, ...]
    same_numbers: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    days: tuple[str, ...]
    changed: tuple[str, ...]
    opposites: tuple[str, ...]


class Context:
    """What stories are about. topics: for each story, its telling concepts with unit weights."""

    def __init__(self, topics: Sequence[Mapping[str, float]], vocabularies: Sequence[frozenset[str]]) -> None:
        self._topics = topics
        self._vocabularies = vocabularies
        self._found: dict[tuple[int, int], float] = {}

    def topic(self, a: int, b: int) -> float:
        """Return the cosine of two stories' telling words, `ONE_STORY` for one story."""
        if a == b:
            return ONE_STORY
        key = (a, b) if a < b else (b, a)
        found = self._found.get(key)
        if found is None:
            one, two = self._topics[key[0]], self._topics[key[1]]
            found = self._found[key] = sum(weight * two[word] for word, weight in one.items() if word in two)
        return found

    def knows(self, story: int, word: str) -> bool:
        """Whether a story has a concept anywhere."""
        return word in self._vocabularies[story]


class Comparer:
    """Compares units of one corpus. rows, stories: of each statement, its row of vectors and its story."""

    def __init__(
        self, vectors: NDArray[np.float32], rows: Sequence[int], stories: Sequence[int], context: Context
    ) -> None:
        self._vectors = vectors
        self._rows = rows
        self._stories = stories
        self._context = context
        self._lexicon = lexicon()

    def compare(self, a: Unit, b: Unit) -> Comparison | None:
        """Return what two units share and in what they differ, None where they share next to nothing."""
        made = sides(a, b, self._lexicon)
        same, unlike = differences.numbers(a.quantities, b.quantities)
        hour = any(apart(x, y) <= SAME_HOUR for x in a.clocks for y in b.clocks)
        mass = sum(min(a.words[one], b.words[two]) for one, two in made.pairs())
        refuted = differences.refuted(a, b) if a.refused or b.refused else []
        mass += sum(weight for _, weight in same) + CLOCK * hour + TELLING * len(refuted)
        if mass < LEAST_MASS:
            return None
        plain, plain_mass = _plain(a, b, made)
        negation, hedge, wish = _flags(a, b, made)
        return Comparison(
            cover_a=mass / (mass + self._alone(a, b, made.only_a) + _uncounted(a, len(same))),
            cover_b=mass / (mass + self._alone(b, a, made.only_b) + _uncounted(b, len(same))),
            mass=mass,
            plain=plain,
            plain_mass=plain_mass,
            vector=self._cosine(a, b),
            topic=self._context.topic(self._stories[a.statement], self._stories[b.statement]),
            order=_order(a, b, made),
            counted=sum(weight > QUANTITY for _, weight in same) + hour + len(refuted),
            ties=same_ties(a, b) if a.ties and b.ties else 0,
            negation=negation,
            hedge=hedge,
            wish=wish,
            shared=tuple(one for one, _ in made.pairs()),
            same_numbers=tuple(figure for figure, _ in same),
            numbers=(*refuted, *unlike, *differences.one_and_many(a, b)),
            names=tuple(differences.names(a, b, made)),
            days=tuple(differences.days(a, b)),
            changed=differences.changed(a, b, made, self._lexicon),
            opposites=differences.opposites(made, self._lexicon),
        )

    def topic(self, a: int, b: int) -> float:
        """Return how much two stories, by their places, share of what they are about, in [0, 1]."""
        return self._context.topic(a, b)

    def _alone(self, unit: Unit, other: Unit, words: Sequence[str]) -> float:
        """Return the weight of words that the other unit has not; less of it for names that its story has."""
        story = self._stories[other.statement]
        total = 0.0
        for word in words:
            known = word in unit.proper and self._context.knows(story, word)
            total += unit.words[word] * (KNOWN_THERE if known else 1.0)
        return total

    def _cosine(self, a: Unit, b: Unit) -> float | None:
        one, two = self._rows[a.statement], self._rows[b.statement]
        return float(self._vectors[one] @ self._vectors[two]) if one >= 0 and two >= 0 else None


def _uncounted(unit: Unit, same: int) -> float:
    return UNMATCHED_NUMBER * max(0, len(unit.quantities) - same)


def _plain(a: Unit, b: Unit, made: Sides) -> tuple[float, float]:
    """Return the share of the poorer unit's words other than names that the other has too, and their
    weight."""
    shared = sum(
        min(a.words[one], b.words[two])
        for one, two in made.pairs()
        if one not in a.proper and two not in b.proper
    )
    left_a = sum(a.words[word] for word in made.only_a if word not in a.proper)
    left_b = sum(b.words[word] for word in made.only_b if word not in b.proper)
    least = shared + min(left_a, left_b)
    return (shared / least if least else 0.0), shared


def _flags(a: Unit, b: Unit, made: Sides) -> tuple[float, float, float]:
    if not a.flags and not b.flags:
        return 0.0, 0.0, 0.0
    total = negated = hedged = wished = 0.0
    for one, two in made.pairs():
        weight = min(a.words[one], b.words[two])
        total += weight
        differing = a.flags.get(one, 0) ^ b.flags.get(two, 0)
        if differing:
            negated += weight * bool(differing & NEGATED)
            hedged += weight * bool(differing & HEDGED)
            wished += weight * bool(differing & WISHED)
    return (negated / total, hedged / total, wished / total) if total else (0.0, 0.0, 0.0)


def _order(a: Unit, b: Unit, made: Sides) -> float:
    """Return how much of the shared words stands in one order in both: share of neighbours kept."""
    if len(made.shared) + len(made.linked) < FEW:
        return UNTOLD
    as_in_a = {two: one for one, two in made.pairs()}
    both = set(as_in_a.values())
    one = [word for word in a.order if word in both]
    two = [as_in_a[word] for word in b.order if word in as_in_a]
    ours, theirs = set(itertools.pairwise(one)), set(itertools.pairwise(two))
    most = max(len(ours), len(theirs))
    return len(ours & theirs) / most if most else UNTOLD
