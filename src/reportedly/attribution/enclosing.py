"""Which of the attributions of one reading stand inside another of the same reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportedly.attribution.assemble import Found
from reportedly.attribution.cue_words import cue_words
from reportedly.types import Attribution, Kind, Span

_LEADS_TO = re.compile(r"(?:[^.!?\n“\"]{0,60}\bthat\b)?[^\S\n]*[,;:]?[^\S\n]*[“\"]?", re.IGNORECASE)
"""What may stand between a cue and its content: "told reporters on Monday that"."""
_TRAILS = re.compile(r"[,;][”\"]?[^\S\n]*|[”\"][,;][^\S\n]*")
"""What stands between a content and the cue after it."""
_STOP = re.compile(r"[.!?\n]")


@dataclass(slots=True)
class Node:
    """An attribution of a growing tree. parent: number of the node around it.

    read_with_parent: it is all that stands in its parent's content, which need not be read again.
    """

    attribution: Attribution
    parent: int | None = None
    read_with_parent: bool = False


def settled(text: str, found: Found) -> list[Node]:
    """Return a reading's attributions with the parents that they have among each other.

    The encoder gives every word one role, so of "According to A, B said X" it may leave "According to A" a
    cue without a content. An attribution right beside such a cue is its content.
    """
    nodes = [Node(one) for one in found.whole]
    for one in found.open:
        number = _beside(one, nodes, text)
        if number is not None:
            inner = nodes[number]
            inner.parent, inner.read_with_parent = len(nodes), True
            nodes.append(Node(_around(one, inner.attribution)))
    for number, node in enumerate(nodes):
        _fill(number, node, nodes, text)
    return nodes


def _beside(one: Attribution, nodes: Sequence[Node], text: str) -> int | None:
    """Return the number of the attribution that an open cue says, None if there is none beside it."""
    if not any(cue_words().in_words(text[span.start : span.end]) for span in one.cue):
        return None
    here = _hull([*one.source, *one.cue])
    for number, node in enumerate(nodes):
        there = _hull([*node.attribution.source, *node.attribution.cue, *node.attribution.content])
        if node.parent is not None:
            continue
        if here.end <= there.start and _LEADS_TO.fullmatch(text, here.end, there.start):
            return number
        if there.end <= here.start and _TRAILS.fullmatch(text, there.end, here.start):
            return number
    return None


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _around(one: Attribution, inner: Attribution) -> Attribution:
    content = _hull([*inner.source, *inner.cue, *inner.content])
    return replace(
        one, content=(content,), kind=Kind.INDIRECT, confidence=min(one.confidence, inner.confidence)
    )


def _fill(number: int, node: Node, nodes: Sequence[Node], text: str) -> None:
    """Take in the attributions that stand between two pieces of a content, within one sentence.

    "The minister said the plan, which critics call reckless, would go ahead."
    """
    pieces = list(node.attribution.content)
    for before, after in list(pairwise(pieces)):
        gap = Span(before.end, after.start)
        if _STOP.search(text, gap.start, gap.end) or _cuts_in(gap, node.attribution):
            continue
        inside = [n for n, other in enumerate(nodes) if n != number and _within(gap, other.attribution)]
        if not inside:
            continue
        at = next(n for n, piece in enumerate(pieces) if piece.end == before.end)
        pieces[at : at + 2] = [Span(pieces[at].start, after.end)]
        for n in inside:
            nodes[n].parent = number if nodes[n].parent is None else nodes[n].parent
    node.attribution = replace(node.attribution, content=tuple(pieces))


def _cuts_in(gap: Span, one: Attribution) -> bool:
    """Tell whether an attribution's own source or cue stands in the gap between its contents."""
    return any(gap.start < span.end and span.start < gap.end for span in (*one.source, *one.cue))


def _within(gap: Span, one: Attribution) -> bool:
    spans = (*one.source, *one.cue, *one.content)
    return all(gap.start <= span.start and span.end <= gap.end for span in spans)


def depth(nodes: Sequence[Node], number: int) -> int:
    """Return how many attributions stand around one."""
    found, parent = 0, nodes[number].parent
    while parent is not None:
        found, parent = found + 1, nodes[parent].parent
    return found


def overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Tell whether any of the spans share a character."""
    return any(a.start < b.end and b.start < a.end for a in some for b in others)
