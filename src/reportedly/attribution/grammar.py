"""Sources that the encoder did not find, read off the parse: the subject of the verb or its controller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.model import syntax
from reportedly.types import Attribution, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STEPS = 4
"""Verbs that are climbed to a subject: "tried to win favour by claiming" is three."""
_LONGEST = 25
"""Tokens of a source at most: a longer subtree is rather an error of the parse."""
_NOBODY = frozenset({"it", "there"})
_NOT_NOMINAL = frozenset({"advcl", "parataxis", "ccomp", "cop"})
"""Labels that a source's words seldom hold unless the parse is wrong."""
_PASSIVE = frozenset({"aux:pass", "auxpass"})
_CLIMBED = frozenset({"conj", "xcomp", "advcl", "parataxis", "dep"})


def with_sources(doc: Doc, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions with a source for each whose verb has one in its own sentence.

    Also where the source stands in another sentence although the verb has a subject of its own. Nothing is
    changed where the parse is missing or finds none.
    """
    if not doc.has_annotation("DEP"):
        return tuple(found)
    return tuple(_mended(doc, one) for one in found)


def _mended(doc: Doc, one: Attribution) -> Attribution:
    verb = _verb(doc, one.cue)
    if verb is None or (one.source and not _elsewhere(doc, one.source[0], verb)):
        return one
    source = _speaker(verb, steps=0 if one.source else _STEPS)
    if source is None or any(
        source.start < span.end and span.start < source.end for span in (*one.cue, *one.content)
    ):
        return one
    return replace(one, source=(source,))


def _verb(doc: Doc, cue: Sequence[Span]) -> Token | None:
    """Return the cue's highest verb, None for "according to" and nouns."""
    if not cue:
        return None
    words = doc.char_span(cue[0].start, cue[0].end, alignment_mode="expand")
    if words is None:
        return None
    top: Token = words.root
    if top.pos_ == "AUX" and top.head.pos_ == "VERB" and top.head in words:
        top = top.head
    return top if top.pos_ == "VERB" else None


def _elsewhere(doc: Doc, source: Span, verb: Token) -> bool:
    words = doc.char_span(source.start, source.end, alignment_mode="expand")
    return words is not None and not (verb.sent.start <= words.start < verb.sent.end)


def _speaker(verb: Token, steps: int) -> Span | None:
    """Return who does what the verb says: its subject or agent, or those of the verb that governs it."""
    children = {child.dep_: child for child in verb.children}
    if any(name in syntax.PASSIVE_SUBJECTS or name in _PASSIVE for name in children):
        return next((_phrase(children[name]) for name in children if name in syntax.AGENTS), None)
    for name, child in children.items():
        if name in syntax.SUBJECTS:
            return None if child.lower_ in _NOBODY else _phrase(child)
    above = verb.head
    if verb.dep_ == "acl":  # "a statement saying", but not "a statement released"
        predicate = [child for child in above.children if child.dep_ in syntax.SUBJECTS]
        noun = _phrase(predicate[0]) if predicate else _phrase(above, without=verb)
        return noun if verb.tag_ == "VBG" else None
    if steps and above is not verb and verb.dep_ in _CLIMBED and above.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        governed = [child for child in above.children if child.dep_ in syntax.OBJECTS]
        if verb.dep_ == "xcomp" and governed:  # "urged the mayor to say"
            return _phrase(governed[0])
        return _speaker(above, steps - 1)
    return None


def _phrase(head: Token, without: Token | None = None) -> Span | None:
    """Return the words under a noun without its preposition, its marks and the clause ``without``."""
    if head.pos_ == "ADP":  # ClearNLP hangs the noun under its "by"
        head = next((child for child in head.children), head)
    left, right = head.left_edge, head.right_edge
    if without is not None and without.i > head.i:
        right = head.doc[min(right.i, without.left_edge.i - 1)]
    while left.i < head.i and (left.is_punct or left.is_space or left.pos_ == "ADP"):
        left = head.doc[left.i + 1]
    while right.i > head.i and (right.is_punct or right.is_space):
        right = head.doc[right.i - 1]
    words = head.doc[left.i : right.i + 1]
    if right.i < head.i or len(words) > _LONGEST or any(token.dep_ in _NOT_NOMINAL for token in words):
        return None
    if head.is_space or any(mark in words.text for mark in ("\n", '"', "“", "''")):
        return None
    return Span(left.idx, right.idx + len(right.text))
