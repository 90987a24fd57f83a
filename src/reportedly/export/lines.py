"""The JSON lines of a statement and of a story: the public contract, made in this one place.

docs/reference/statement-line.md explains every key; ``statement.schema.json`` and ``story.schema.json`` in
this package say the same to a machine. A test holds code, schemas and pages together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from importlib import resources
from typing import TYPE_CHECKING, Literal, cast

from reportedly.types import OffsetMap

if TYPE_CHECKING:
    from reportedly.types import (
        Actor,
        Edit,
        Excerpt,
        JsonObject,
        SetAside,
        Span,
        Statement,
        Story,
        Tie,
        TimeMention,
        Voice,
    )

CONTRACT = 1
"""Version of the contract, in every line. Adding a key keeps it; renaming or removing one raises it."""


def statement_line(page_name: str, story: Story, statement: Statement) -> JsonObject:
    """Return one statement as a JSON object; ``page_name`` is the path or URL as it was given.

    ``start``/``end`` count characters of the story's text, ``page_start``/``page_end`` those of the page.
    """
    quote = _Quoter(story)
    stance = statement.stance
    return {
        "contract": CONTRACT,
        "id": statement.id,
        "page": page_name,
        "story": story.index,
        "title": story.metadata.title,
        "outlet": story.metadata.outlet,
        "published": _published(story),
        "language": story.language,
        "partial": story.partial,
        "kind": str(statement.kind),
        "source": _excerpt(statement.source),
        "cue": _excerpt(statement.cue),
        "content": [_excerpt(piece) for piece in statement.content],
        "voice": _voice(quote, statement.voice),
        "chain": list(statement.chain),
        "via": [_voice(quote, voice) for voice in statement.via],
        "commitment": _word(statement.commitment),
        "commitments": [_word(one) for one in statement.commitments],
        "markers": quote.all(stance.markers if stance else ()),
        "factuality": None if stance is None or stance.factuality is None else round(stance.factuality, 3),
        "presupposed": quote.all(statement.presupposed),
        "times": [_time(quote, time) for time in statement.times],
        "said": [_time(quote, time) for time in statement.said],
        "ties": [_tie(quote, tie) for tie in statement.ties],
        "parent": statement.parent,
        "confidence": round(statement.confidence, 4),
    }


def story_line(page_name: str, story: Story) -> JsonObject:
    """Return one story as a JSON object: its metadata, its text, and what was set aside and why."""
    told = story.metadata
    return {
        "contract": CONTRACT,
        "id": story.id,
        "page": page_name,
        "story": story.index,
        "title": told.title,
        "section": told.section,
        "outlet": told.outlet,
        "byline": told.byline,
        "agency": told.agency,
        "place": told.place,
        "url": told.url,
        "published": _published(story),
        "published_at": told.published.at if told.published else None,
        "precision": str(told.published.precision) if told.published else None,
        "origins": dict(told.origins),
        "language": story.language,
        "partial": story.partial,
        "text": story.text,
        "page_start": story.page_start,
        "page_end": story.page_end,
        "set_aside": [_set_aside(block) for block in story.set_aside],
        "dateline": _span(story.dateline) if story.dateline else None,
        "headings": [_span(span) for span in story.headings],
        "captions": [_span(span) for span in story.captions],
        "edits": [_edit(edit) for edit in story.edits],
    }


def dumps(line: JsonObject) -> str:
    """Return ``line`` as one line of JSON, in the story's own script rather than escapes."""
    return json.dumps(line, ensure_ascii=False, separators=(", ", ": "))


def schema(kind: Literal["statement", "story", "claim", "reuse"]) -> JsonObject:
    """Return the JSON Schema (2020-12) of one kind of line."""
    file = resources.files("reportedly.export").joinpath(f"{kind}.schema.json")
    return cast("JsonObject", json.loads(file.read_text(encoding="utf-8")))


def _published(story: Story) -> str | None:
    return story.metadata.published.value if story.metadata.published else None


def _excerpt(excerpt: Excerpt | None) -> JsonObject | None:
    if excerpt is None:
        return None
    return {
        "text": excerpt.text,
        "start": excerpt.start,
        "end": excerpt.end,
        "page_start": excerpt.page_start,
        "page_end": excerpt.page_end,
    }


class _Quoter:
    """Quotes a story's words with their places; maps no offset before one is asked for."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._places: OffsetMap | None = None

    def one(self, span: Span) -> JsonObject:
        self._places = self._places or OffsetMap(self._story)
        page_start, page_end = self._places.page_span(span.start, span.end)
        return {
            "text": self._story.text[span.start : span.end],
            "start": span.start,
            "end": span.end,
            "page_start": page_start,
            "page_end": page_end,
        }

    def all(self, spans: Iterable[Span]) -> list[JsonObject]:
        return [self.one(span) for span in spans]


def _word(value: StrEnum | None) -> str | None:
    return None if value is None else str(value)


def _voice(quote: _Quoter, voice: Voice) -> JsonObject:
    return {
        "name": voice.name,
        "kind": _word(voice.kind),
        "role": voice.role,
        "affiliation": voice.affiliation,
        "number": _word(voice.number),
        "country": voice.country,
        "anonymous": voice.anonymous,
        "of_itself": voice.of_itself,
        "reason": voice.reason,
        "candidates": [{"name": one.name, "score": round(one.score, 4)} for one in voice.candidates],
        "evidence": quote.all(voice.evidence),
    }


def _time(quote: _Quoter, time: TimeMention) -> JsonObject:
    return {
        "span": quote.one(time.span),
        "start": time.start,
        "end": time.end,
        "precision": _word(time.precision),
        "anchor": str(time.anchor),
        "reason": time.reason,
    }


def _tie(quote: _Quoter, tie: Tie) -> JsonObject:
    return {
        "subject": _actor(quote, tie.subject),
        "relation": tie.relation,
        "plover": tie.plover,
        "object": _actor(quote, tie.object),
        "negated": tie.negated,
        "span": quote.one(tie.span),
        "confidence": round(tie.confidence, 4),
    }


def _actor(quote: _Quoter, actor: Actor) -> JsonObject:
    return {
        "name": actor.name,
        "kind": str(actor.kind),
        "state": actor.state,
        "span": quote.one(actor.span),
    }


def _span(span: Span) -> JsonObject:
    return {"start": span.start, "end": span.end}


def _set_aside(block: SetAside) -> JsonObject:
    return {
        "page_start": block.page_start,
        "page_end": block.page_end,
        "text": block.text,
        "reason": block.reason,
    }


def _edit(edit: Edit) -> JsonObject:
    return {
        "page_start": edit.page_start,
        "page_end": edit.page_end,
        "replacement": edit.replacement,
        "reason": edit.reason,
    }
