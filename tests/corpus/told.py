"""Small corpora for the tests of matching, grouping and disputes: stories that are lists of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.types import Commitment, Kind, Span, Voice
from reportedly.types.claims import Actors, Corpus, StatementRow, StoryRow

NOBODY = Actors({}, {}, {}, {})


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. inside: place, in its story, of the statement in which it stands."""

    content: str
    cue: str | None = None
    source: str | None = None
    commitment: Commitment = Commitment.CT_PLUS
    factuality: float | None = 2.0
    names: tuple[tuple[str, str], ...] = ()
    inside: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One story."""

    name: str
    said: Sequence[Said | str]
    published: str | None = "2020-01-01"
    outlet: str | None = None
    title: str = ""


def corpus(*stories: Told) -> Corpus:
    """Return a corpus without vectors; ids are the story's name and the statement's place."""
    rows, statements = [], []
    for story in sorted(stories, key=lambda one: (one.published or "9", one.name)):
        said = [one if isinstance(one, Said) else Said(one) for one in story.said]
        text, made = "", []
        for place, one in enumerate(said):
            if one.inside is None:
                start = len(text)
                text += one.content + "\n"
            else:
                start = text.index(one.content)
            made.append(_statement(f"{story.name}{place}", story.name, one, start))
        rows.append(
            StoryRow(
                story.name,
                story.name,
                story.name,
                0,
                text,
                story.title,
                story.outlet,
                published=story.published,
            )
        )
        statements += made
    return Corpus(tuple(rows), tuple(statements), np.empty((0, 384), dtype=np.float32))


def _statement(name: str, story: str, one: Said, start: int) -> StatementRow:
    return StatementRow(
        id=name,
        story_id=story,
        kind=Kind.INDIRECT if one.cue else Kind.AUTHOR,
        content=one.content,
        spans=(Span(start, start + len(one.content)),),
        cue=one.cue,
        source=one.source,
        voice=Voice(),
        via=(),
        chain=(None,),
        commitment=one.commitment,
        commitments=(one.commitment,),
        confidence=1.0,
        parent=None if one.inside is None else f"{story}{one.inside}",
        names=one.names,
        factuality=one.factuality,
    )
