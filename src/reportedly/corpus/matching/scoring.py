"""What a comparison amounts to: the same claim, its hedged form, its opposite, another number, or nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.corpus.matching.features import Comparison
from reportedly.types.claims import Relation

BIAS = -9.4
WEIGHTS = {
    "poorer": 2.2,
    "richer": 2.0,
    "mass": 1.9,
    "plain": 0.9,
    "plain_mass": 3.5,
    "vector": 2.8,
    "topic": 2.1,
    "order": 2.6,
    "numbers": 1.4,
    "counted": 1.3,
    "full": 1.1,
    "ties": 2.5,
}
"""Fitted; see docs/explanation/claims.md for the data and the figures."""
MOST_MASS, MOST_PLAIN, MOST_NUMBERS, FULL = 12.0, 8.0, 2, 0.95
ALIKE, PERHAPS = 0.45, 0.28
"""Probability, differences left aside, from which two statements are taken to be about one matter: in any
case, and where both are the same as a third one."""
FLIPPED = 0.5
"""Share of the shared words on which polarity or commitment must differ for the units to differ in it."""
NO_VECTOR = 0.6
HEDGE_TOLD = "one says that it may be"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How unit a stands to unit b. relation: None where they only look alike. alike: probability that they
    are about one matter, differences left aside. hedged: which side is, "" for neither."""

    relation: Relation | None
    score: float
    differences: tuple[str, ...]


def likeness(one: Comparison) -> float:
    """Return the probability that two units are about one matter, differences left aside."""
    poorer, richer = max(one.cover_a, one.cover_b), min(one.cover_a, one.cover_b)
    measures = {
        "poorer": poorer,
        "richer": richer,
        "mass": min(one.mass, MOST_MASS) / MOST_MASS,
        "plain": one.plain,
        "plain_mass": min(one.plain_mass, MOST_PLAIN) / MOST_PLAIN,
        "vector": (NO_VECTOR if one.vector is None else one.vector) - NO_VECTOR,
        "topic": one.topic,
        "order": one.order,
        "numbers": min(len(one.same_numbers), MOST_NUMBERS),
        "counted": min(one.counted, MOST_NUMBERS),
        "full": float(poorer > FULL),
        "ties": min(one.ties, 1),
    }
    total = BIAS + sum(WEIGHTS[name] * value for name, value in measures.items())
    return 1 / (1 + math.exp(-total))


def judge(one: Comparison, taken: bool, least: float = ALIKE) -> Verdict:
    """Return how two units stand to each other.

    taken: one's words were taken over from the other's story. least: likeness from which they are about one
    matter.
    """
    score = likeness(one)
    if score < least:
        return Verdict(None, score, ())
    differences = tuple(_differences(one, taken))
    relation, why = _relation(one, differences)
    return Verdict(relation, score, (*differences, *why))


def _relation(one: Comparison, differences: tuple[str, ...]) -> tuple[Relation | None, tuple[str, ...]]:
    """Return how units about one matter stand, and what tells so beside the differences."""
    if one.negation > FLIPPED and one.opposites:
        return (None if differences else Relation.SAME), one.opposites
    if one.negation > FLIPPED:
        return Relation.DENIAL, ()
    if one.opposites:
        return Relation.CONTRADICTION, one.opposites
    if differences:
        return (Relation.CONTRADICTION if _same_matter(one) else None), ()
    if one.wish > FLIPPED:
        return None, ()
    return (Relation.HEDGED, (HEDGE_TOLD,)) if one.hedge > FLIPPED else (Relation.SAME, ())


def _same_matter(one: Comparison) -> bool:
    return bool(one.numbers) or bool(one.changed)


def _differences(one: Comparison, taken: bool) -> Iterator[str]:
    for number in one.numbers:
        yield f"number: {number}"
    for name in one.names:
        yield f"name: {name}"
    if not taken:
        for day in one.days:
            yield f"time: {day}"
    for word in one.changed:
        yield f"word: {word}"
