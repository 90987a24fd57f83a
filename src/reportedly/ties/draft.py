"""A tie in the making, and what makes a good one of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.ties.lexicon import table, words
from reportedly.types import Actor, ActorKind, Span, Tie

_PRONOUN = 0.75
_NO_CLASS = 0.8
_NAMELESS = 0.8
_LEAVING = frozenset({ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.GROUP})


@dataclass(frozen=True, slots=True)
class Predicate:
    """What ties two actors. weight: in [0, 1], how far the pattern that found it can be relied on.

    owned: one of the actors is only the owner of what the words name ("sank Iranian boats").
    """

    relation: str
    plover: str | None
    span: Span
    negated: bool = False
    weight: float = 1.0
    owned: bool = False


def tied(predicate: Predicate, subjects: Iterable[Actor], objects: Iterable[Actor]) -> list[Tie]:
    """Return the ties of every subject with every object that can be told apart and from a pronoun."""
    return [
        tie
        for subject in subjects
        for other in objects
        if (tie := _tie(predicate, subject, other)) is not None
    ]


def _tie(predicate: Predicate, subject: Actor, other: Actor) -> Tie | None:
    weak = (subject.name in words("pronouns")) + (other.name in words("pronouns"))
    if weak == 2 or subject.name == other.name or _overlap(subject.span, other.span):
        return None
    if not _goes(predicate, subject, other):
        return None
    hard = _hard_enough(predicate, subject, other)
    if not hard and predicate.owned:
        return None
    plover = predicate.plover if hard else None
    if predicate.relation == "welcome" and other.kind not in (ActorKind.PERSON, ActorKind.GROUP):
        plover = "SUPPORT"  # a body is not received at a door
    if subject.kind is ActorKind.GROUP and subject.name not in words("pronouns"):
        plover = table("by_crowds").get(predicate.relation, plover)
    confidence = 0.95 * predicate.weight * _PRONOUN**weak * (1.0 if plover else _NO_CLASS)
    if not weak and not _specific(subject) and not _specific(other):
        confidence *= _NAMELESS
    return Tie(
        subject=subject,
        relation=predicate.relation,
        plover=plover,
        object=other,
        negated=predicate.negated,
        span=predicate.span,
        confidence=round(confidence, 3),
    )


def _hard_enough(predicate: Predicate, subject: Actor, other: Actor) -> bool:
    """ "Defeated" and "hit" are violence among states and the armed, elections and sport among others."""
    if not _is_one_of(predicate, "guarded"):
        return True
    hard = (ActorKind.STATE, ActorKind.ARMED_GROUP)
    return subject.kind in hard or other.kind in hard or {subject.kind, other.kind} == {ActorKind.GROUP}


def _goes(predicate: Predicate, subject: Actor, other: Actor) -> bool:
    """Going to a state is a visit when no crowd goes; leaving one is a retreat when no person leaves."""
    if _is_one_of(predicate, "motion"):
        return subject.kind is not ActorKind.GROUP and other.kind is not ActorKind.PLACE
    if predicate.relation in words("leaving"):
        return subject.kind in _LEAVING and subject.name not in words("pronouns")
    return True


def _is_one_of(predicate: Predicate, name: str) -> bool:
    parts = predicate.relation.split()
    return any(word in words(name) for word in (predicate.relation, parts[0], parts[-1]))


def _specific(actor: Actor) -> bool:
    """Whether the words tell this actor from others: a name, a state, an armed group."""
    return (
        actor.state is not None or actor.kind is ActorKind.ARMED_GROUP or any(c.isupper() for c in actor.name)
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
