"""What two units have in common and in what they differ, feature by feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportedly.corpus.wording.clauses import HEDGED, NEGATED, WISHED
from reportedly.corpus.wording.clocks import apart
from reportedly.corpus.wording.lexicon import lexicon
from reportedly.corpus.wording.numerals import agree
from reportedly.corpus.wording.views import NameIn, Quantity, Unit

QUANTITY, TELLING = 2.5, 4.0
"""Weights of a number among words: of any, and of one that is no small one and counts the same thing."""
SMALL = 20
"""Numbers below this are met by chance."""
CLOCK = 3.0
"""Weight of one time of day."""
SAME_HOUR = 20
"""Minutes by which two tellings of one time of day may differ."""
NEAR_DAYS = 1
"""Two days as near as this may be one night."""
WEEK = 7
CLOCK_MINUTES = 45
"""Two times of day further apart than this are two times."""
FEW, UNTOLD = 4, 0.6
"""With fewer shared words than this their order says nothing; what stands for it then."""
STEM = 4
"""Letters that two forms of a name ("Lovia", "Lovian") begin with."""


@dataclass(slots=True)
class Sides:
    """What both units have, and what one has alone. swapped: words of b that stand for another one of a."""

    shared: list[str] = field(default_factory=list)
    only_a: list[str] = field(default_factory=list)
    only_b: list[str] = field(default_factory=list)
    swapped: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Comparison:
    """Unit a beside unit b. cover_a, cover_b: share of each one's weight that the other has too, in [0, 1].

    mass: weight of the shared words. vector: cosine of the statements' vectors, None without one. topic: how
    much their stories share, in [0, 1]. opposed, hedged: share of the shared weight on which polarity and
    commitment differ. order: how far the shared words stand in one order. plain: share of the poorer unit's
    words other than names that the other has too; plain_mass: what those weigh. Lists of differences hold words for a person.
    """

    cover_a: float
    cover_b: float
    mass: float
    vector: float | None
    topic: float
    order: float
    plain: float
    plain_mass: float
    shared: tuple[str, ...]
    counted: int = 0
    same_numbers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    opposites: tuple[str, ...] = ()
    negation: float = 0.0
    hedge: float = 0.0
    wish: float = 0.0


class Comparer:
    """Compares units of one corpus.

    rarity: concept -> factor in (0, 1]. topics: story place -> its telling words. lowered: story place -> its
    words in lower case.
    """

    def __init__(
        self,
        rarity: Mapping[str, float],
        vectors: NDArray[np.float32],
        rows: Sequence[int],
        stories: Sequence[int],
        context: Context,
    ) -> None:
        self._rarity = rarity
        self._vectors = vectors
        self._rows = rows
        self._stories = stories
        self._context = context
        self._lexicon = lexicon()

    def weight(self, unit: Unit, concept: str) -> float:
        """Return what a concept of a unit weighs in this corpus."""
        return unit.words[concept] * self._rarity.get(concept, 1.0)

    def compare(self, a: Unit, b: Unit) -> Comparison:
        """Return what two units share and in what they differ."""
        sides = _sides(a, b)
        self._by_actor(a, b, sides)
        _by_form(a, b, sides)
        self._by_converse(sides)
        same, unlike = _numbers(a.quantities, b.quantities)
        mass = sum(min(self._either(a, b, one), self._either(b, a, one)) for one in sides.shared)
        alone_a = self._alone(a, b, sides.only_a)
        alone_b = self._alone(b, a, sides.only_b)
        hours = _same_hour(a, b)
        counted = sum(weight for _, weight in same) + CLOCK * hours
        left_a = QUANTITY * 0.6 * max(0, len(a.quantities) - len(same))
        left_b = QUANTITY * 0.6 * max(0, len(b.quantities) - len(same))
        mass += counted
        changed, opposites = self._changed(a, b, sides)
        plain, plain_mass = self._plain(a, b, sides)
        negation, hedge, wish = self._flags(a, b, sides.shared)
        return Comparison(
            cover_a=mass / (mass + alone_a + left_a) if mass else 0.0,
            cover_b=mass / (mass + alone_b + left_b) if mass else 0.0,
            mass=mass,
            vector=self._cosine(a, b),
            topic=self._context.topic(self._stories[a.statement], self._stories[b.statement]),
            order=_order(a, b, sides.shared),
            plain=plain,
            plain_mass=plain_mass,
            shared=tuple(sides.shared),
            same_numbers=tuple(figure for figure, _ in same),
            counted=sum(weight > QUANTITY for _, weight in same) + hours,
            numbers=tuple(unlike) + tuple(_one_and_many(a, b)),
            names=tuple(self._names(a, b, sides)),
            days=tuple(_days(a, b)),
            changed=changed,
            opposites=opposites,
            negation=negation,
            hedge=hedge,
            wish=wish,
        )

    def _either(self, a: Unit, b: Unit, concept: str) -> float:
        base = a.words.get(concept)
        return (b.words[concept] if base is None else base) * self._rarity.get(concept, 1.0)

    def _alone(self, unit: Unit, other: Unit, words: Iterable[str]) -> float:
        """Return the weight of words that the other unit has not; half of it for names that its story has."""
        story = self._stories[other.statement]
        total = 0.0
        for word in words:
            weight = self.weight(unit, word)
            if word in unit.proper and self._context.knows(story, word):
                weight *= 0.4
            total += weight
        return total

    def _by_actor(self, a: Unit, b: Unit, sides: Sides) -> None:
        actors = {name.actor: name for name in b.names if name.actor is not None}
        for name in a.names:
            other = actors.get(name.actor) if name.actor is not None else None
            if other is None:
                continue
            for word in name.words & set(sides.only_a):
                sides.only_a.remove(word)
                sides.shared.append(word)
            for word in other.words & set(sides.only_b):
                sides.only_b.remove(word)

    def _by_converse(self, sides: Sides) -> None:
        for pair in self._lexicon.converse:
            first, *rest = pair
            if not rest:
                continue
            for one, two in ((first, rest[0]), (rest[0], first)):
                if one in sides.only_a and two in sides.only_b:
                    sides.only_a.remove(one)
                    sides.only_b.remove(two)
                    sides.shared.append(one)
                    sides.swapped.append(two)

    def _plain(self, a: Unit, b: Unit, sides: Sides) -> tuple[float, float]:
        shared = sum(self._either(a, b, word) for word in sides.shared if _is_plain(a, b, word))
        left_a = sum(self.weight(a, word) for word in sides.only_a if word not in a.proper)
        left_b = sum(self.weight(b, word) for word in sides.only_b if word not in b.proper)
        least = shared + min(left_a, left_b)
        return (shared / least if least else 0.0), shared

    def _names(self, a: Unit, b: Unit, sides: Sides) -> list[str]:
        """Return the names that stand against each other: of one kind, and neither in the other's unit."""
        left_a = _unmatched(a, set(sides.only_a))
        left_b = _unmatched(b, set(sides.only_b))
        found = []
        for one in left_a:
            for two in left_b:
                if one.label == two.label and not _alike(one, two):
                    found.append(f"{' '.join(sorted(one.words))} / {' '.join(sorted(two.words))}")
        return found

    def _changed(self, a: Unit, b: Unit, sides: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return words that stand in each other's place in wording that is else the same, and opposites."""
        opposites = [
            f"{one} / {two}"
            for one in sides.only_a
            for two in sides.only_b
            if frozenset((one, two)) in self._lexicon.opposites
        ]
        shared = {*sides.shared, *sides.swapped}
        slots_a, slots_b = _slots(a, shared), _slots(b, shared)
        changed = []
        for slot, one in slots_a.items():
            two = slots_b.get(slot)
            if two is not None and min(a.words[one], b.words[two]) > 1:
                changed.append(f"{one} / {two}")
        return tuple(changed), tuple(opposites)

    def _flags(self, a: Unit, b: Unit, shared: Sequence[str]) -> tuple[float, float, float]:
        total, unlike = 0.0, {NEGATED: 0.0, HEDGED: 0.0, WISHED: 0.0}
        for word in shared:
            if word not in a.words or word not in b.words:
                continue
            weight = self.weight(a, word)
            total += weight
            differing = a.flags.get(word, 0) ^ b.flags.get(word, 0)
            for flag in unlike:
                unlike[flag] += weight * bool(differing & flag)
        if not total:
            return 0.0, 0.0, 0.0
        return unlike[NEGATED] / total, unlike[HEDGED] / total, unlike[WISHED] / total

    def _cosine(self, a: Unit, b: Unit) -> float | None:
        one, two = self._rows[a.statement], self._rows[b.statement]
        return float(self._vectors[one] @ self._vectors[two]) if one >= 0 and two >= 0 else None


class Context:
    """What stories are about. topics: for each story, its telling concepts with unit weights."""

    def __init__(self, topics: Sequence[Mapping[str, float]], vocabularies: Sequence[frozenset[str]]) -> None:
        self._topics = topics
        self._vocabularies = vocabularies
        self._found: dict[tuple[int, int], float] = {}

    def topic(self, a: int, b: int) -> float:
        """Return the cosine of two stories' telling words; 1 for one story."""
        if a == b:
            return 1.0
        key = (a, b) if a < b else (b, a)
        found = self._found.get(key)
        if found is None:
            one, two = self._topics[key[0]], self._topics[key[1]]
            found = self._found[key] = sum(weight * two[word] for word, weight in one.items() if word in two)
        return found

    def knows(self, story: int, word: str) -> bool:
        """Whether a story has a concept anywhere."""
        return word in self._vocabularies[story]


def _is_plain(a: Unit, b: Unit, word: str) -> bool:
    return word not in a.proper and word not in b.proper


def _sides(a: Unit, b: Unit) -> Sides:
    sides = Sides()
    other = b.words
    for word in a.words:
        (sides.shared if word in other else sides.only_a).append(word)
    sides.only_b = [word for word in other if word not in a.words]
    return sides


def _by_form(a: Unit, b: Unit, sides: Sides) -> None:
    """Take two forms of one name, or of one long word, for one word."""
    by_start = {word[:STEM]: word for word in sides.only_b if len(word) >= STEM}
    for one in [word for word in sides.only_a if word[:STEM] in by_start and len(word) >= STEM]:
        two = by_start[one[:STEM]]
        if two in sides.only_b and _one_stem(one, two, max(a.words[one], b.words[two])):
            sides.only_a.remove(one)
            sides.only_b.remove(two)
            sides.shared.append(one)
            sides.swapped.append(two)


def _one_stem(one: str, two: str, weight: float) -> bool:
    least = min(len(one), len(two))
    if least < STEM or weight < 1 or abs(len(one) - len(two)) > 3:
        return False
    return one[:least] == two[:least] or (least > 5 and one[: least - 1] == two[: least - 1])


def _same_hour(a: Unit, b: Unit) -> bool:
    return any(apart(x, y) <= SAME_HOUR for x in a.clocks for y in b.clocks)


def _numbers(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[list[tuple[str, float]], list[str]]:
    """Return the numbers that agree, each with its weight, and pairs of numbers of one thing that do not."""
    left = list(b)
    same, alone = [], []
    for one in a:
        fitting = [two for two in left if agree(one.numeral, two.numeral)]
        if not fitting:
            alone.append(one)
            continue
        best = max(fitting, key=lambda two: len(one.counted & two.counted))
        left.remove(best)
        telling = one.counted & best.counted and (one.numeral.value >= SMALL or one.numeral.part)
        same.append((_figure(one), TELLING if telling else QUANTITY))
    unlike = [
        f"{_figure(one)} / {_figure(two)}"
        for one in alone
        for two in left
        if (one.counted & two.counted) or not one.counted or not two.counted
    ]
    return same, unlike


def _figure(one: Quantity) -> str:
    return f"{one.numeral.bound} {one.numeral.value:g}".strip()


def _one_and_many(a: Unit, b: Unit) -> Iterable[str]:
    """Yield "a drone" against "three drones"."""
    for one, two in ((a, b), (b, a)):
        for quantity in two.quantities:
            if quantity.numeral.value > 1 and not quantity.numeral.part and not one.quantities:
                for word in quantity.counted & one.singles:
                    yield f"one {word} / {_figure(quantity)}"


def _unmatched(unit: Unit, alone: set[str]) -> list[NameIn]:
    return [name for name in unit.names if name.words <= alone]


def _alike(one: NameIn, two: NameIn) -> bool:
    if one.actor is not None and one.actor == two.actor:
        return True
    return any(_one_stem(x, y, 3) for x in one.words for y in two.words)


def _days(a: Unit, b: Unit) -> Iterable[str]:
    """Yield the days that differ, if all do. A week's difference may be a weekday that was read wrongly."""
    if not a.days or not b.days:
        return
    gaps = [max(one[0], two[0]) - min(one[1], two[1]) for one in a.days for two in b.days]
    if min(gaps) > NEAR_DAYS and not any(gap == WEEK for gap in gaps):
        yield f"{min(gaps)} days apart"
    elif a.clocks and b.clocks and min(apart(x, y) for x in a.clocks for y in b.clocks) > CLOCK_MINUTES:
        yield "another time of day"


def _slots(unit: Unit, shared: set[str]) -> dict[tuple[str, str], str]:
    """Return single words that stand between shared ones, by the shared words next to them."""
    padded = ["", *unit.order, ""]
    found = {}
    for place in range(1, len(padded) - 1):
        word = padded[place]
        before, after = padded[place - 1], padded[place + 1]
        if word not in shared and (before in shared or not before) and (after in shared or not after):
            found[before, after] = word
    return found


def _order(a: Unit, b: Unit, shared: Sequence[str]) -> float:
    """Return how much of the shared words stands in one order in both: share of neighbours kept."""
    if len(shared) < FEW:
        return UNTOLD
    both = set(shared)
    one = [word for word in a.order if word in both]
    two = [word for word in b.order if word in both]
    pairs = set(zip(one, one[1:], strict=False))
    other = set(zip(two, two[1:], strict=False))
    most = max(len(pairs), len(other))
    return len(pairs & other) / most if most else 0.0
