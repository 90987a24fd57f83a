"""Half two: rows read from a case, and what is made of them across stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from reportedly.types.speech import Commitment, Kind, Tie, TimeMention, Voice
from reportedly.types.text import Span


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story as the case keeps it.

    page: the name of the page, as first given. published: ISO 8601 calendar date as fine as it is known.
    published_at: full timestamp where the page states a time of day.
    """

    id: str
    page_id: str
    page: str
    index: int
    text: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    agency: str | None = None
    url: str | None = None
    published: str | None = None
    published_at: str | None = None
    language: str = "und"
    partial: bool = False


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement as the case keeps it.

    spans: of the content, in the story's text. chain, via, voice, commitments: as in `types.Statement`, the
    voices without their evidence.
    names: (name, label) of each mention in the content, numbers included (label "NUM").
    times: the claim's; said: those of the telling. factuality: of the content's main predicate, -3 to 3.
    row: its row in the corpus's matrix of vectors, -1 without one.
    """

    id: str
    story_id: str
    kind: Kind
    content: str
    spans: tuple[Span, ...]
    cue: str | None
    source: str | None
    voice: Voice
    via: tuple[Voice, ...]
    chain: tuple[str | None, ...]
    commitment: Commitment | None
    commitments: tuple[Commitment | None, ...]
    confidence: float
    parent: str | None = None
    names: tuple[tuple[str, str], ...] = ()
    times: tuple[TimeMention, ...] = ()
    ties: tuple[Tie, ...] = ()
    row: int = -1
    said: tuple[TimeMention, ...] = ()
    factuality: float | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything half two reads, in a fixed order: stories by (published, id), statements by story and place.

    vectors: (rows, 384) float32, unit rows.
    """

    stories: tuple[StoryRow, ...]
    statements: tuple[StatementRow, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor across stories. names: all it goes by, the usual one first. kind: an `ActorKind`, "outlet",
    "office" (a post, by whoever holds it) or "document"."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actors:
    """Who is who across stories. What is undecided is in none of the mappings.

    entries: by id. mentions: (story id, name as it stands) -> actor id. outlets: story id -> id of the outlet
    that published it. speakers: statement id -> id of who said it (its innermost voice: a person, office,
    organisation, document or outlet that is named). parties: actor id -> id of the organisation that it
    speaks for (spokesman, chief, minister); the two are one ground. cited: statement id -> ids of the outlets
    and agencies on the way, outermost first.
    """

    entries: Mapping[str, ActorEntry]
    mentions: Mapping[tuple[str, str], str]
    outlets: Mapping[str, str]
    speakers: Mapping[str, str]
    parties: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)


class ReuseKind(StrEnum):
    """How two stories that share text stand to each other."""

    REPRINT = "reprint"  # one is the other, whole
    TRIM = "trim"  # one is part of the other
    REWRITE = "rewrite"  # passages, some lightly edited
    WIRE = "wire"  # both carry the same agency's text
    SAME_SPEAKER = "same-speaker"  # they share nothing but quoted words


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that two stories share.

    a, b: where, in each story's text. quoted: inside quotation, in one of them at least.
    """

    a: Span
    b: Span
    exact: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two stories that share text.

    a, b: story ids, the earlier first where that is known. origin: the id of the one that came first, None
    where it cannot be told. shared_a, shared_b: share of each story's characters, in [0, 1].
    """

    a: str
    b: str
    kind: ReuseKind
    origin: str | None
    shared_a: float
    shared_b: float
    passages: tuple[Passage, ...]
    reasons: tuple[str, ...]


class Relation(StrEnum):
    """How one statement stands to another about the same matter."""

    SAME = "same"
    HEDGED = "hedged"  # a says "may" of what b says flatly: linked claims, no support
    DENIAL = "denial"  # a denies b
    CONTRADICTION = "contradiction"  # another number, date, or the opposite
    CORRECTION = "correction"  # a corrects what its outlet said as b
    RETRACTION = "retraction"  # a withdraws b
    DISTORTION = "distortion"  # a took b's wording over and changed a number or dropped a "may"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements (ids) and how a stands to b, feature by feature. score: in [0, 1]."""

    a: str
    b: str
    relation: Relation
    score: float
    reasons: tuple[str, ...]


class How(StrEnum):
    """By what one story or statement rests on another."""

    REPRINT = "reprint"
    REWRITE = "rewrite"
    WIRE = "wire"
    CITES = "cites"
    SAME_SPEAKER = "same-speaker"
    SAME_DOCUMENT = "same-document"
    SAME_EVENT = "same-event"  # one press conference, one hearing
    SAME_STORY = "same-story"  # a story's own words, and the source that it gives for them elsewhere


@dataclass(frozen=True, slots=True)
class Derivation:
    """A statement rests on another, or on something outside of the corpus.

    source, target: statement ids; `target` rests on `source`. outside: what it rests on where that is no
    statement of the corpus ("Al Arabiya"), then `source` is None. certain: must, not may. evidence: the
    words.
    """

    target: str
    source: str | None
    how: How
    credited: bool
    certain: bool
    evidence: str
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind a claim: low..high, with their grounds.

    grounds: for `high`, the statement ids that rest on one origin each. low merges what may be one.
    outside: origins whose words are not in the corpus. reasons: sentences for a person, one a merge or doubt.
    """

    low: int
    high: int
    grounds: tuple[tuple[str, ...], ...]
    outside: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The statements, across stories, that assert the same thing.

    text: a sentence of its own sources' words. support, against: statement ids in order of time. hedged:
    statements that say no more than "may". loops: cycles of story ids in order. first_seen: ISO date, None
    where no story is dated ("cannot order: undated").
    """

    id: str
    text: str
    actors: tuple[str, ...]
    support: tuple[str, ...]
    against: tuple[str, ...]
    derivations: tuple[Derivation, ...]
    origins: Origins
    loops: tuple[tuple[str, ...], ...] = ()
    distortions: tuple[Pair, ...] = ()
    hedged: tuple[str, ...] = ()
    first_seen: str | None = None
    disputes: tuple[Pair, ...] = field(default_factory=tuple)
