"""How far each voice commits to what it is made to say: FactBank's values, with the words that decided.

The values are those of Sauri and Pustejovsky (2009), "FactBank: a corpus annotated with event factuality";
how they combine under embedding follows their "Are you sure that this event happened?" (2012). Polarity is
that of the content's main predicate: who says that nobody was hurt is CT- towards the hurting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from reportedly.commitment.cues import Sides, Stand, content_reading, stand, told
from reportedly.commitment.mending import mended_words
from reportedly.commitment.words import Words
from reportedly.types import Assertion, Attribution, Commitment, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc


def stances(
    doc: Doc, attributions: Sequence[Attribution], assertions: Sequence[Assertion]
) -> tuple[tuple[Stance, ...], tuple[Stance, ...]]:
    """Return one stance for each attribution and one for each assertion, in their order.

    Reads the parse where ``doc`` has one and goes by word order where it has none;
    ``doc.user_data["factuality"]``, float32 of (tokens,), -3 to 3 or NaN, is passed on where it is there.
    `Stance.markers` is empty only for a flat assertion, and where an attribution has neither source nor cue.
    """
    words = mended_words(doc)
    values = doc.user_data.get("factuality")
    seen = [stand(words, _sides(words, attributions, one)) for one in attributions]
    said = tuple(
        replace(_stance(words, attributions, seen, place), factuality=_factuality(values, one.predicate))
        for place, one in enumerate(seen)
    )
    return said, tuple(_own_stance(words, one, values) for one in assertions)


def _sides(words: Words, attributions: Sequence[Attribution], one: Attribution) -> Sides:
    content, cue = words.inside(one.content), words.inside(one.cue)
    held = set(content)
    cue = [at for at in cue if at not in held]
    parent = attributions[one.parent] if one.parent is not None else None
    around = words.inside(parent.content) if parent else _sentences(words, cue)
    return Sides(cue, content, around, one.kind)


def _sentences(words: Words, cue: Sequence[int]) -> list[int]:
    """Return the tokens of the sentences that a cue stands in."""
    if not cue:
        return []
    first, last = cue[0], cue[-1]
    while first > 0 and words.sentence[first - 1] == words.sentence[cue[0]]:
        first -= 1
    while last + 1 < len(words.sentence) and words.sentence[last + 1] == words.sentence[cue[-1]]:
        last += 1
    return list(range(first, last + 1))


def _ancestors(attributions: Sequence[Attribution], place: int) -> list[int]:
    """Return the attributions around one, innermost first."""
    found: list[int] = []
    parent = attributions[place].parent
    while parent is not None and parent < place:
        found.append(parent)
        place, parent = parent, attributions[parent].parent
    return found


def _stance(words: Words, attributions: Sequence[Attribution], seen: Sequence[Stand], place: int) -> Stance:
    here = seen[place]
    around = _ancestors(attributions, place)
    own = here.own.value
    if around:  # "denied that she had said": by his word she did not say it
        outer = seen[around[0]]
        own = _turned(own, outer.voice.under(outer.own.value, Commitment.CT_PLUS))
    voice = here.voice.under(own, here.content.value)
    value = told(here, own, here.content.value)
    between: list[Commitment] = []
    for parent in around:
        between.append(seen[parent].voice.under(seen[parent].own.value, value))
        value = told(seen[parent], seen[parent].own.value, value)
    marks = _spans(words, here.markers) or attributions[place].cue or attributions[place].source
    return Stance(voice, value, tuple(reversed(between)), marks)


def _turned(own: Commitment, outer: Commitment) -> Commitment:
    """Return how far a cue holds by the word of the voice around it: only a denial of it matters."""
    if outer is Commitment.CT_MINUS and own is Commitment.CT_PLUS:
        return Commitment.CT_MINUS
    return own


def _own_stance(words: Words, assertion: Assertion, values: object) -> Stance:
    tokens = words.inside((assertion.span,))
    predicate, found = content_reading(words, tokens)
    marks = (*assertion.presupposed, *_spans(words, found.markers))
    marks = tuple(sorted(set(marks), key=lambda span: (span.start, span.end)))
    return Stance(found.value, found.value, (), marks, _factuality(values, predicate))


def _factuality(values: object, predicate: int | None) -> float | None:
    """Return the encoder's value at the main predicate, None where there is none."""
    if predicate is None or not isinstance(values, np.ndarray) or predicate >= len(values):
        return None
    value = float(values[predicate])
    return value if np.isfinite(value) else None


def _spans(words: Words, marks: Iterable[int]) -> tuple[Span, ...]:
    """Return the marked tokens as spans, neighbours joined."""
    places = sorted(marks)
    if not places:
        return ()
    edges = [at for before, at in pairwise(places) if at != before + 1]
    firsts = [places[0], *edges]
    lasts = [places[places.index(edge) - 1] for edge in edges] + [places[-1]]
    return tuple(
        Span(words.starts[first], words.ends[last]) for first, last in zip(firsts, lasts, strict=True)
    )
