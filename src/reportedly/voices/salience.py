"""What speaks for and against one name, noun or pronoun as the antecedent of a pronoun: named features.

The features are the classic ones: number and gender, distance, role and parallel role (Hobbs 1978; Lappin and
Leass 1994), the binding conditions (Chomsky 1981), how often and where the passage names somebody. Each is a
string, true or absent, so that the weights beside it (``pronouns.json``) can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportedly.voices.agreement import Case
from reportedly.voices.clauses import Clauses, Place, Role


class Sort(StrEnum):
    """What an item is."""

    NAME = "name"
    NOUN = "noun"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a pronoun may go back to.

    fits: whether gender, number and kind agree with the pronoun: "yes", "no", "person" (a person, of unknown
        gender), "unknown".
    cluster: of a name, -1 for others. short: a name in a shorter form than its longest.
    quoted: number of the quotation it stands in, 0 outside.
    """

    sort: Sort
    place: Place
    fits: str
    cluster: int = -1
    short: bool = False
    quoted: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What the whole story says of one cluster. first: it is the first named one; counts are of mentions."""

    count: int
    subjects: int
    first: bool
    most: bool


_SUBJECTS: Final = frozenset({Role.SUBJECT, Role.PASSIVE})
_DISTANCES: Final = (3, 6, 12, 24, 48)


def describe(item: Item, pronoun: Item, case: Case, clauses: Clauses) -> list[str]:
    """Return the features of an item as antecedent of a pronoun, apart from those of rank and standing."""
    ahead = item.place.first > pronoun.place.first
    gap = abs(pronoun.place.sentence - item.place.sentence)
    near = f"after{min(gap, 2)}" if ahead else f"{min(gap, 4)}"
    sort, place = item.sort, item.place
    role = Role.SUBJECT if place.role is Role.PASSIVE else place.role
    found = [
        f"{sort}",
        f"{sort} {near}",
        f"{case} {near}",
        f"{sort} fits {item.fits}",
        f"role {role} {near}",
        f"{case} role {role}",
    ]
    found.append(f"{'after' if ahead else 'tokens'} {_bucket(item, pronoun)}")
    if gap <= 1:
        found.append(f"{case} {role} {near}")
    if clauses.parsed:
        found.append(f"depth {min(clauses.depth(place.clause), 2)} {near}")
    if place.joined:
        found.append(f"joined {place.joined}")
    if place.first and clauses.lower[place.first - 1] == "(":
        found.append("bracketed")
    if clauses.coordinated(place.head):
        found.append("coordinated")
    if place.role is Role.PASSIVE:
        found.append("passive")
    if item.sort is Sort.NAME:
        found.append(f"short {item.short}")
    if pronoun.quoted != item.quoted:
        found.append("quoted pronoun" if pronoun.quoted else "quoted item")
    if place.paragraph != pronoun.place.paragraph:
        found.append(f"paragraph {min(pronoun.place.paragraph - place.paragraph, 2)}")
    found.extend(_parallel(item, pronoun, case, near))
    found.extend(_bound(item, pronoun, case, clauses))
    return found


def _bucket(item: Item, pronoun: Item) -> int:
    apart = abs(pronoun.place.first - item.place.head)
    return sum(apart >= edge for edge in _DISTANCES)


def _parallel(item: Item, pronoun: Item, case: Case, near: str) -> Iterator[str]:
    one, other = item.place.role, pronoun.place.role
    if case is Case.OWNER:
        if one is Role.OWNER:
            yield f"both own {near}"
        return
    if one == other or {one, other} <= _SUBJECTS:
        yield f"parallel {near}"
        yield f"parallel {other}"


def _bound(item: Item, pronoun: Item, case: Case, clauses: Clauses) -> Iterator[str]:
    """Yield what the tree says about the two; nothing without a parse."""
    if not clauses.parsed or item.place.sentence != pronoun.place.sentence:
        return
    above, under = clauses.above(pronoun.place.head), clauses.above(item.place.head)
    own, other = item.place, pronoun.place
    subject = own.role in _SUBJECTS
    ahead = own.first > other.first
    if own.domain == other.domain:
        yield from _local(item, pronoun, case, ahead)
    elif subject and own.clause in above:
        yield f"commands {'after' if ahead else 'before'}"
        yield f"commands {case}"
    elif other.role in _SUBJECTS and case is Case.SUBJECT and other.clause in under:
        yield f"commanded {'after' if ahead else 'before'}"
    elif own.role is Role.OWNER and _owner_commands(own, above, clauses):
        yield "owner commands"
    if case is Case.OWNER and clauses.heads[other.head] in {own.head, *under}:
        yield "owned by pronoun"
    if own.head in above:
        yield f"holds pronoun by {_link(own.head, other.head, above, clauses)}"
    if other.head in under:
        yield "held by pronoun"


def _local(item: Item, pronoun: Item, case: Case, ahead: bool) -> Iterator[str]:
    own, other = item.place, pronoun.place
    side = "after" if ahead else "before"
    if case is Case.OWNER:
        yield f"own clause {'subject' if own.role in _SUBJECTS else 'other'} {side}"
    elif case is Case.REFLEXIVE:
        yield f"reflexive {'subject' if own.role in _SUBJECTS else 'other'}"
    elif own.role is Role.OWNER:
        yield f"own clause owner {side}"
    elif own.clause != other.clause and case is Case.SUBJECT:
        yield f"chained clause {side}"
    else:
        yield f"coargument {'subject' if own.role in _SUBJECTS else 'other'} {side}"


def _owner_commands(own: Place, above: list[int], clauses: Clauses) -> bool:
    owned = clauses.heads[own.head]
    return clauses.deps[owned] in {"nsubj", "nsubj:pass", "nsubjpass"} and clauses.heads[owned] in above


def _link(top: int, bottom: int, above: list[int], clauses: Clauses) -> str:
    path = [bottom, *above]
    return clauses.deps[path[path.index(top) - 1]]


def standing(place: int, cluster: Standing, case: Case) -> list[str]:
    """Return the features of a cluster's standing in the story and of its rank among those near.

    place: how many other clusters that fit were named between it and the pronoun.
    """
    found = [
        f"rank {min(place, 3)}",
        f"{case} rank {min(place, 2)}",
        f"count {min(cluster.count, 5)}",
        f"subjects {min(cluster.subjects, 3)}",
    ]
    if cluster.first:
        found.append("first named")
    if cluster.most:
        found.append(f"most named {min(cluster.count, 3)}")
    return found
