"""Doc -> what the text of a story holds beside who says it: names, numbers, and vectors of its stretches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reportedly.model.syntax import ENTITIES
from reportedly.model.whole_text import whole_text
from reportedly.types import Encoding, Mention, MentionLabel, Pool, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_IN_NUMBERS = frozenset({".", ",", "%", "percent", "per", "cent", "$", "€", "£"})
"""What may stand within or beside a number and belong to it; a run of these alone is none."""


def mentions(doc: Doc) -> tuple[Mention, ...]:
    """Return the entities of a text and its numbers outside them, in order. No entities without that head."""
    text = whole_text(doc)
    found = [*_entities(doc, text), *_numbers(doc, text)]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.span.end, one.label)))


def sentences(doc: Doc) -> tuple[Span, ...]:
    """Return the sentences of a text that hold more than blanks, in order; the whole where none begins."""
    if not doc.has_annotation("SENT_START"):
        text = whole_text(doc)
        return (Span(0, len(text)),) if text.strip() else ()
    spans = ((sent.start_char, sent.start_char + len(sent.text.rstrip())) for sent in doc.sents)
    return tuple(Span(start, end) for start, end in spans if start < end)


def pool(doc: Doc) -> Pool | None:
    """Return the vectors of the text's word pieces, else those of its sentences, None where it has neither.

    Reads ``user_data["encoding"]`` (`Encoding.heads`, "vector") and ``user_data["vectors"]``, one row a
    sentence of ``doc.sents``.
    """
    encoding: Encoding | None = doc.user_data.get("encoding")
    if encoding is not None and len(encoding.heads.get("vector", ())):
        return Pool(encoding.offsets, encoding.heads["vector"])
    rows = doc.user_data.get("vectors")
    if rows is None or not len(rows) or not doc.has_annotation("SENT_START"):
        return None
    bounds = np.array([(sent.start_char, sent.end_char) for sent in doc.sents], np.int32)
    return Pool(bounds, rows) if len(bounds) == len(rows) else None


def _entities(doc: Doc, text: str) -> Iterator[Mention]:
    for entity in doc.ents:
        label = ENTITIES.get(entity.label_)
        if label and entity.text.strip():
            words = entity.text
            start = entity.start_char + len(words) - len(words.lstrip())
            yield _mention(text, MentionLabel(label), start, entity.start_char + len(words.rstrip()))


def _numbers(doc: Doc, text: str) -> Iterator[Mention]:
    """Yield the longest runs of number words; "a" and "one" alone count nothing."""
    run: list[Token] = []
    for token in (*doc, None):
        if token is not None and not token.ent_type_ and (token.like_num or token.lower_ in _IN_NUMBERS):
            run.append(token)
            continue
        while run and not run[-1].like_num and run[-1].lower_ not in {"%", "percent", "cent"}:
            run.pop()
        while run and run[0].lower_ in {".", ",", "per"}:
            run.pop(0)
        if any(one.like_num and one.lower_ != "one" for one in run):
            yield _mention(text, MentionLabel.NUM, run[0].idx, run[-1].idx + len(run[-1]))
        run = []


def _mention(text: str, label: MentionLabel, start: int, end: int) -> Mention:
    return Mention(" ".join(text[start:end].split()), label, Span(start, end))
