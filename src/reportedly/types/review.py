"""Judgements: what people say of what was read. Append-only, anchored on words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.types.speech import VoiceKind


class Subject(StrEnum):
    """What a judgement is about."""

    STATEMENT = "statement"  # the words of a statement: who, that, what
    VOICE = "voice"  # who its source is
    MISSING = "missing"  # a statement that was not found
    SAME_CLAIM = "same-claim"  # whether two statements make one claim: merges and splits claims
    SAME_ACTOR = "same-actor"  # whether two names are one actor: merges and splits actors
    UNDO = "undo"  # takes another judgement back


class Verdict(StrEnum):
    """What a judgement says. Of two things: `RIGHT` if they are the same, `WRONG` if they are not."""

    RIGHT = "right"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that were judged. role: "source", "cue" or "content". start, end: in the story's text then."""

    role: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one statement, by place and letter.

    story: number of the story on its page. text_hash: `content_id` of the story's text when it was judged;
    while it is the same, the offsets hold; once it is another, the words are looked for.
    """

    page_id: str
    story: int
    text_hash: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """Who the source is instead. Fields as in `types.Voice`."""

    name: str | None = None
    kind: VoiceKind | None = None
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """What is right instead: other words, another voice, or both."""

    quotes: tuple[Quote, ...] = ()
    voice: OtherVoice | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing that one person said, once.

    at: ISO 8601, UTC. words: of the statement judged, or of the two that are compared. names: the two names
    of `Subject.SAME_ACTOR`. undoes: id of the judgement that `Subject.UNDO` takes back.
    """

    id: str
    at: str
    by: str
    subject: Subject
    verdict: Verdict
    words: tuple[Words, ...] = ()
    names: tuple[str, ...] = ()
    instead: Instead | None = None
    note: str = ""
    undoes: str | None = None
