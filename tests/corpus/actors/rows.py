"""Corpora by hand: stories and statements as half one would have written them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from reportedly.types import Kind, Span, Voice, VoiceKind
from reportedly.types.claims import Corpus, StatementRow, StoryRow


def story(name: str, text: str, **given: Any) -> StoryRow:
    """Return a story, by default of outlet "Paper NAME" and one day."""
    given = {"outlet": f"Paper {name}", "published": "2020-03-01"} | given
    return StoryRow(id=name, page_id=f"page {name}", page=f"{name}.txt", index=0, text=text, **given)


def said(of: StoryRow, words: str, voice: Voice | None, **given: Any) -> StatementRow:
    """Return a statement of a story with these words as its content; without a voice it is the author's."""
    start = of.text.index(words)
    author = Voice(of.outlet, VoiceKind.AUTHOR)
    kind = Kind.INDIRECT if voice else Kind.AUTHOR
    fields = {
        "kind": kind,
        "source": None,
        "cue": None,
        "via": (),
        "chain": (of.outlet,),
        "confidence": 0.9,
    } | given
    return StatementRow(
        id=f"{of.id} {start}",
        story_id=of.id,
        content=words,
        spans=(Span(start, start + len(words)),),
        voice=voice or author,
        commitment=None,
        commitments=(),
        **fields,
    )


def person(name: str, role: str | None = None, affiliation: str | None = None) -> Voice:
    """Return a named person's voice."""
    return Voice(name, VoiceKind.PERSON, role=role, affiliation=affiliation)


def body(name: str) -> Voice:
    """Return the voice of a body with a name."""
    return Voice(name, VoiceKind.ORGANISATION)


def unnamed(kind: VoiceKind, role: str, affiliation: str | None = None, *, anonymous: bool = False) -> Voice:
    """Return the voice of somebody or something without a name."""
    return Voice(None, kind, role=role, affiliation=affiliation, anonymous=anonymous)


def corpus(stories: Sequence[StoryRow], statements: Sequence[StatementRow]) -> Corpus:
    """Return a corpus without vectors."""
    return Corpus(tuple(stories), tuple(statements), np.zeros((0, 384), np.float32))
