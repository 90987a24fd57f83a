"""What the sourcing tree is made of: nodes, edges, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reportedly.export.lineage.claim import Claim, Saying, Side
from reportedly.export.lineage.days import When

SHARED = {"same-speaker": "one speaker", "same-document": "one document", "same-event": "one event"}
"""Derivations by which neither has it from the other: both have it from a third."""
WITHIN = "same-story"
"""The derivation of a story's lead from the source that it gives further down."""
UNRECORDED = "lineage not recorded"
WITHDRAWING = ("retraction", "correction")


class Shape(StrEnum):
    """What a node is."""

    SAYING = "saying"
    VOICE = "voice"  # whom stories of the case have it from
    OUTSIDE = "outside"  # an outlet or agency without a story in the case
    FOLD = "fold"  # several sayings that are alike


class Tie(StrEnum):
    """What an edge is."""

    RESTS = "rests"  # the target has it from the source
    CHANGES = "changes"  # and changed the wording
    ANSWERS = "answers"  # the source speaks against the target
    PERHAPS = "perhaps"  # the two may be one


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the picture.

    name: of a voice, an outside origin or a fold. about: a few more words on it. members: the statements, the
    one whose words are shown first; none for a voice or an outside origin. when: its place in time; NEVER for
    what stands before time. lane: the outlet, or the story where it names none. grounds: numbers of the
    origins that it rests on. root: one begins with it.
    """

    key: str
    shape: Shape
    side: Side
    lane: str
    members: tuple[Saying, ...]
    when: When
    name: str = ""
    about: str = ""
    grounds: tuple[int, ...] = ()
    root: bool = False

    @property
    def first(self) -> Saying:
        """The statement whose words are shown."""
        return self.members[0]


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow. hows: by what. evidence: the words that show it. loop: part of a circle."""

    source: str
    target: str
    tie: Tie
    certain: bool = True
    credited: bool = True
    hows: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    loop: bool = False

    @property
    def bears(self) -> bool:
        """Whether something was had from something: not an answer, not a doubt."""
        return self.tie in {Tie.RESTS, Tie.CHANGES}


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by key, those before time first, then in the claim's order; edges; the claim itself."""

    claim: Claim
    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    def node_of(self) -> dict[str, str]:
        """Return the key of the node of each statement."""
        return {saying.id: node.key for node in self.nodes.values() for saying in node.members}
