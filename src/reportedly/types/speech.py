"""Attributions, voices, commitment, times, ties, and the statements they make up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reportedly.types.text import Precision, Span

PLOVER: Final = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
"""The event classes of PLOVER, those that a tie's relation can have (Halterman et al. 2023, "POLECAT")."""


class Kind(StrEnum):
    """How a statement stands in its story."""

    DIRECT = "direct"  # all of its words stand in quotation marks
    INDIRECT = "indirect"  # none do
    MIXED = "mixed"  # some do
    AUTHOR = "author"  # nobody is named: the story says it in its own voice


class VoiceKind(StrEnum):
    """What a source is, once resolved (DESIGN.md)."""

    PERSON = "person"
    OFFICIAL = "official"
    GROUP = "group"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    OUTLET = "outlet"
    UNSPECIFIED = "unspecified"
    AUTHOR = "author"


class Commitment(StrEnum):
    """FactBank's values: how far a voice commits to a content (Sauri and Pustejovsky 2009)."""

    CT_PLUS = "CT+"
    PR_PLUS = "PR+"
    PS_PLUS = "PS+"
    CT_MINUS = "CT-"
    PR_MINUS = "PR-"
    PS_MINUS = "PS-"
    CT_U = "CTu"
    UU = "Uu"


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the encoder says about one text: one row a word piece, n in all. Never leaves half one.

    offsets: (n, 2) int32, character offsets of each piece in the text.
    emissions: (n, labels) float32, scores of the BIO labels of `reportedly.model.labels.LABELS`.
    dependent, head: (n, d) float32; their dot product scores "the span at this piece belongs to that cue".
    heads: what the other heads of the network say, by the name of the ONNX output, each (n, ...) float32;
        `reportedly.parse.heads` lists them.
    """

    offsets: NDArray[np.int32]
    emissions: NDArray[np.float32]
    dependent: NDArray[np.float32]
    head: NDArray[np.float32]
    heads: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content spans that belong together; any role but the content may be empty.

    confidence: in [0, 1], the model's own probability that these spans stand as they are.
    parent: place, in the tuple that holds this one, of the attribution in whose content it stands; always
        smaller than its own place. None for an outermost one.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    confidence: float
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Assertion:
    """A stretch of a story that it says in its own voice.

    presupposed: the words by which it treats the stretch as settled ("it is no secret that", "of course",
        "in fact"), without naming anybody; in or right before the span. Empty for a plain assertion.
    """

    span: Span
    confidence: float
    presupposed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a story with their place in story and page. ``story.text[start:end] == text`` always."""

    text: str
    start: int
    end: int
    page_start: int
    page_end: int


class Number(StrEnum):
    """How many people an unnamed source is."""

    ONE = "one"
    SEVERAL = "several"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several names that a source may stand for. score: in [0, 1], they add up to at most 1."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a statement's source is, in the words of the story.

    name: the fullest name the story gives ("Tony Duheaume"); None for a source without a name, whom `role`
        and `affiliation` describe.
    role: "spokesman", "expert in the Middle East"; affiliation: the body spoken for, "CIA".
    number, country, anonymous: of an unnamed source: how many, which state ("US", a country's usual name),
        whether the story says that anonymity was asked for.
    of_itself: a party speaking about its own conduct.
    evidence: the words in the story that the name, role and affiliation were read from; not the source span.
    reason: why nothing was found ("no antecedent", "agentless passive", ...), for `VoiceKind.UNSPECIFIED`.
    candidates: where two or more stand within the margin, all of them with scores; then `name` is None.
    """

    name: str | None = None
    kind: VoiceKind | None = None
    role: str | None = None
    affiliation: str | None = None
    number: Number | None = None
    country: str | None = None
    anonymous: bool = False
    of_itself: bool = False
    evidence: tuple[Span, ...] = ()
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Sourcing:
    """On whose word one attribution stands, seen from the attribution around it (or the story's outlet).

    voice: who speaks. via: outlets and documents on the way to them, outermost first: "told Reuters",
    "in a commentary in Al Arabiya", an agency credit.
    """

    voice: Voice
    via: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """How far each voice commits to one content.

    voice: the innermost voice's commitment. outlet: the story's own. between: those of the voices between
    them, outermost first (the attributions around this one). markers: the words that decided.
    factuality: the encoder's value for the content's main predicate, -3 (did not happen) to 3 (did), None
    where there is no predicate or no such head.
    """

    voice: Commitment
    outlet: Commitment
    between: tuple[Commitment, ...] = ()
    markers: tuple[Span, ...] = ()
    factuality: float | None = None


class Anchor(StrEnum):
    """What a time expression was counted from."""

    NONE = "none"  # it says a date whole, or nothing could be counted
    PUBLISHED = "published"  # the day the story was published
    TEXT = "text"  # another time expression of the story


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and the days that it means.

    start, end: first and last day, ISO 8601 calendar dates; None where that side is open or unknown.
    precision: the unit the words give ("last month": month). Both days None: unresolved, `reason` says why.
    """

    span: Span
    start: str | None
    end: str | None
    precision: Precision | None
    anchor: Anchor
    reason: str | None = None


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    ARMED_GROUP = "armed-group"
    GROUP = "group"  # a people, a party's followers, "protesters"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who does or undergoes something. span: the words. state: the country where the words say so."""

    name: str
    kind: ActorKind
    span: Span
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Who does what to whom. relation: lemma of the predicate, with its particle ("carry out").

    plover: PLOVER class (Open Event Data Alliance), upper case, None where it has none.
    span: the predicate's words. confidence: in [0, 1].
    """

    subject: Actor
    relation: str
    plover: str | None
    object: Actor
    negated: bool
    span: Span
    confidence: float


class MentionLabel(StrEnum):
    """What a mention is: an entity of the encoder's, or a number."""

    PER = "PER"
    ORG = "ORG"
    LOC = "LOC"
    NORP = "NORP"  # a nationality, a religion, a political group
    EVENT = "EVENT"
    NUM = "NUM"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a number in a text. name: its words on one line."""

    name: str
    label: MentionLabel
    span: Span


@dataclass(frozen=True, slots=True)
class Pool:
    """Vectors of n stretches of one text. Never leaves half one.

    offsets: (n, 2) int32, characters [start, end) of each stretch, in order. rows: (n, 384) float32.
    The vector of any span is the unit mean of the rows of the stretches that it touches.
    """

    offsets: NDArray[np.int32]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion, in one story, by one chain of voices.

    chain: names of the voices, outermost first; the first is the story's outlet, None where it names none.
        One without a name stands by its role and affiliation, else by the story's own words for it.
    via: the voices of the chain between outlet and `voice`, outermost first: voices of the attributions
        around this one and the outlets on the way. ``len(chain) == len(via) + 2``, or 1 for the author's own.
    commitments: parallel with `chain`, how far each voice commits to the content; None for an outlet on the
        way, which hands words on, and where nothing was measured.
    parent: id of the statement in whose content this one stands, None for an outermost one.
    presupposed: the words by which the story treats it as settled, for `Kind.AUTHOR`.
    times: the claim's: in its content, and in no content within it. said: those of the telling, in the
        sentence of the cue and outside the content.
    mentions: names and numbers in the content.
    vector: 384 little-endian float16 that make a unit vector of the content, None without such a head.
    """

    id: str
    page_id: str
    story_id: str
    kind: Kind
    source: Excerpt | None
    cue: Excerpt | None
    content: tuple[Excerpt, ...]
    chain: tuple[str | None, ...]
    confidence: float
    voice: Voice = Voice()
    commitment: Commitment | None = None
    parent: str | None = None
    via: tuple[Voice, ...] = ()
    stance: Stance | None = None
    commitments: tuple[Commitment | None, ...] = ()
    presupposed: tuple[Span, ...] = ()
    times: tuple[TimeMention, ...] = ()
    said: tuple[TimeMention, ...] = ()
    ties: tuple[Tie, ...] = ()
    mentions: tuple[Mention, ...] = ()
    vector: bytes | None = None
