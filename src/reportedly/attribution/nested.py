"""Attributions inside another's content, to any depth.

The encoder tags every word once, so of "X said that documents show Y" it sees only the outer attribution.
Read again as a text of its own, the content shows the inner one. Contents are read level by level, each level
in one run of the encoder; only those are read that hold a word that reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from reportedly.attribution.assemble import Found, attributions, first_word
from reportedly.attribution.cue_words import cue_words, is_own_voice, words
from reportedly.attribution.enclosing import Node, depth, overlap, settled
from reportedly.attribution.grammar import with_sources
from reportedly.attribution.nouns import noun_attributions
from reportedly.attribution.passages import Ground, Passage, cut_out, passages
from reportedly.attribution.signs import Signs
from reportedly.attribution.tagging import tag
from reportedly.attribution.wording import Wording
from reportedly.model.meta import Meta
from reportedly.types import Attribution, Encoding, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Reread = Callable[[str], Encoding]

DEPTH = 6
"""Levels of contents that are read. Each is shorter than the one around it; this bounds hostile texts."""
MIN_CONFIDENCE = 0.3
"""From here on an inner attribution stands."""
_PRONOUNS = frozenset({"it", "this", "that", "so", "him", "her", "them", "me", "us", "you", "which", "what"})
MIN_WORDS = 4
"""Fewest words of a content that can hold another attribution."""


def with_nested(
    doc: Doc, found: Found, wording: Wording, reread: Reread, meta: Meta
) -> tuple[Attribution, ...]:
    """Return a reading's attributions and those inside them, each after the one it stands in.

    wording: that of the text of ``doc``.
    """
    sentences = np.array([sentence.start_char for sentence in doc.sents], dtype=np.int64)
    ground = Ground(wording, sentences, Signs(wording.text, doc.user_data["encoding"]))
    nodes = settled(wording.text, found)
    level = range(len(nodes))
    for _ in range(DEPTH):
        asked = _worth_reading(nodes, level, ground)
        if not asked:
            break
        before = len(nodes)
        for passage, inner in zip(asked, _readings(asked, reread, meta), strict=True):
            _add(nodes, passage, inner)
        level = range(before, len(nodes))
    _mend(doc, nodes)
    return _ordered(nodes)


def _mend(doc: Doc, nodes: Sequence[Node]) -> None:
    """Give inner attributions the sources that the parse shows inside their parents' contents."""
    inner = [node for node in nodes if node.parent is not None]
    for node, mended in zip(inner, with_sources(doc, [node.attribution for node in inner]), strict=True):
        around = nodes[node.parent].attribution.content if node.parent is not None else ()
        if all(any(a.start <= s.start and s.end <= a.end for a in around) for s in mended.source):
            node.attribution = mended


def _worth_reading(nodes: Sequence[Node], level: Sequence[int], ground: Ground) -> list[Passage]:
    """Return the passages of a level's contents that somebody else may speak in."""
    encloses = {node.parent for node in nodes if node.read_with_parent}
    found = (
        passage
        for number in level
        if number not in encloses
        for passage in passages(number, nodes[number].attribution.content, ground)
    )
    return [one for one in found if len(one.text.split()) >= MIN_WORDS]


def _readings(asked: Sequence[Passage], reread: Reread, meta: Meta) -> Iterator[Found]:
    """Yield what stands in each passage. All are encoded and tagged as paragraphs of one text, at once."""
    together = "\n".join(one.text for one in asked)
    encoding = reread(together)
    tags = tag(together, encoding, meta)
    at = 0
    for one in asked:
        first, last = np.searchsorted(encoding.offsets[:, 0], [at, at + len(one.text)]).tolist()
        part = cut_out(encoding, first, last, at)
        yield attributions(Wording(one.text), part, tags.part(first, last), meta)
        at += len(one.text) + 1


def _add(nodes: list[Node], passage: Passage, found: Found) -> None:
    """Append what a passage holds to the tree: what the encoder tagged, then what nouns report beside it."""
    inside = settled(passage.text, found)
    numbers: dict[int | None, int] = {None: passage.owner}
    for place in sorted(range(len(inside)), key=lambda number: depth(inside, number)):
        node = inside[place]
        numbers[place] = parent = numbers[node.parent]
        if _stands(node.attribution, passage.text):
            inner = _in_story(node.attribution, passage, nodes[passage.owner].attribution)
            if inner.content and not _known(nodes, parent, inner):
                numbers[place] = len(nodes)
                nodes.append(Node(inner, parent, node.read_with_parent))
    for one in noun_attributions(passage.text, Span(0, len(passage.text) - 1)):
        inner = _in_story(one, passage, nodes[passage.owner].attribution)
        if inner.content and not _touches(nodes, passage.owner, inner):
            nodes.append(Node(inner, passage.owner))


def _stands(one: Attribution, text: str) -> bool:
    """Tell whether what was tagged in a passage is somebody's report, not the speaker's own "I think"."""
    cue, source, content = (_said(spans, text) for spans in (one.cue, one.source, one.content))
    reports = [word for word in words(cue) if word in cue_words().every]
    if not reports or one.confidence < MIN_CONFIDENCE or is_own_voice(source, cue):
        return False
    least = 3 if reports[-1] in ("call", "calls", "called", "calling") else 1  # "he called his brother"
    return content.lower() not in _PRONOUNS and len(content.split()) >= least


def _said(spans: Sequence[Span], text: str) -> str:
    return " ".join(text[span.start : span.end] for span in spans)


def _in_story(one: Attribution, passage: Passage, outer: Attribution) -> Attribution:
    """Return the attribution with the story's offsets; it stands only if the one around it does."""

    def moved(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(place for span in spans for place in passage.in_story(span))

    sure = min(one.confidence, outer.confidence)
    return replace(
        one, source=moved(one.source), cue=moved(one.cue), content=moved(one.content), confidence=sure
    )


def _known(nodes: Sequence[Node], owner: int, inner: Attribution) -> bool:
    """Tell whether an attribution in the owner's content was found before, with the same cue."""
    here = [node.attribution for node in nodes if node.parent == owner]
    return any(overlap(one.cue, inner.cue) for one in here)


def _touches(nodes: Sequence[Node], owner: int, inner: Attribution) -> bool:
    """Tell whether an attribution in the owner's content shares its source, cue or words before its content.

    Inside another's content a noun counts as well: "X says Y denies claims that ...".
    """
    spans = (*inner.source, *inner.cue)
    return any(
        overlap((*one.source, *one.cue, *one.content), spans)
        for one in (node.attribution for node in nodes if node.parent == owner)
    )


def _ordered(nodes: Sequence[Node]) -> tuple[Attribution, ...]:
    """Return the attributions in the order of their first word, outer before inner."""
    depths = [depth(nodes, number) for number in range(len(nodes))]
    order = sorted(
        range(len(nodes)),
        key=lambda n: (first_word(nodes[n].attribution)[0], depths[n], *first_word(nodes[n].attribution)),
    )
    places: dict[int | None, int | None] = {number: place for place, number in enumerate(order)}
    parents = [places.get(nodes[n].parent) for n in order]
    return tuple(replace(nodes[n].attribution, parent=p) for n, p in zip(order, parents, strict=True))
